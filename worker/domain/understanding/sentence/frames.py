"""A sentence's deed as a frame: its type, who, whom, with what, where, when, how many.

One sentence makes one frame, or one for each clause that tells a deed of its own (`clauses`); `events`
puts the frames of a text together. What decides the type: specific deeds by rank, generic ones by the
weapon or the target beside them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from worker.domain.understanding.counting.figures import counts_people
from worker.domain.understanding.counting.losses import with_sides
from worker.domain.understanding.counting.tallies import counts_in
from worker.domain.understanding.counting.tolls import tolls_in
from worker.domain.understanding.sentence.captives import beside_captives, only_pleaded, release_wanted
from worker.domain.understanding.sentence.clauses import Clause, clauses_of
from worker.domain.understanding.sentence.deeds import (
    causes_in,
    everyday,
    inside,
    near_iraq,
    only_backs,
    stands_idle,
    without_charges,
    without_demands,
    without_grievances,
    without_help,
    without_intents,
    without_old,
    without_places_of,
    without_titles,
    without_unused_arms,
    wrecked,
)
from worker.domain.understanding.sentence.families import ABDUCTION, GROUND, LOOTING
from worker.domain.understanding.sentence.frame import AIR, ATTACK, CLASH, DISRUPTED, SHELLING, Frame, Scene
from worker.domain.understanding.sentence.kinds import ATTACKS, decide
from worker.domain.understanding.sentence.series import count_series, open_span
from worker.domain.understanding.sentence.shares import place_by_place
from worker.domain.understanding.sentence.skies import FROM_AFAR
from worker.domain.understanding.sentence.speech import announcements
from worker.domain.understanding.sentence.stale import (
    STATISTIC,
    asks,
    buried,
    by_nature,
    counts_a_war,
    held_for_killing,
    is_mishap,
    is_old,
    nobody_marches,
    only_mourned,
    planned,
    ruled_out,
    sums_up_a_month,
)
from worker.domain.understanding.sentence.stopped import UNHURT, lone_bomber
from worker.domain.understanding.sentence.strength import own_signs, strength_of
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.when.dating import date_deed
from worker.domain.understanding.where.setting import locate
from worker.domain.understanding.who.victims import civilians_fell, fallen_in, rebels_fell
from worker.domain.understanding.words.meanings import Concept
from worker.domain.understanding.words.reading import Hit, Reading, Row


def frames_of(scene: Scene, sentence: int) -> list[Frame]:
    """The frames of a sentence, one a clause that tells a deed of its own; none where it reports no deed."""
    first, last = scene.reading.sentences[sentence]
    hits = scene.reading.of(sentence)
    if not _deeds(hits):
        return []
    dates = dates_in(scene.reading, scene.tongue, first, last, scene.published)
    dates = [
        _without_counted(scene.reading, d, hits)
        for d in dates
        if not _counts(d, hits) and not _withheld(d, hits)
    ]
    parts = clauses_of(scene.reading, scene.tongue, sentence, hits, dates)
    made = [_frame(scene, sentence, part, _dates_within(dates, part)) for part in parts]
    told = [(f, p) for f, p in zip(made, parts, strict=True) if f is not None]
    return [share for f, part in told for share in place_by_place(scene, f, dates, part)]


def _deeds(hits: Row) -> list[Hit]:
    """The words that tell a deed; a weapon that hurts tells one itself: "bomb wounds three policemen".

    That nobody was killed is none, but where a weapon did it: "a bomb in a bus killed no one".
    """
    deeds = hits.deeds
    if deeds and "weapon" not in hits.groups and not hits.keys.isdisjoint(UNHURT):
        nobody = hits.of(*UNHURT)
        deeds = [d for d in deeds if d.key != "kill" or not any(n.first <= d.first < n.last for n in nobody)]
    if "activist" in hits.keys:
        people = {(h.start, h.end) for h in hits.of("activist")}
        deeds = [d for d in deeds if d.key != "protest" or (d.start, d.end) not in people]
    if deeds or "wounded" not in hits.keys:
        return deeds
    return [h for h in hits if h.group == "weapon" and isinstance(h.meaning, Concept) and h.meaning.type]


def _counts(dated: Dated, hits: Row) -> bool:
    """Whether what looks like a bare year counts people: 2000 civilians."""
    bare = dated.precision == 3 and dated.last - dated.first == 1
    return bare and any(h.first == dated.last and counts_people(h) for h in hits)


def _sent_on(act: Hit, hits: Row) -> bool:
    """Whether those sent somewhere are the wounded: Turkish *16 yaralının Kerkük'e sevk edildiği*."""
    return act.key == "deploy" and any(0 <= act.first - h.last <= 2 for h in hits.of("wounded", "killed"))


