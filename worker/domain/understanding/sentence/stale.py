"""What makes a deed no fresh event whatever its words: it is asked for, planned, a year old, or counts a whole war."""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.frame import BOMB, Frame, Scene
from worker.domain.understanding.when.calendar import Dated
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit, Reading, Row

UNREAL = frozenset({"anniversary", "trial", "drill", "nothing_happened", "denial"})
"""Signs in headline or first sentence that make of the deed below an old or an unreal one."""
STATISTIC = 10_000
"""So many dead are those of a war or a year, and of no one attack."""


def counts_a_war(tolls: Sequence[Toll]) -> bool:
    """Whether the only figures are those of a war or a year."""
    return bool(tolls) and all(t.value >= STATISTIC for t in tolls)


def planned(frame: Frame, hits: Row) -> bool:
    """Whether the only deed is one that is planned or feared: "final preparations for an offensive"."""
    if frame.tolls:
        return False
    if any(t.first < frame.trigger.first for t in frame.triggers):
        return False
    if any(
        h.first < frame.trigger.last <= h.last and h.last > frame.trigger.first
        for h in hits.of("plan", "warning")
    ):
        return True  # the verb itself is in the future: Turkish *geri alacağız*
    if frame.day is None and _may_be(frame, hits):
        return True
    if frame.type == "Peaceful protest" and any(
        0 <= h.first - frame.trigger.last <= 1 for h in hits.of("plan")
    ):
        return True  # "the rally called for Friday"
    reach = 3 if frame.generic else 1
    return any(0 <= frame.trigger.first - h.last <= reach for h in hits.of("plan", "warning"))


def _may_be(frame: Frame, hits: Row) -> bool:
    """Whether a deed is only what may happen: "where militants may attack", "where guns can open fire"."""
    return any(
        (0 <= t.first - m.last <= 1 or t.first <= m.first < t.last)
        or (m.first == t.last and not frame.generic and not frame.title)
        for m in hits.of("may")
        for t in (frame.triggers if frame.generic else [frame.trigger])
    )


def asks(scene: Scene, sentence: int, trigger: Hit) -> bool:
    """Whether the words of the deed are a question: "Are hostages victims of militants?"."""
    if not is_question(scene.reading, sentence):
        return False
    last = scene.reading.sentences[sentence][1]
    return not any(":" in scene.reading.between(at) for at in range(trigger.last - 1, last - 1))


def is_question(reading: Reading, sentence: int) -> bool:
    """Whether a sentence ends with a question mark."""
    end = reading.ends[reading.sentences[sentence][1] - 1]
    return not _ASKING.isdisjoint(reading.folded.text[end : end + 2])


_ASKING = frozenset("?؟")


def ruled_out(frame: Frame, hits: Row) -> bool:
    """Whether a headline names a deed to say that there was none: "No drone attack on the field"."""
    if not frame.title or frame.trigger.key in _OF_THE_DEAD:
        return False  # "nobody was killed in the attack" denies no attack
    return any(
        0 <= frame.trigger.first - no.last <= _DENIED and not _between(no, frame.trigger, hits)
        for no in hits.of("negation")
    )


_DENIED = 4
"""Words between a headline's negation and the deed: "no oil workers were kidnapped"."""


def _between(no: Hit, trigger: Hit, hits: Row) -> bool:
    """Whether a negation denies something else than the deed behind it: "no casualties in attack", "no claim for raid"."""
    if trigger.first - no.last <= 1:
        return False
    return any(no.last < h.last and h.first < trigger.first and h.group not in _ONLY_NAMED for h in hits)


_ONLY_NAMED = frozenset({"target", "geo", "grammar"})


_OF_THE_DEAD = frozenset({"kill", "hit", "found_bodies"})


def years_back(trigger: Hit, hits: Row) -> bool:
    """Whether words right behind a deed put it a year or more back: "the bombing of the offices last year"."""
    turns = hits.of("clause_strong", "aside")
    return any(
        0 <= h.first - trigger.last <= 12 and not any(trigger.last <= t.first < h.first for t in turns)
        for h in hits.of("years_back")
    )


def years_before(trigger: Hit, hits: Row, reading: Reading) -> bool:
    """Whether words right before a deed put it a year or more back: "where six years ago the army drove them out"."""
    return any(
        0 <= trigger.first - h.last <= _BEFORE
        and not any(set(reading.between(i)) & _COMMAS for i in range(h.last - 1, trigger.first))
        for h in hits.of("years_back")
    )


_BEFORE = 9
"""Words between "33 years ago" and a deed that ends the clause."""
_COMMAS = frozenset(",،؛;:")


def closes(dated: Dated, trigger: Hit, deeds: Sequence[int]) -> bool:
    """Whether a date of long ago ends what a deed opened: "ambushed by ISIS at A, north-west of B, in June 2016"."""
    gap = dated.first - trigger.last
    if 0 <= gap <= _CLOSE:
        return True
    month = dated.precision == 3 and dated.last - dated.first > 1
    return month and _CLOSE < gap <= 2 * _CLOSE and not any(trigger.last <= d < dated.first for d in deeds)


_CLOSE = 8


