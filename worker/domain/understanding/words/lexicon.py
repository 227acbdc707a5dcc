"""The lexicon: concepts, actors and places with the phrases of every language, ready to be searched.

Built from the plain values that `config.catalogue` hands over, each language on first use, held in
memory. Each language gets one Aho-Corasick automaton over the first words of all its phrases, so that a
text is read once however many phrases there are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol

from worker.domain.understanding.words.layers import BEHIND, Layer, Register, layer_of
from worker.domain.understanding.words.meanings import Actor, Concept, Place, actor_of, concept_of, place_of
from worker.domain.understanding.words.sounds import Sounds, letters_of, romanisation_of, sounds_of
from worker.domain.understanding.words.spellings import (
    Spellings,
    concept_senses,
    country_senses,
    run_together,
)
from worker.domain.understanding.words.tongue import Tongue, Tongues, compile_tongue


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages; `version` goes into every analysis."""

    concepts: Mapping[str, Concept]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    tongues: Mapping[str, Tongue]
    version: str
    _by_types: dict[tuple[str, ...], tuple[Place, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def whole(self) -> Lexicon:
        """The same with every language made, which lets go of what the files say."""
        return Lexicon(self.concepts, self.actors, self.places, dict(self.tongues), self.version)

    def __reduce__(self) -> tuple[Any, ...]:
        """With every language made."""
        return Lexicon, (self.concepts, self.actors, self.places, dict(self.tongues), self.version)

    def by_types(self, types: tuple[str, ...]) -> tuple[Place, ...]:
        """The places of some types, in the gazetteer's order; looked up once."""
        found = self._by_types.get(types)
        if found is None:
            found = self._by_types[types] = tuple(p for p in self.places.values() if p.type in types)
        return found

    @property
    def phrases(self) -> int:
        """How many phrases all languages have; makes every language."""
        return sum(tongue.phrases for tongue in self.tongues.values())


class LexiconFiles(Protocol):
    """What the data files say, as `config.catalogue.load_lexicon` reads them."""

    @property
    def concepts(self) -> Mapping[str, Mapping[str, Any]]:
        """Concepts by id."""
        ...

    @property
    def languages(self) -> Mapping[str, Mapping[str, Any]]:
        """Phrases and habits by code."""
        ...

    @property
    def actors(self) -> Mapping[str, Mapping[str, Any]]:
        """Parties by id."""
        ...

    @property
    def places(self) -> Mapping[str, Mapping[str, str]]:
        """The gazetteer by id."""
        ...

    @property
    def abroad(self) -> Sequence[Mapping[str, str]]:
        """Countries and towns outside Iraq."""
        ...

    @property
    def version(self) -> str:
        """Changes with any of the files."""
        ...


def lexicon_of(files: LexiconFiles) -> Lexicon:
    """Compile all that the data files say; see `build_lexicon`."""
    return build_lexicon(
        concepts=files.concepts,
        languages=files.languages,
        actors=files.actors,
        places=files.places,
        abroad=files.abroad,
        version=files.version,
    )


def build_lexicon(
    *,
    concepts: Mapping[str, Mapping[str, Any]],
    languages: Mapping[str, Mapping[str, Any]],
    actors: Mapping[str, Mapping[str, Any]],
    places: Mapping[str, Mapping[str, str]],
    abroad: Sequence[Mapping[str, str]] = (),
    version: str = "",
) -> Lexicon:
    """Compile the data files' values; an id outside the closed lists raises ConfigError with its place.

    The languages' phrases are compiled when a language is first used (`Tongues`).
    """
    known = {i: concept_of(row) for i, row in concepts.items()}
    who = {i: actor_of(row) for i, row in actors.items()}
    where = {i: place_of(row) for i, row in places.items()}
    names = Spellings(actors, who, places, where, abroad)

    @cache
    def shared(script: str) -> Layer:
        return layer_of(names.shared(script), Register(), begin=BEHIND)

    @cache
    def sounds() -> Sounds:
        letters = {code: letters_of(one) for code, one in languages.items() if one.get("romanised")}
        return sounds_of(places, where, abroad, letters)

    def make(code: str) -> Tongue:
        language = languages[code]
        script = language["script"]
        senses = [
            *concept_senses(language, known),
            *country_senses(language),
            *names.own(code, script),
        ]
        if language.get("joined_names"):
            senses += run_together([*senses, *names.shared(script)])
        return compile_tongue(code, language, senses, shared(script), romanisation_of(language, sounds))

    return Lexicon(known, who, where, Tongues(languages, make), version)