def _withheld(dated: Dated, hits: Row) -> bool:
    """Whether a word for a day only says that the day was not told: Arabic "and the day was not mentioned", *the day*, today."""
    return any(h.first <= dated.first < h.last for h in hits.of("undated"))


def _without_counted(reading: Reading, dated: Dated, hits: Row) -> Dated:
    """A month alone where the figure behind it counts attacks: "in July 11 attacks"."""
    end = dated.last
    if dated.precision != 1 or end - dated.first < 2 or not reading.word(end - 1).isdigit():
        return dated
    if all(h.first != end for h in hits.of("attacks_counted")):
        return dated
    return Dated(dated.first, end - 1, precision=3)


def _dates_within(dates: Sequence[Dated], part: Clause) -> Sequence[Dated]:
    """The dates of a clause; those of the whole sentence where it names none."""
    own = [d for d in dates if part.first <= d.first < part.last]
    return own or dates


def _frame(scene: Scene, sentence: int, part: Clause, dates: Sequence[Dated]) -> Frame | None:
    """The frame of a clause; None where it reports no deed."""
    hits = _used(scene, part.hits)
    acts = _deeds(hits)
    if "intercept" in hits.keys and not _flies(hits) and not _flies(scene.reading.of(sentence)):
        acts = [h for h in acts if h.key != "intercept"]
    if not acts or (sentence > scene.reading.title and not dates and all(only_backs(a, hits) for a in acts)):
        return None
    # Where the verb ends the clause, a cause of more words would swallow the deed itself.
    causes = causes_in(scene.reading, hits, acts, 4 if scene.tongue.grammar.verb_final else 10)
    acts = [a for a in near_iraq(acts, hits) if not inside(a, causes)] or acts
    acts = [a for a in acts if not _sent_on(a, hits)] or acts
    acts = without_titles(without_help(without_grievances(acts, hits), hits), hits)
    acts = without_charges(without_old(scene.reading, acts, hits), hits)
    arms = [
        h
        for h in hits.groups.get("weapon", ())
        if not inside(h, causes) and not is_old(scene.reading, h, hits)
    ]
    lost = wrecked(arms, hits) if len(acts) > 1 or acts[0].group != "weapon" else []
    arms = [a for a in near_iraq(arms, hits) if a not in lost and not only_backs(a, hits)]
    arms = [a for a in arms if not stands_idle(a, hits)]
    acts = [a for a in acts if a not in lost] or acts
    decided = decide(
        Row([h for h in hits if h.group != "weapon" or h in arms])
        if len(arms) < len(hits.groups.get("weapon", ()))
        else hits,
        acts,
    )
    if decided is not None and decided[0] == ABDUCTION and only_pleaded(hits):
        rest = beside_captives(acts)
        decided = decide(hits, rest) if rest else decided
    if decided is None:
        return None
    kind, rank, trigger = decided
    frame = Frame(sentence, kind, rank, trigger, acts, hits=hits)
    frame.title, frame.lead = sentence < scene.reading.title, sentence == scene.lead
    meaning = trigger.meaning
    frame.generic = isinstance(meaning, Concept) and meaning.generic and meaning.rank == rank
    frame.quiet = isinstance(meaning, Concept) and meaning.quiet
    frame.signs = own_signs(hits, trigger)
    tolls = tolls_in(scene.reading, scene.tongue, sentence, dates, hits, (part.first, part.last))
    avenged = kind == "Arrests" and held_for_killing(trigger, hits)
    frame.tolls = [t for t in tolls if t.value < STATISTIC and not avenged]
    frame.fallen = fallen_in(frame.tolls, hits)
    if "in_time" in hits.keys and kind == DISRUPTED:
        frame.tolls = lone_bomber(frame.tolls, hits)
    frame.announced = announcements(scene.reading, scene.tongue, hits, part.last)
    _judge_by_fallen(frame, hits)
    here = without_places_of(causes, hits, headline=frame.title)
    locate(scene, frame, here, opening=part.first == scene.reading.sentences[sentence][0])
    date_deed(scene, frame, dates, hits)
    _things(frame, hits)
    if kind == AIR and not frame.weapons and trigger.key in FROM_AFAR:
        frame.weapons["air_strike"] = trigger
    _arm(frame)
    _count(scene, frame, part, dates)
    frame.foiled = any(isinstance(h.meaning, Concept) and h.meaning.foils for h in acts)
    asked = part.last == scene.reading.sentences[sentence][1] and asks(scene, sentence, trigger)
    frame.stale = (
        counts_a_war(tolls)
        or is_old(scene.reading, trigger, hits)
        or (sums_up_a_month(frame) and not frame.series)
        or is_mishap(frame, hits)
        or by_nature(frame, hits, verb_final=scene.tongue.grammar.verb_final)
        or only_mourned(frame, hits)
        or nobody_marches(trigger, hits)
        or everyday(frame.type, trigger, hits)
    )
    pleaded = (kind == ABDUCTION and only_pleaded(hits)) or release_wanted(trigger, hits)
    frame.idle = (
        asked
        or pleaded
        or ruled_out(frame, hits)
        or frame.stale
        or planned(frame, hits)
        or buried(trigger, hits, frame.tolls)
    )
    _weigh(scene, frame, hits)
    return frame


