"""Bare reports, as a local paper has them: the day and the country's name are left out, the deed is plain all the same."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from worker.domain.understanding.judgement.plainly import AGAINST, UNSAID, hurt, unreal_headline
from worker.domain.understanding.sentence.deeds import CROWD
from worker.domain.understanding.sentence.families import BLASTS, FIGHTS, LOOTING, VIOLENT
from worker.domain.understanding.sentence.frame import AIR, SHELLING, Frame, told
from worker.domain.understanding.words.meanings import Country
from worker.domain.understanding.words.reading import Reading, openings


def told_barely(reading: Reading, frames: Sequence[Frame], *, at_home: bool) -> bool:
    """Whether headline or first sentence tells a fight, a blow or a wrecked pipeline at a place in Iraq, and of no other land.

    "Officer survives bombing in Samarra; two of his guards were hurt". `at_home`: in a language spoken in Iraq
    above all one name of a place is enough, in others one that other lands have must be said twice.
    """
    if unreal_headline(reading) or not _stays_in_iraq(reading, at_home=at_home):
        return False
    if any(h.key in ("accident", "nothing_happened") for h in reading.hits):
        return False  # a leak of gas, as the last sentence says
    topics = {h.key for row in openings(reading, 2) for h in row.groups.get("topic", ())}
    if not topics.isdisjoint(_MADE_UP):
        return False
    below = [f for f in frames if f.sentence <= reading.title + 2]
    costly = any(hurt(f) or _hurt_some(f) for f in below)
    told_of = _Opening(costly, costly or any(f.tolls for f in below), {a for f in below for a in f.actors})
    return any(_stands(f, topics, told_of) for f in below if f.sentence <= reading.title + 1)


class _Opening(NamedTuple):
    """What headline and first sentences tell together: whether it cost somebody, whether a toll is given, and who did it."""

    costly: bool
    tolled: bool
    actors: Collection[str]


def _hurt_some(frame: Frame) -> bool:
    """Whether dead or wounded are told of in no figure: "several people were killed or wounded"."""
    return not frame.tolls and not frame.hits.keys.isdisjoint(("killed", "wounded", "casualties"))


def _stands(frame: Frame, topics: Collection[str], told_of: _Opening) -> bool:
    """Whether a sentence tells a deed by arms at its place, whatever else its opening speaks of.

    Where that is another topic somebody must have been hurt, by a blast or a blow if it is not one of whom it hit.
    """
    if frame.trigger.key in CROWD:
        return False  # mourners who march behind somebody slain
    if frame.place is None or not told(frame) or frame.quiet or not frame.signs.isdisjoint(AGAINST):
        return False
    beside, costly = _BESIDE.issuperset(topics), told_of.costly
    if frame.type == LOOTING and not _LINES.isdisjoint(frame.targets):
        return beside
    if frame.type not in VIOLENT:
        return False
    if costly and not _OURS.isdisjoint(told_of.actors):
        return True
    afar = frame.type in (AIR, SHELLING) and bool(frame.weapons) and (frame.title or frame.lead)
    if not (told_of.tolled or afar) or not _armed(frame, topics, costly=costly):
        return False
    return not topics or (costly and (beside or (frame.type in BLASTS and bool(frame.weapons))))


def _armed(frame: Frame, topics: Collection[str], *, costly: bool) -> bool:
    """Whether a deed was done by arms: they are named, or the deed's word says so.

    Where it cost somebody a fight of clans is one too, and a blast that no fire is told of.
    """
    if frame.weapons or frame.trigger.key not in _UNARMED or not _GUNMEN.isdisjoint(frame.actors):
        return True
    if costly and frame.trigger.key == "explosion" and (frame.title or frame.lead):
        return "blaze" not in topics
    return costly and frame.type in FIGHTS and "tribesmen" in frame.hits.keys


def _stays_in_iraq(reading: Reading, *, at_home: bool) -> bool:
    """Whether headline and first sentence name places in Iraq, and no other country but its people."""
    rows = list(openings(reading, 2))
    if any(
        isinstance(h.meaning, Country) and h.meaning.code != "IQ" and h.meaning.kind != "people"
        for row in rows
        for h in row
    ):
        return False
    named = [h for row in rows for h in row.places]
    weight = sum(h.iraq if h.phrase.ambiguous else max(h.iraq, _TWICE) for h in named)
    return weight >= (_ONCE if at_home else _TWICE)


_ONCE, _TWICE = 0.3, 0.6
"""Weight of signs of a name that other lands have as well, said once and twice."""
_MADE_UP = frozenset({"culture", "figurative", "space"})
"""Topics in which a blast with its dead is a film's or a figure of speech."""
_BESIDE = frozenset(
    {"religion", "business", "oil_trade", "labour", "elections", "diplomacy", "funeral", "aid", "blaze"}
)
"""Topics of whom or what was hit: an imam, a refinery, a teacher, a candidate."""
_OURS = frozenset({"isis", "pkk"})
"""Parties whose dead are Marsad's business whatever they stole or burnt."""
_LINES = frozenset({"oil_facility", "power_line", "gas_field"})
"""What is wrecked with explosives, without anybody hurt."""
_GUNMEN = frozenset({"unknown_gunmen", "isis", "pkk"})
"""Whose killing is by arms, whatever the word for it."""
_UNARMED = UNSAID | {"explosion"}
"""Deeds that may be nobody's: a boiler bursts as well."""
