"""Where the deed of a frame happened, and whether it lies in Iraq at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.counting.numbers import number_words, numbers_in
from worker.domain.understanding.sentence.deeds import CROWD
from worker.domain.understanding.sentence.families import MOVES, PROTESTS
from worker.domain.understanding.sentence.frame import AIR, BOMB, DISRUPTED, METONYMS, SHELLING, Frame, Scene
from worker.domain.understanding.sentence.listed import beside
from worker.domain.understanding.where.datelines import BUREAUS, in_dateline
from worker.domain.understanding.where.places import (
    CAPITAL,
    CAPITAL_CITY,
    EXACTNESS,
    Located,
    foreign_countries,
    located,
    without_namesakes,
)
from worker.domain.understanding.where.whereabouts import (
    choose,
    headline_place,
    is_sharper,
    landmark_of,
    of_another_deed,
    sharpen,
)
from worker.domain.understanding.words.meanings import FIRM, Actor, Country, Place, is_vast
from worker.domain.understanding.words.reading import Hit, Row


def locate(scene: Scene, frame: Frame, hits: Row, *, opening: bool = True) -> None:
    """Place, and whether the deed lies in Iraq at all."""
    found = located(scene.reading, hits, scene.lexicon, scene.tongue)
    if len(found) > 1:
        words = number_words(scene.tongue)
        found = without_namesakes(found, scene.reading, words.clitic_and, words.joins)
    found = _rivers_apart(_without_cause(scene, found, frame.trigger, hits), hits)
    behind = scene.tongue.grammar.attributes_first
    frame.place = choose(found, frame.trigger.first, behind=behind)
    if (
        frame.place is None and frame.type == "Peaceful protest"
    ):  # whose people came out: "hundreds from Basra"
        frame.place = next(
            (one for one in found if one.aside and not one.speaker and one.exactness >= 2), None
        )
    if frame.place is None and scene.iraqi:
        frame.place = _in_capital(scene, hits)
    frame.landmark = landmark_of(found)
    if frame.place is None and opening and frame.landmark and _heads_report(scene, frame.landmark, hits):
        frame.place = replace(frame.landmark, landmark=False, speaker=False, inside=True)
    if frame.place is None and frame.landmark and _aimed_at(frame.landmark, frame):
        frame.place = replace(frame.landmark, landmark=False, near=True)
    if frame.place is None and not (frame.title or frame.lead or frame.generic) and _nearby(frame.landmark):
        frame.place = sharpen(None, frame.landmark)
    frame.passed = frozenset(one.place.id for one in found if one.near or one.off)
    told = headline_place(scene, frame.landmark) if frame.lead and opening else None
    if (
        told
        and not (frame.place and (told.place.id in frame.passed or of_another_deed(scene, told, frame.place)))
        and (frame.place is None or is_sharper(told, frame.place, early=True))
    ):
        frame.place = told
    if frame.place is not None:
        frame.others = beside(scene, frame.place, found, hits)
        first = min(frame.others, key=lambda o: o.first, default=frame.place)
        if first.first < frame.place.first:  # of places in a row the first named
            frame.others = (*(o for o in frame.others if o is not first), frame.place)
            frame.place = first
        if (seat := town_of_hamlets(frame, hits) or town_of_quarters(scene, frame, found, hits)) is not None:
            frame.place, frame.others = seat, ()
    _settle_country(scene, frame, found, hits)


def _settle_country(scene: Scene, frame: Frame, found: list[Located], hits: Row) -> None:
    """Whether the deed of a frame lies in Iraq, by the countries and places that its words name."""
    origins = {h.last for h in hits.of("from_place")}
    origins |= {h.last for h in hits.of("place_noun") if h.first in origins}  # "launched from southern Iraq"
    marks = {one.first for one in found if one.landmark}
    named = [
        h
        for h in hits.countries
        if isinstance(h.meaning, Country)
        and h.meaning.code == "IQ"
        and h.first not in origins
        and not any(0 <= m - h.last <= 2 for m in marks)  # "across the border from Iraq's Qaim"
    ]
    missions = [h.last for h in hits.of("embassy")] if frame.type in PROTESTS else []
    strangers = [
        h
        for h in hits.countries
        if not (frame.lead and in_dateline(h, scene.reading))
        and not any(0 <= h.first - m <= 1 for m in missions)  # "the consulate of Iran" in Basra
    ]
    abroad = foreign_countries(strangers, kinds={"names": 1.0, "seats": 1.5, "places": 1.5, "people": 0.0})
    town = any(_is_town(h) for h in strangers)
    strange = town or any(c not in METONYMS for c, w in abroad.items() if w > 0)
    frame.iraq = bool(found or named or frame.place)
    here = [one for one in found if not (one.aside and is_vast(one.place))]  # no mere "fired from Iraq"
    frame.named = bool(here or frame.place) or any(_settles(h) for h in named)
    if not frame.iraq:
        frame.foreign = (
            strange or (not scene.iraqi and any(abroad.values())) or _aimed_abroad(scene, frame, hits)
        )
    elif (
        frame.place is None
        and abroad
        and not any(_settles(h) and not (town and _owns_party(h, hits)) for h in named)
    ):
        frame.foreign = strange and (town or not any(one.off and not is_vast(one.place) for one in found))
    elif frame.place is None and town and _only_marks(found):
        frame.foreign = True  # "outside Albu Kamal, a mile from the crossing with Iraq's Qaim"
    if frame.place is None and not frame.foreign:
        frame.foreign = (
            _at_iraqs_embassy(hits)
            or _right_there(frame.trigger, strangers, hits)
            or (frame.trigger.key == "intercept" and _downed_abroad(hits))
        )
    if frame.foreign and frame.type in MOVES and not town and any(_is_iraqs(h) for h in hits.actors):
        frame.foreign = False  # "Kataib Hezbollah suspends its operations against the United States"


def _is_iraqs(hit: Hit) -> bool:
    """Whether words name a party under arms that exists in Iraq alone."""
    return isinstance(hit.meaning, Actor) and hit.iraq >= FIRM


def _without_cause(scene: Scene, found: list[Located], trigger: Hit, hits: Row) -> list[Located]:
    """Without places of what a crowd is angry at: "marched in Basra to denounce the attack in Samarra"."""
    if len(found) < 2 or trigger.key not in CROWD or scene.tongue.grammar.verb_final:
        return found
    causes = [h.first for h in hits.of("grievance", "demand") if h.first >= trigger.last]
    kept = [one for one in found if not any(c < one.first for c in causes)]
    return kept if any(not one.landmark for one in kept) else found


def _rivers_apart(found: list[Located], hits: Row) -> list[Located]:
    """Rivers as mere landmarks beside a town abroad: the Euphrates flows there too."""
    if not any(one.place.type == "river" for one in found) or not any(_is_town(h) for h in hits.countries):
        return found
    return [replace(one, landmark=True) if one.place.type == "river" else one for one in found]


def _only_marks(found: Sequence[Located]) -> bool:
    """Whether of Iraq landmarks alone are named, and at most the country: "the bank that reaches to Iraq's border"."""
    return any(one.landmark for one in found) and all(one.landmark or is_vast(one.place) for one in found)


def _nearby(mark: Located | None) -> bool:
    """Whether a bearing from a town or a village tells where the deed was, more exactly than its province's capital."""
    return mark is not None and mark.off and not mark.aside and mark.place.type in _SETTLED


