"""The phrases of a language as senses: its concepts, the countries, and the names of actors and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from worker.domain.understanding.words.meanings import Actor, Concept, Country, Place, Sense, named
from worker.domain.understanding.words.phrases import compile_name, compile_phrase, normal

SCRIPT_FALLBACK = {"latin": ("en",), "arabic": ("ar",)}
"""Names of places and actors are also looked for as these languages spell them."""


def concept_senses(language: Mapping[str, Any], known: Mapping[str, Concept]) -> Iterable[Sense]:
    """The concepts' phrases."""
    for concept, entries in language["concepts"].items():
        for entry in entries:
            for phrase in compile_phrase(entry):
                yield Sense(phrase, known[concept], concept, known[concept].group)


def country_senses(language: Mapping[str, Any]) -> Iterable[Sense]:
    """Names, demonyms and cities of Iraq and of the other countries."""
    for country, kinds in (language.get("countries") or {}).items():
        for kind in ("names", "people", "seats", "places"):
            for say in (kinds or {}).get(kind) or ():
                meaning = Country(str(country), kind)
                for phrase in compile_phrase({"say": say}):
                    yield named(phrase, meaning, f"country:{country}:{kind}", "geo")


Spelled = Mapping[str, Sequence[tuple[str, Sense]]]
"""An actor's or a place's id to its names in one language: normal form and sense; capitals stand beside any form."""


Common = Mapping[str, Sequence[Sense]]
"""An actor's or a place's id to the names that all languages of a script look for."""


class Spellings:
    """The names of actors and places, each compiled once: languages share them."""

    def __init__(
        self,
        actors: Mapping[str, Mapping[str, Any]],
        who: Mapping[str, Actor],
        places: Mapping[str, Mapping[str, str]],
        where: Mapping[str, Place],
        abroad: Sequence[Mapping[str, str]] = (),
    ) -> None:
        """Take the files' rows and what was made of them; nothing is compiled yet."""
        self.actors, self.who, self.places, self.where, self.abroad = actors, who, places, where, abroad
        self.abroad_in: Callable[[str], Sequence[Sense]] = cache(self._abroad)
        self.actors_in: Callable[[str], Spelled] = cache(self._actors)
        self.places_in: Callable[[str], Spelled] = cache(self._places)
        self.common_in: Callable[[str], tuple[Common, Common]] = cache(self._common)

    def shared(self, script: str) -> Iterator[Sense]:
        """The names that every language of a script looks for: in its common spelling, abroad in its letters."""
        for bearers in self.common_in(script):
            for names in bearers.values():
                yield from names
        yield from self.abroad_in(script)

    def own(self, code: str, script: str) -> Iterator[Sense]:
        """The names as this language alone spells them, without those that its script shares."""
        actors, places = self.common_in(script)
        own = self.actors_in(code)
        for actor_id, common in actors.items():
            yield from _without(common, _once(own[actor_id]))
        shared = _place_columns(script)
        for place_id, row in self.places.items():
            if _varies(row):
                yield from self._town(place_id, row, tuple(dict.fromkeys((code, *shared))), code)
            elif code not in shared:
                yield from _without(places[place_id], self._town(place_id, row, (code,), code))
        yield from self.abroad_in(code)

    def _common(self, script: str) -> tuple[Common, Common]:
        """The actors' and the places' names in every language of a script.

        Not those that need care: they mean something else in the next language.
        """
        spelled = [self.actors_in(column) for column in SCRIPT_FALLBACK.get(script, ())]
        actors = {
            i: list(_once(n for names in spelled for n in names[i] if not n[1].phrase.ambiguous))
            for i in self.actors
        }
        columns = _place_columns(script)
        places = {
            i: [] if _varies(row) else list(self._town(i, row, columns, "")) for i, row in self.places.items()
        }
        return actors, places

    def _town(
        self, place_id: str, row: Mapping[str, str], columns: Sequence[str], code: str
    ) -> Iterator[Sense]:
        """A place's names in some columns, those of them doubtful that are so in this language."""
        doubtful = _doubtful(row, code) if row.get("ambiguous") else frozenset()
        barred = _barred(row, code) if _varies(row) else frozenset()
        seen: set[str] = set()
        for column in columns:
            for key, sense in self.places_in(column)[place_id]:
                if key in seen or (key in barred and column != code):
                    continue
                seen.add(key)
                if key in doubtful:
                    yield named(replace(sense.phrase, ambiguous=True), sense.meaning, sense.key, sense.group)
                else:
                    yield sense

    def _actors(self, code: str) -> Spelled:
        """The actors' aliases in a language; short ones in capitals count in capitals only."""
        found: dict[str, list[tuple[str, Sense]]] = {}
        for actor_id, row in self.actors.items():
            meaning, ambiguous = self.who[actor_id], row.get("ambiguous") or ()
            names = found[actor_id] = []
            for alias in (row.get("aliases") or {}).get(code) or ():
                key = "" if alias.startswith("^") else normal(alias)
                say = f"^{alias}" if alias.isupper() and alias.isalpha() and len(alias) <= 4 else alias
                names.extend(
                    (key, named(phrase, meaning, f"actor:{actor_id}", "actor"))
                    for phrase in compile_name(say, ambiguous=alias in ambiguous)
                )
        return found

    def _places(self, column: str) -> Spelled:
        """The places' names in a column of the gazetteer."""
        found: dict[str, list[tuple[str, Sense]]] = {}
        for place_id, row in self.places.items():
            names = found[place_id] = []
            if not (cell := row.get(column)):
                continue
            meaning, id_ = self.where[place_id], f"place:{place_id}"
            names += [
                (normal(name), named(phrase, meaning, id_, "geo"))
                for name in cell.split("|")
                for phrase in compile_name(name.strip())
            ]
        return found

    def _abroad(self, column: str) -> Sequence[Sense]:
        """The names of countries and towns outside Iraq in a column; one Latin word counts in its capitals."""
        found = []
        for row in self.abroad:
            kind = "names" if row["kind"] == "country" else "places"
            meaning = Country(row["country"], kind)
            for name in filter(None, row.get(column, "").split("|")):
                say = f"^{name}" if column == "latin" and " " not in name and "-" not in name else name
                found += [
                    named(phrase, meaning, f"country:{meaning.code}:{kind}", "geo")
                    for phrase in compile_name(say)
                ]
        return found