def held_for_killing(arrest: Hit, hits: Row) -> bool:
    """Whether the dead of a sentence are those whose killers were arrested: "five suspects in the murder of a judge"."""
    for held in hits.of("suspected", "detainees"):
        if not arrest.first <= held.first <= arrest.last + 8:
            continue
        if any(0 <= h.first - held.last <= 3 for h in hits.of("kill", "assassination")):
            return True
    return any(h.first >= arrest.last for h in hits.of("kill", "assassination", "shooting")) and bool(
        hits.of("years_back")
    )


def sums_up_a_month(frame: Frame) -> bool:
    """Whether figures are those of a month, of no day and no place: "52 civilians killed in Iraq in April"."""
    dated = frame.dated
    monthly = dated is not None and dated.precision == 3 and 0 <= dated.first - frame.trigger.last <= 8
    return monthly and frame.day is None and frame.place is None and any(t.value for t in frame.tolls)


def is_mishap(frame: Frame, hits: Row) -> bool:
    """Whether an explosion is told to be an accident, and nobody is blamed or suspected."""
    if frame.type != BOMB or frame.trigger.key != "explosion" or "accident" not in frame.signs:
        return False
    return hits.keys.isdisjoint({"blame", "suspected", "claim", "denial", "attack"})


def by_nature(frame: Frame, hits: Row, *, verb_final: bool) -> bool:
    """Whether a quake or a storm is what struck: "earthquake hits Halabja", ضرب زلزال."""
    trigger = frame.trigger
    if trigger.key not in ("hit", "strike", "airstrike", "attack") or "weather" not in hits.keys:
        return False
    if any(at.start != trigger.start for at in frame.weapons.values()):
        return False
    return any(
        0 <= trigger.first - h.last <= 1 or h.first == trigger.last or (verb_final and h.last < trigger.first)
        for h in hits.of("weather")
    )


def only_mourned(frame: Frame, hits: Row) -> bool:
    """Whether protesters are named but as those who are buried."""
    if frame.type != "Peaceful protest" or frame.trigger.key != "protest" or frame.tolls:
        return False
    people = {h.first for h in hits.of("protesters")}
    return "funeral" in hits.keys and all(h.first in people for h in hits.of("protest"))


def buried(trigger: Hit, hits: Row, tolls: Sequence[Toll]) -> bool:
    """Whether a deed only tells how those died who are buried: "mourners carried four men killed by a strike".

    Not where the mourners themselves are counted: "nine mourners were killed".
    """
    dead = [h for h in hits.of("killed") if h.first <= trigger.first]
    counted = {t.figure for t in tolls if t.figure}
    return any(
        f.last <= d.first and d.first - f.last <= _CORTEGE and f.first not in counted
        for f in hits.of("funeral")
        for d in dead
    )


_CORTEGE = 14
"""Words between a funeral and how the buried died."""


def nobody_marches(trigger: Hit, hits: Row) -> bool:
    """Whether an advance is told of nobody under arms: talks, a team or a market may advance as well."""
    if trigger.key not in ("advance", "enter"):
        return False
    armed = any(isinstance(h.meaning, Actor) and h.meaning.coarse for h in hits.actors)
    return not armed and hits.keys.isdisjoint(_UNDER_ARMS)


_UNDER_ARMS = frozenset(
    {
        "army",
        "troops",
        "soldiers",
        "militants",
        "militia",
        "security_forces",
        "gunmen",
        "pro_iran",
        "tribesmen",
    }
)


def fell_by_accident(reading: Reading, headline: Frame) -> bool:
    """Whether the first sentence tells the headline's dead as those of an accident: "Six soldiers killed" in a bus."""
    below = reading.of(reading.title)
    if headline.title and headline.trigger.key == "chemical":
        return "accident" in below.keys and below.keys.isdisjoint(_VIOLENCE)  # chlorine that leaked
    if not headline.title or headline.trigger.key != "kill" or headline.weapons:
        return False
    rows = (headline.hits, below)
    return not below.keys.isdisjoint({"traffic", "accident"}) and all(
        all(h.key == "aircraft" for h in row.groups.get("weapon", ())) and row.keys.isdisjoint(_VIOLENCE)
        for row in rows
    )


_VIOLENCE = frozenset(
    {
        "crash",
        "attack",
        "shooting",
        "explosion",
        "bombing",
        "clash",
        "strike",
        "airstrike",
        "ambush",
        "assassination",
        "blame",
        "claim",
    }
)


def same_old_story(headline: Frame, lead: Frame) -> bool:
    """Whether headline and first sentence tell one event that either puts years back: a mass grave, a year's dead."""
    if not headline.title or lead.day is not None:
        return False
    if headline.trigger.key == "found_bodies" and headline.day is None and lead.past:
        return True
    if not headline.past:
        return False
    told = {t.value for t in headline.tolls}
    return any(t.value in told for t in lead.tolls)


def is_old(reading: Reading, act: Hit, hits: Row) -> bool:
    """Whether a deed is one that time is counted from: "since the launch of the assault", "three weeks after the raid".

    A comma ends what it is counted from.
    """
    if any(
        0 <= act.first - h.last <= 4
        and not any("," in reading.between(i) for i in range(h.last - 1, act.first))
        for h in hits.of("since")
    ):
        return True
    return any(0 <= h.first - act.last <= 3 for h in hits.of("since_behind"))
