"""What is certain whatever the models weigh: a review of a war film, a bus that overturned, a deed told plainly.

The models add up many small signs; a film about bombs in Ramadi has all of a bombing's, and loses only the
one that matters. Each rule here asks for something that settles the matter, and that nothing speaks against.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.judgement.bygone import (
    of_a_contest,
    of_a_restoration,
    of_another_age,
    told_elsewhere,
)
from worker.domain.understanding.judgement.plainly import UNSAID, has_day
from worker.domain.understanding.judgement.unreal import denies_more, of_a_match, only_figurative, only_held
from worker.domain.understanding.sentence.deeds import everyday
from worker.domain.understanding.sentence.frame import Frame, told
from worker.domain.understanding.sentence.stale import is_question, ruled_out
from worker.domain.understanding.where.iraq import only_iraqis_abroad
from worker.domain.understanding.words.meanings import FIRM, Actor, Country, Place
from worker.domain.understanding.words.reading import Reading, Row, openings


def none_of_ours(reading: Reading, frames: Sequence[Frame]) -> str:
    """Why a text is surely none of Marsad's business, although it names Iraq; empty where it may be."""
    if _of_a_work(reading, frames):
        return "it speaks of a film, a book or an exhibition and of no deed of the last days"
    if _of_an_accident(reading, frames):
        return "it tells of an accident and of nobody under arms"
    if _of_iraqis_abroad(reading) and (_unarmed(reading) or only_held(frames)):
        return "of Iraq its people alone are named, in another country, and no armed party"
    if of_a_match(reading, frames):
        return "it tells of sport or of a disease in the words of war"
    if only_figurative(reading, frames):
        return "it speaks of business, games or films, and of a fight that nobody fights"
    if of_another_age(reading, frames):
        return "it tells of another age, and names no party of today"
    if of_a_restoration(reading, frames) or of_a_contest(reading, frames):
        return "it tells of a monument restored or of a contest, and of no deed of the last days"
    if told_elsewhere(reading, frames):
        return "what it tells lies in another country, and Iraq is where something was years ago"
    return ""