def _place_columns(script: str) -> tuple[str, ...]:
    """The gazetteer's columns that all languages of a script share."""
    return (*(("name",) if script == "latin" else ()), *SCRIPT_FALLBACK.get(script, ()))


def run_together(senses: Iterable[Sense]) -> Iterator[Sense]:
    """Names of two words written as one, as a joiner between the two leaves them: *سلیمان‌بیگ*."""
    for sense in senses:
        words = normal(sense.phrase.say).split()
        if len(words) != 2 or min(map(len, words)) < _JOINED_LEAST or not isinstance(sense.meaning, Place):
            continue
        for phrase in compile_name("".join(words), ambiguous=sense.phrase.ambiguous):
            yield named(phrase, sense.meaning, sense.key, sense.group)


_JOINED_LEAST = 2
"""Letters of each word of a name that may be written as one."""


def _once(names: Iterable[tuple[str, Sense]]) -> Iterator[Sense]:
    """Each spelling of a bearer once; what has no normal form always."""
    seen: set[str] = set()
    for key, sense in names:
        if key and key in seen:
            continue
        seen.add(key)
        yield sense


def _without(common: Sequence[Sense], names: Iterable[Sense]) -> Iterator[Sense]:
    """The names that are not spelled so in all languages."""
    says = {sense.phrase.say for sense in common}
    return (sense for sense in names if sense.phrase.say not in says)


def _varies(row: Mapping[str, str]) -> bool:
    """Whether a place's name is doubtful in some languages only."""
    return ":" in row.get("ambiguous", "")


def _doubtful(row: Mapping[str, str], code: str) -> frozenset[str]:
    """A place's names that count only with another sign of Iraq: in all languages, or in this (`tr:name`)."""
    given = [name.partition(":") for name in row["ambiguous"].split("|")]
    return frozenset(
        normal(alias if mark else lang)
        for lang, mark, alias in given
        if not mark or (lang == code and not alias.startswith(_BAR))
    )


def _barred(row: Mapping[str, str], code: str) -> frozenset[str]:
    """Names of other languages that are everyday words in this one and no place there (`ckb:!name`)."""
    given = [name.partition(":") for name in row["ambiguous"].split("|")]
    return frozenset(normal(a[1:]) for lang, _, a in given if lang == code and a.startswith(_BAR))


_BAR = "!"
