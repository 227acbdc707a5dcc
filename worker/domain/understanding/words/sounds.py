"""What names sound like, however they are written in Latin script: *Choumali*, *Şumali* and *Schumali* are one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.understanding.words.meanings import Place

LEAST = 5
"""Letters of a sound that tells one place from all others."""
SHORT = 4
"""Letters of one that does so within a governorate."""
WORDS = 2
"""Words of a name that are compared; longer ones have words that phrases know."""
_SETTLED = frozenset(
    {
        "airport",
        "base",
        "camp",
        "crossing",
        "dam",
        "district",
        "gas_field",
        "governorate",
        "mountain",
        "oil_field",
        "port",
        "refinery",
        "region",
        "subdistrict",
        "town",
        "village",
    }
)
"""Types of places whose names are their own; quarters and bridges have those of saints and holidays."""
ARTICLES = frozenset(
    [
        "al",
        "el",
        "as",
        "es",
        "ar",
        "er",
        "ad",
        "ed",
        "az",
        "ez",
        "at",
        "et",
        "an",
        "en",
        "ash",
        "esh",
        "ach",
        "ech",
        "asch",
        "esch",
        "ul",
        "ud",
        "ibn",
    ]
)
_ENGLISH = (
    ("tch", "C"),
    ("sh", "S"),
    ("ch", "C"),
    ("kh", "h"),
    ("gh", "g"),
    ("dj", "J"),
    ("zh", "J"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("ck", "k"),
    ("q", "k"),
    ("c", "k"),
    ("j", "J"),
    ("w", "u"),
    ("v", "u"),
)
"""Letters of English romanisations, each sound by one sign; what only the transliterator tells apart is one."""
_VOWELS = (("ai", "i"), ("ei", "i"), ("ay", "i"), ("ey", "i"), ("au", "u"), ("ao", "u"), ("oo", "u"))


def sound(name: str, letters: Sequence[tuple[str, str]] = ()) -> str:
    """What a name sounds like, articles left out; `letters` are those that a language writes in its own way."""
    words = (w for w in re.split(r"\W+", name) if w and w.lower() not in ARTICLES)
    return "".join(_sound(word, letters) for word in words)


def _sound(word: str, letters: Sequence[tuple[str, str]]) -> str:
    """A word's consonants and the three vowels of Arabic, doubled ones once, without a final *a*, *e* or *h*."""
    text = _in_english(unicodedata.normalize("NFC", word).lower(), letters)
    text = unicodedata.normalize("NFKD", text.replace("ı", "i"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    for theirs, sign in _ENGLISH:
        text = text.replace(theirs, sign)
    for pair, vowel in _VOWELS:
        text = text.replace(pair, vowel)
    text = re.sub("[ey]", "i", re.sub("[^a-zJCS]", "", text)).replace("o", "u")
    return re.sub("[aih]+$", "", re.sub(r"(.)\1+", r"\1", text))


def _in_english(text: str, letters: Sequence[tuple[str, str]]) -> str:
    """A word with a language's own letters written as English writes them, the longest first and none twice."""
    if not letters:
        return text
    known = dict(letters)
    theirs = "|".join(map(re.escape, sorted(known, key=len, reverse=True)))
    return re.sub(theirs, lambda found: known[found[0]], text)


Letters = Mapping[str, Sequence[tuple[str, str]]]
"""By language: how it writes the sounds that English writes otherwise."""
Sounds = Mapping[str, tuple[Place, ...]]
"""The places that a sound may stand for: one, or one in each of some governorates."""


def sounds_of(
    rows: Mapping[str, Mapping[str, str]],
    places: Mapping[str, Place],
    abroad: Iterable[Mapping[str, str]],
    letters: Letters,
) -> Sounds:
    """The places that a sound stands for, of those whose names are long enough and never doubtful."""
    found: dict[str, set[str]] = {}
    taken: set[str] = {sound(name) for row in abroad for name in row.get("latin", "").split("|") if name}
    for place_id, row in rows.items():
        doubtful = {a.rpartition(":")[2].lstrip("!") for a in (row.get("ambiguous") or "").split("|")}
        for column in ("name", *letters):
            for name in filter(None, (row.get(column) or "").split("|")):
                heard = sound(re.split(r"[,(]", name)[0], letters.get(column, ()))
                if name in doubtful or row["type"] not in _SETTLED:
                    taken.add(heard)
                elif len(heard) >= SHORT and len(name.split()) <= WORDS:
                    found.setdefault(heard, set()).add(place_id)
    return {
        heard: tuple(places[i] for i in sorted(ids)) for heard, ids in found.items() if heard not in taken
    }


def one_of(sounds: Sounds, heard: str, governorates: Container[str], *, strange: bool) -> Place | None:
    """The place that a sound stands for, else the one in a governorate that is named.

    By itself where it is long enough and no phrase knows its words (`strange`).
    """
    known = sounds.get(heard, ())
    if strange and len(known) == 1 and len(heard) >= LEAST:
        return known[0]
    there = [p for p in known if p.governorate in governorates]
    seats = [p for p in there if p.type not in _AREAS]  # a town and the district that it gives its name
    return seats[0] if len(seats) == 1 else there[0] if len(there) == 1 else None


_AREAS = frozenset({"district", "governorate", "region"})


@dataclass(frozen=True, slots=True)
class Romanisation:
    """How a language writes names of another script, and the words that it puts before a place or behind it."""

    letters: tuple[tuple[str, str], ...]
    before: frozenset[str]
    after: tuple[str, ...]
    """How words begin that stand right behind a place: Turkish *Beledruz ilçesinde*."""
    endings: bool
    """Whether an ending behind an apostrophe says the same: Turkish *Şumali'de*."""
    sounds: Sounds


def letters_of(language: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """The letters that a language file says to stand for others in English."""
    given = (language.get("romanised") or {}).get("letters") or {}
    return tuple((str(theirs), str(english)) for theirs, english in given.items())


def romanisation_of(language: Mapping[str, Any], sounds: Callable[[], Sounds]) -> Romanisation | None:
    """What a language file says of names of another script; None where it says nothing."""
    given = language.get("romanised")
    if not given:
        return None
    before = frozenset(str(word) for word in given.get("before") or ())
    endings = bool(language.get("place_endings"))
    after = tuple(str(word) for word in given.get("after") or ())
    return Romanisation(letters_of(language), before, after, endings, sounds())
