"""The phrases of a language as senses: its concepts, the countries, and the names of actors and places."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from msgspec.structs import replace

from worker.domain.understanding.meanings import Actor, Concept, Country, Place, Sense, named
from worker.domain.understanding.phrases import compile_name, compile_phrase, normal

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

    def of(self, code: str, script: str) -> Iterator[Sense]:
        """The names in a language and in its script's common spelling; no spelling of a bearer twice."""
        columns = tuple(dict.fromkeys((code, *SCRIPT_FALLBACK.get(script, ()))))
        yield from self._parties(code, columns)
        yield from self._towns(code, ("name", *columns) if script == "latin" else columns)
        yield from self.abroad_in(code)
        yield from self.abroad_in(script)

    def _parties(self, code: str, columns: Sequence[str]) -> Iterator[Sense]:
        """The actors' names; what needs care in its own language means something else in the next."""
        spelled = [(column != code, self.actors_in(column)) for column in columns]
        for actor_id in self.actors:
            seen: set[str] = set()
            for borrowed, names in spelled:
                for key, sense in names[actor_id]:
                    if (key and key in seen) or (borrowed and sense.phrase.ambiguous):
                        continue
                    seen.add(key)
                    yield sense

    def _towns(self, code: str, columns: Sequence[str]) -> Iterator[Sense]:
        """The places' names, those of them doubtful that are so in this language."""
        spelled = [self.places_in(column) for column in columns]
        for place_id, row in self.places.items():
            seen: set[str] = set()
            doubtful = _doubtful(row, code) if row.get("ambiguous") else frozenset()
            for names in spelled:
                for key, sense in names[place_id]:
                    if key in seen:
                        continue
                    seen.add(key)
                    if key in doubtful:
                        yield named(
                            replace(sense.phrase, ambiguous=True), sense.meaning, sense.key, sense.group
                        )
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
            meaning = self.where[place_id]
            names = found[place_id] = []
            for name in row.get(column, "").split("|"):
                key = normal(name)
                names.extend(
                    (key, named(phrase, meaning, f"place:{place_id}", "geo"))
                    for phrase in compile_name(name.strip())
                )
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


def _doubtful(row: Mapping[str, str], code: str) -> frozenset[str]:
    """A place's names that count only with another sign of Iraq: in all languages, or in this (`tr:name`)."""
    given = [name.partition(":") for name in row["ambiguous"].split("|")]
    return frozenset(
        normal(alias if mark else lang) for lang, mark, alias in given if not mark or lang == code
    )