_SETTLED = frozenset({"town", "subdistrict", "village"})


def _heads_report(scene: Scene, mark: Located, hits: Row) -> bool:
    """Whether a report turns to a town by "in" and who speaks there: Arabic *وفي الموصل قالت الشرطة إن مسلحين ...*."""
    start = scene.reading.sentences[scene.reading.sentence_of[mark.first]][0]
    if not mark.speaker or mark.aside or mark.first - start > 2 or mark.place.id in BUREAUS:
        return False
    return any(h.last == mark.first for h in hits.of("in_place", "at_place"))


def _aimed_at(mark: Located, frame: Frame) -> bool:
    """Whether rockets were fired toward a base or an airport, which is the place of the deed."""
    return frame.type == SHELLING and frame.trigger.key == "launch" and mark.place.type in ("base", "airport")


def _in_capital(scene: Scene, hits: Row) -> Located | None:
    """Baghdad, where a sentence says no more than "the capital" and names no other place or land."""
    if any(not is_vast(h.meaning) for h in hits.places if isinstance(h.meaning, Place)):
        return None
    if any(
        isinstance(h.meaning, Country) and h.meaning.code != "IQ" and h.meaning.kind != "people"
        for h in hits.countries
    ):
        return None
    return capital_named(scene, hits)


def capital_named(scene: Scene, hits: Row) -> Located | None:
    """Baghdad where it is called the capital."""
    word = next(iter(hits.of("capital_city")), None)
    if word is None:
        return None
    capital = next((p for p in scene.lexicon.by_types(("town",)) if p.id == CAPITAL_CITY), None)
    return Located(capital, word.first, word.last, inside=True) if capital else None