def _judge_by_fallen(frame: Frame, hits: Row) -> None:
    """Tell a clash from an attack by those whom the tolls count: rebels fought, "20 civilians shot at a base" did not."""
    if frame.type == ATTACK and rebels_fell(frame.fallen, hits):
        frame.type = CLASH
    elif frame.type == CLASH and frame.trigger.key in _SHOT_AT and civilians_fell(frame.fallen, hits):
        frame.type = ATTACK
    if frame.type in (ATTACK, CLASH) or frame.type in GROUND:
        frame.tolls = with_sides(frame.tolls, hits)


_SHOT_AT = frozenset({"shooting", "kill", "small_arms"})


def _flies(hits: Row) -> bool:
    """Whether words name what could be shot down; "a third one" leaves it to the clause before."""
    return "weapon" in hits.groups or not hits.keys.isdisjoint(ATTACKS)


def _weigh(scene: Scene, frame: Frame, hits: Row) -> None:
    """How much speaks for a fresh event; a series of several places is of none, and old in part by what it is."""
    frame.strength = strength_of(scene, frame, hits) - 1.5 * frame.stale
    if frame.series:
        frame.strength = max(frame.strength, 1.0)
        if len({h.key for h in hits.places}) > 1 or (frame.place and frame.place.aside):
            frame.place = None  # those of two provinces


def _used(scene: Scene, hits: Row) -> Row:
    """The words of a clause without arms that were found, were mere gas, were those of men seized, or had not been fired yet.

    Nor what a crowd asks for.
    """
    final = scene.tongue.grammar.verb_final
    return without_demands(without_intents(without_unused_arms(hits), verb_final=final), verb_final=final)