def ours(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether a bare headline tells a deed of violence at a place in Iraq, or names Iraq beside troops or militias.

    Not where it opens another topic.
    """
    if len(reading.sentences) > reading.title:
        return False  # where a text follows, it tells the models enough
    rows = list(openings(reading, 1))
    if any(h.key != "funeral" for row in rows for h in row.groups.get("topic", ())):
        return False
    if any(
        told(f) and f.place is not None and f.trigger.key not in UNSAID - {"found_bodies"} for f in frames
    ):
        return True
    return any(
        not row.keys.isdisjoint(_OURS) and any(h.iraq >= FIRM for h in row) for row in rows[: reading.title]
    )


_OURS = frozenset(
    {
        "troops",
        "militia",
        "pro_iran",
        "insurgency",
        "militants",
        "intervention",
        "posture",
        "separatism",
        "peace_process",
        "emergency",
        "base",
        "captivity",
        "military",
        "soldiers",
        "army",
        "security_forces",
        "travel_alert",
        "abuse",
    }
)


def labelled_as_comment(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether the headline calls the text a comment, an interview or a profile, and no day tells what happened."""
    if not any("opinion" in reading.of(index).keys for index in range(reading.title)):
        return False
    return not any(told(f) and not f.quiet and (has_day(f) or (f.lead and f.tolls)) for f in frames)


def untold_in_headline(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether the headline asks, as an analysis does, or says that a deed did not happen.

    Not where the opening tells a deed of a day with its toll, or by its own name with place and doer.
    """
    heads = [f for f in frames if f.title]
    denied = all(ruled_out(f, f.hits) or _denies(f) for f in heads)
    if not heads:  # "the smoke was flaring, not a drone": no deed is left to tell
        denied = any("nothing_happened" in reading.of(i).keys for i in range(reading.title))
    asks = reading.title > 0 and is_question(reading, reading.title - 1)
    if not denied and not asks:
        return _denied_and_undated(reading, frames)
    firmly = any(reading.of(i).keys >= _DENIED_TWICE for i in range(reading.title))
    return not any(
        told(f) and f.lead and has_day(f) and (any(t.value for t in f.tolls) if firmly else _told_fully(f))
        for f in frames
        if not f.hits.keys >= _DENIED_TWICE
    )


_DENIED_TWICE = {"denial", "nothing_happened"}
"""A sentence with both leaves no doubt: "No attack on the post, claims are false"."""


def _told_fully(frame: Frame) -> bool:
    """Whether a deed is told with dead or wounded, or by its own name, with who did it and where."""
    if any(t.value for t in frame.tolls):
        return True
    named = not (frame.generic or frame.quiet) and frame.trigger.key not in UNSAID
    return named and bool(frame.actors) and frame.place is not None


def _denies(frame: Frame) -> bool:
    """Whether a headline denies that a deed happened: "police deny any attack on the road"; whose it was is another matter."""
    return not frame.actors and any(
        0 <= frame.trigger.first - h.last <= _ANY for h in frame.hits.of("denial")
    )


def _denied_and_undated(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether headline or first sentence denies, and nothing in the text has a day, dead or wounded, or who claimed it.

    What is denied but whose it was happened on some day; rumours have none.
    """
    if not any(
        "denial" in reading.of(index).keys for index in range(min(reading.title + 1, len(reading.sentences)))
    ):
        return False
    return not any(
        f.day is not None
        or f.count is not None
        or any(t.value for t in f.tolls)
        or not f.hits.keys.isdisjoint(_HAPPENED)
        for f in frames
    )


_HAPPENED = frozenset({"claim", "damage", "blame", "casualties"})
_ANY = 4
"""Words between "denies" and what did not happen: "any", "that an", "engineer was"."""


def all_old(frames: Sequence[Frame]) -> bool:
    """Whether every deed that is told of Iraq lies years back."""
    own = [f for f in frames if not (f.foreign or f.support)]
    return bool(own) and all(f.past for f in own)


def _of_a_work(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether a film, a book, a game or an exhibition is spoken of, and no deed of the last days beside it."""
    rows = list(openings(reading, 2))
    works = sum(len({h.first for h in row.of("artwork")}) for row in rows)
    if not works:
        return False
    if works == 1 and not any("culture" in row.keys for row in rows) and any(told(f) for f in frames):
        return False
    return not any(
        told(f) and (f.day or f.tolls) and f.hits.keys.isdisjoint({"artwork", "culture"}) for f in frames
    )


def _of_an_accident(reading: Reading, frames: Sequence[Frame]) -> bool:
    """Whether an accident or a private crime is told, and nothing that parties under arms did to anybody."""
    rows = list(openings(reading, 1))
    own = [f for f in frames if not (f.foreign or f.support)]
    heads = [f for f in own if f.title or f.lead]
    if heads and all(f.stale and not f.hits.keys.isdisjoint(_PRIVATE) for f in heads):
        return all(f.stale for f in own) and not any(_under_arms(row) for row in rows)
    below = [reading.of(i) for i in range(len(reading.sentences))[reading.title + 1 : reading.title + 3]]
    named = rows + [row for row in below if "accident" in row.keys] if all(f.stale for f in heads) else rows
    if all(row.keys.isdisjoint(_MISHAP) for row in named) or not all(_harmless(row) for row in rows):
        return False
    return all(
        f.stale
        or denies_more(f.signs)
        or everyday(f.type, f.trigger, f.hits)
        or (f.trigger.key in ("kill", "hit", "arrest") and not f.weapons)  # the owner was held
        or (f.trigger.key == "explosion" and not (f.title or f.lead or f.weapons))  # what burst in the fire
        for f in own
    )


_PRIVATE = frozenset({"ordinary_crime", "traffic", "accident", "blaze", "chemical"})


def _under_arms(row: Row) -> bool:
    """Whether men under arms, an armed party or terrorism are named."""
    if not row.keys.isdisjoint(
        {
            "troops",
            "soldiers",
            "army",
            "gunmen",
            "tribesmen",
            "militants",
            "militia",
            "pro_iran",
            "insurgency",
            "terrorism",
            "base",
            "protest",
        }
    ):
        return True
    return any(
        isinstance(h.meaning, Actor) and h.meaning.kind != "person" and h.meaning.coarse for h in row.actors
    )


_MISHAP = frozenset({"traffic", "accident", "blaze", "weather"})


def _harmless(row: Row) -> bool:
    """Whether neither arms nor men under arms are named."""
    if "weapon" in row.groups or not row.keys.isdisjoint(_MEN_AT_ARMS):
        return False
    return not any(
        isinstance(h.meaning, Actor) and h.meaning.kind != "person" and h.meaning.coarse for h in row.actors
    )


def _of_iraqis_abroad(reading: Reading) -> bool:
    """Whether Iraqis are named beside a place abroad, and no place of their own country."""
    hits = reading.hits
    return only_iraqis_abroad(hits) and any(
        isinstance(h.meaning, Place) or (isinstance(h.meaning, Country) and h.meaning.code == "IQ")
        for h in hits
    )


def _unarmed(reading: Reading) -> bool:
    """Whether no armed party and nothing of terrorism or of war is named in the opening."""
    rows = openings(reading, 2)
    return all(
        row.keys.isdisjoint(_MEN_AT_ARMS | _AFFAIRS)
        and not any(isinstance(h.meaning, Actor) and h.meaning.coarse for h in row.actors)
        for row in rows
    )


_MEN_AT_ARMS = frozenset(
    {
        "troops",
        "soldiers",
        "militia",
        "militants",
        "pro_iran",
        "insurgency",
        "army",
        "gunmen",
        "tribesmen",
        "terrorism",
        "military",
        "war",
        "attack",
        "shooting",
        "assassination",
        "base",
        "protest",
        "detainees",
    }
)
_AFFAIRS = frozenset(
    {
        "sanctions",
        "intervention",
        "posture",
        "abuse",
        "captivity",
        "security",
        "weapons",
        "government",
        "graft",
        "war_figures",
        "embassy",
        "rocket",
        "missile",
        "drone",
        "drone_attack",
        "bomb",
        "explosion",
        "militia",
    }
)