def town_of_hamlets(frame: Frame, hits: Row) -> Located | None:
    """The town of a bearing, where one toll is told of several hamlets: "raids on A, B and C east of Ramadi killed 20"."""
    mark, place = frame.landmark, frame.place
    if place is None or mark is None or not mark.off or place.exactness < EXACTNESS["town"]:
        return None
    several = len(frame.others) >= 2 or any(0 <= place.first - h.last <= 1 for h in hits.of("several_places"))
    same = place.place.governorate == mark.place.governorate and mark.exactness >= CAPITAL
    if not several or not same or mark.first < place.last or not any(t.value for t in frame.tolls):
        return None
    return replace(mark, landmark=False, near=True)


def _aimed_abroad(scene: Scene, frame: Frame, hits: Row) -> bool:
    """Whether the country that a deed's words are followed by was hit: "strikes on Iran"; America's name stands for its men."""
    end = frame.trigger.last
    for land in hits.countries:
        gap = land.first - end
        if not 0 <= gap <= 2 or not isinstance(land.meaning, Country) or not _settles(land):
            continue
        if land.meaning.code in ("IQ", "US") or any(end <= h.first < land.first for h in hits.of(*_NO_AIM)):
            continue
        return not any(scene.reading.between(i).strip(" '’") for i in range(end - 1, land.first))
    return False


_NO_AIM = (
    "clause",
    "clause_strong",
    "aside",
    "said",
    "by_agent",
    "from_place",
    "together_with",
    "from_party",
)


def town_of_quarters(scene: Scene, frame: Frame, found: Sequence[Located], hits: Row) -> Located | None:
    """The town of several quarters in which one thing was done: "arrested five in the A and B districts of Mosul"."""
    place = frame.place
    if place is None or place.place.type not in ("quarter", "village"):
        return None
    examples = any(0 <= place.first - h.last <= 2 for h in hits.of("including"))
    if examples and (wide := _holds(place, found, hits, scene)) is not None:
        return wide
    several = any(o.place.type in ("quarter", "village") for o in frame.others)
    marks = hits.of("several_places")
    several = several or any(0 <= place.first - h.last <= 1 or _joined(scene, place, h, hits) for h in marks)
    behind = any(0 <= h.first - o.last <= 1 for h in marks for o in (place, *frame.others))
    each = frame.type in _ONE_BY_ONE and not any(t.value for t in frame.tolls)
    if (each and not (marks and _is_a_wave(scene, frame, hits))) or not (several or behind):
        return None
    towns = [
        one for one in found if one.place.type in ("town", "district") and not (one.landmark or one.near)
    ]
    return next((one for one in towns if one.place.governorate == place.place.governorate), None)


def _is_a_wave(scene: Scene, frame: Frame, hits: Row) -> bool:
    """Whether the bombs that went off in several quarters are counted together: "nine car bombs in the A and B districts"."""
    if frame.type != BOMB:
        return False
    first, last = scene.reading.sentences[frame.sentence]
    many = [
        n for n in numbers_in(scene.reading, scene.tongue, first, last) if n.value > len(frame.others) + 1
    ]
    arms = hits.groups.get("weapon", ())
    return any(0 <= h.first - n.last <= 1 for n in many for h in arms)