def _things(frame: Frame, hits: Row) -> None:
    """Weapons, and everybody who is named; roles are given later."""
    armed = [
        h
        for h in hits
        if isinstance(h.meaning, Concept)
        and h.meaning.weapon
        and not (only_backs(h, hits) or stands_idle(h, hits))
    ]
    if not armed:
        return
    for hit in armed:
        meaning = hit.meaning
        if isinstance(meaning, Concept) and not meaning.soft:
            frame.weapons.setdefault(meaning.weapon, hit)
    for hit in armed:
        meaning = hit.meaning
        if (
            isinstance(meaning, Concept)
            and meaning.soft
            and meaning.weapon
            and meaning.weapon not in frame.weapons
        ):
            bombs = {
                "ied",
                "car_bomb",
                "suicide_vest",
                "mine",
                "drone",
                "rocket",
                "mortar",
                "missile",
                "artillery",
            }
            if not (bombs & set(frame.weapons)):
                frame.weapons[meaning.weapon] = hit
    without_vague_arms(frame.weapons)
    shot = frame.weapons.get("small_arms")
    if shot is not None and _fires_heavy(shot, frame.weapons, hits):
        del frame.weapons["small_arms"]


def _arm(frame: Frame) -> None:
    """Type a deed by the one heavy weapon that fired or burnt: "a drone fired on a car", "rockets set a tank alight"."""
    fired = frame.type in (ATTACK, CLASH) and frame.trigger.key == "shooting"
    burnt = frame.type == LOOTING and frame.trigger.key in ("arson", "looting", "sabotage")
    kinds = {AIR if w in _FLYING else SHELLING for w in frame.weapons if w in _HEAVY}
    if not (fired or burnt) or len(kinds) != 1 or "small_arms" in frame.weapons:
        return
    if burnt and not any(0 <= frame.trigger.first - at.last <= _FIRED_BY for at in frame.weapons.values()):
        return
    frame.type = kinds.pop()


_FLYING = frozenset({"drone", "air_strike"})
_FIRED_BY = 12
"""Words between a weapon and the fire that it set."""
_HEAVY = frozenset({"rocket", "missile", "mortar", "artillery", "drone", "air_strike"})


def _fires_heavy(shot: Hit, weapons: Mapping[str, Hit], hits: Row) -> bool:
    """Whether the word of firing is the verb of a heavier weapon: "a drone fired on", "shelled with mortars"."""
    verb = any(h.start == shot.start for h in hits.of("shooting"))
    return verb and any(
        max(arm.first - shot.last, shot.first - arm.last) <= 5
        for key, arm in weapons.items()
        if key in _HEAVY
    )


def without_vague_arms(weapons: dict[str, Hit]) -> None:
    """Keep the more exact word: a car bomb, a belt or a mine is also "a bomb"."""
    if len(weapons) < 2:
        return
    generic = weapons.get("ied")
    if generic is not None and generic.key in ("bomb", "bombing", "explosion"):
        del weapons["ied"]
    if "car_bomb" in weapons:
        weapons.pop("suicide_vest", None)


def _count(scene: Scene, frame: Frame, part: Clause, dates: Sequence[Dated]) -> None:
    """How many attacks a summary counts: the first that is told of Iraq alone, else the first."""
    frame.counts = counts_in(scene, part.hits, (part.first, part.last), dates)
    dead = {(t.value, at) for t in frame.tolls for at in range(t.first, t.last)}
    several = [
        c for c in frame.counts if c.value > 1 and (c.value, c.first) not in dead
    ]  # "10 killed in attacks"
    counted = next((c for c in several if c.own), several[0] if several else None)
    if counted:
        frame.count, frame.count_at = counted.value, (counted.first, counted.last)
        frame.own_count = counted.own
    open_span(scene, frame)
    count_series(scene, frame, dates, (part.first, part.last))