def _holds(place: Located, found: Sequence[Located], hits: Row, scene: Scene) -> Located | None:
    """The town before quarters that are only named as examples: "districts of Baghdad, among them Sadr City"."""
    wide = [
        one
        for one in found
        if one.last <= place.first
        and one.place.type in ("town", "district")
        and not (one.landmark or one.near)
    ]
    town = next((one for one in wide if one.place.governorate == place.place.governorate), None)
    if town is None and place.place.governorate == "Baghdad" and "capital_city" in hits.keys:
        return capital_named(scene, hits)
    return town


def _joined(scene: Scene, place: Located, mark: Hit, hits: Row) -> bool:
    """Whether a further name is joined to a quarter before the word for quarters: "the Wasiti and Domiz districts"."""
    if not 2 <= mark.first - place.last <= 3 or not any(h.first == place.last for h in hits.of("clause")):
        return False
    name, _ = scene.reading.span(scene.reading.starts[place.last + 1], scene.reading.ends[place.last + 1])
    return scene.reading.folded.source[name].isupper()


_ONE_BY_ONE = frozenset({AIR, SHELLING, BOMB, DISRUPTED, "Peaceful protest"})
"""Types that are as many events as places are listed."""


def _at_iraqs_embassy(hits: Row) -> bool:
    """Whether Iraq is named as the owner of an embassy, which lies abroad: the Iraqi embassy in Tehran."""
    own = [h for h in hits.countries if isinstance(h.meaning, Country) and h.meaning.code == "IQ"]
    joins = {h.first: h.last for h in hits.of("of_party")}
    houses = {at for h in hits.of("embassy") for at in (h.last, joins.get(h.last, h.last))}
    before = {h.first for h in hits.of("embassy")}
    elsewhere = any(
        isinstance(h.meaning, Country) and h.meaning.kind in ("seats", "places") and h.meaning.code != "IQ"
        for h in hits.countries
    )
    return elsewhere and any(h.first in houses or h.last in before for h in own)


def _right_there(trigger: Hit, strangers: Sequence[Hit], hits: Row) -> bool:
    """Whether the words right behind the deed put it into another country: "rally in Tehran against Iraq's move"."""
    preposed = {h.last for h in hits.of("in_place", "at_place")}
    own = [h.first for h in hits.countries if isinstance(h.meaning, Country) and h.meaning.code == "IQ"]
    joins = {h.first for h in hits.of("clause")}  # "in Syria and Iraq"
    if any(first in preposed for first in own):
        return False  # "strikes in Syria and in Iraq"
    return any(
        0 < h.first - trigger.last <= 2
        and h.first in preposed
        and not any(first == h.last or (first == h.last + 1 and h.last in joins) for first in own)
        and isinstance(h.meaning, Country)
        and (
            h.meaning.kind in ("seats", "places")
            or (h.meaning.kind == "names" and h.meaning.code not in METONYMS)
        )
        for h in strangers
        if isinstance(h.meaning, Country) and h.meaning.code != "IQ"
    )


def _downed_abroad(hits: Row) -> bool:
    """Whether another country is named before Iraq as the one whose defences shot: "Kuwait downs drone from Iraq"."""
    names = [h for h in hits.countries if isinstance(h.meaning, Country) and h.meaning.kind == "names"]
    return (
        bool(names)
        and isinstance(names[0].meaning, Country)
        and names[0].meaning.code not in ("IQ", *METONYMS)
    )


def _is_town(hit: Hit) -> bool:
    """Whether words name a town or region abroad, which stands for no government."""
    meaning = hit.meaning
    return isinstance(meaning, Country) and meaning.code != "IQ" and meaning.kind == "places"


def _owns_party(country: Hit, hits: Row) -> bool:
    """Whether a country's name only tells whose a party is: Iraq's Popular Mobilization."""
    return any(0 <= h.first - country.last <= 1 for h in hits.actors)


def _settles(hit: Hit) -> bool:
    """Whether a country is named by its name and not by its people."""
    return isinstance(hit.meaning, Country) and hit.meaning.kind != "people"
