"""The lexicon: concepts, actors and places with the phrases of every language, ready to be searched.

Built from the plain values that `config.catalogue` hands over, each language on first use, held in
memory. Each language gets one Aho-Corasick automaton over the first words of all its phrases, so that a
text is read once however many phrases there are.
"""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from ahocorasick_rs import AhoCorasick

from worker.domain import vocabulary
from worker.domain.understanding.phrases import (
    Affixes,
    Gap,
    Phrase,
    Word,
    compile_name,
    compile_phrase,
    normal,
)
from worker.errors import ConfigError

SCRIPT_FALLBACK = {"latin": ("en",), "arabic": ("ar",)}
"""Names of places and actors are also looked for as these languages spell them."""


@dataclass(frozen=True, slots=True)
class Concept:
    """What words can stand for, whatever the language."""

    id: str
    says: str
    group: str
    type: str = ""
    rank: int = 0
    weapon: str = ""
    target: str = ""
    actor: str = ""
    terms: tuple[str, ...] = ()
    trigger: bool = False
    generic: bool = False
    soft: bool = False
    quiet: bool = False
    foils: bool = False
    duty: bool = False
    local: bool = False
    people: bool = False
    yields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """An armed group, force or service."""

    id: str
    name: str
    coarse: str = ""
    term: str = ""
    target: str = ""
    side: str = ""
    kind: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in Iraq with what is known of it."""

    id: str
    name: str
    type: str
    governorate: str | None
    district: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: int = 3


@dataclass(frozen=True, slots=True)
class Country:
    """A country's name, demonym or city; `IQ` is Iraq itself."""

    code: str
    kind: str
    """`names`, `people` or `places`."""


Meaning = Concept | Actor | Place | Country


@dataclass(frozen=True, slots=True)
class Sense:
    """A phrase and what it means."""

    phrase: Phrase
    meaning: Meaning
    key: str
    """`rocket`, `actor:isis`, `place:taji`, `country:SY:places`."""
    group: str
    """Within a group the longer of two overlapping matches wins."""


class Tests:
    """The word tests of a language's phrases behind their first word, numbered; says which of them a word passes."""

    def __init__(self, affixes: Affixes) -> None:
        self.affixes = affixes
        self.numbers: dict[Word, int] = {}
        self.by_form: defaultdict[str, list[tuple[int, Word]]] = defaultdict(list)
        self.inside: list[tuple[int, Word]] = []
        self.known: dict[str, frozenset[int]] = {}
        self.heads = ("", *sorted(affixes.before))

    def number(self, test: Word) -> int:
        """The test's number; new tests get the next."""
        found = self.numbers.get(test)
        if found is None:
            found = self.numbers[test] = len(self.numbers)
            for form in test.forms:
                self.by_form[form].append((found, test))
            if test.open_start:
                self.inside.append((found, test))
        return found

    def passed(self, word: str) -> frozenset[int]:
        """The numbers of the tests that a word passes; remembered, texts repeat their words."""
        found = self.known.get(word)
        if found is None:
            found = self._work_out(word)
            if len(self.known) < _REMEMBERED:
                self.known[word] = found
        return found

    def _work_out(self, word: str) -> frozenset[int]:
        """Look up every stem that the word may be made of."""
        hits: set[int] = set()
        for head in self.heads:
            if head and not word.startswith(head):
                continue
            for end in range(len(head) + 1, len(word) + 1):
                for number, test in self.by_form.get(word[len(head) : end], ()):
                    if number not in hits and test.fits(word, self.affixes):
                        hits.add(number)
        hits.update(number for number, test in self.inside if test.fits(word, self.affixes))
        return frozenset(hits)


_REMEMBERED = 60_000
"""Words whose tests or phrases are remembered, a language."""


@dataclass(slots=True)
class Longer:
    """The phrases that go on behind a first word, by what has to follow."""

    second: dict[int, list[Sense]] = field(default_factory=dict)
    """Number of the second word's test to the phrases that demand it."""
    loose: list[tuple[int, int, Sense]] = field(default_factory=list)
    """(words that the gap may hold, number of the test behind it, phrase)."""
    numbered: list[Sense] = field(default_factory=list)
    """A number has to follow."""
    reach: int = 0
    """The most that a gap right behind the first word may hold."""
    awaited: set[int] = field(default_factory=set)
    """The numbers of the tests behind such gaps."""

    def add(self, sense: Sense, tests: Tests) -> None:
        """Put a phrase where its second part says."""
        parts = sense.phrase.parts
        # Numbered before any text is read: what a word passes is remembered.
        numbers = [tests.number(part) if isinstance(part, Word) else -1 for part in parts[1:]]
        behind, number = parts[1], numbers[0]
        if number >= 0:
            if number in self.second:
                self.second[number].append(sense)
            else:
                self.second[number] = [sense]
        elif isinstance(behind, Gap) and numbers[1] >= 0:
            number = numbers[1]
            self.loose.append((behind.most, number, sense))
            self.reach = max(self.reach, behind.most)
            self.awaited.add(number)
        else:
            self.numbered.append(sense)


@dataclass(slots=True)
class Anchor:
    """The phrases that a first word may begin."""

    word: Word
    number: int
    """Its place among the language's first words: what a word begins is told in this order."""
    single: list[Sense] = field(default_factory=list)
    """Those that end with it."""
    longer: Longer | None = None

    def add(self, sense: Sense, tests: Tests) -> None:
        """Take a phrase in."""
        if len(sense.phrase.parts) == 1:
            self.single.append(sense)
            return
        if self.longer is None:
            self.longer = Longer()
        self.longer.add(sense, tests)


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, searchable."""

    code: str
    affixes: Affixes
    automaton: AhoCorasick
    anchors: tuple[tuple[Anchor, ...], ...]
    """For each form that the automaton looks for the first words that it can be."""
    phrases: int
    tests: Tests
    data: Mapping[str, Any]
    """Numbers, dates and habits, as the language file has them."""
    cache: dict[str, Any] = field(default_factory=dict)
    """What numbers and dates compile from `data` on first use."""
    known: dict[str, tuple[Anchor, ...]] = field(default_factory=dict)
    """Words met, and which first words of phrases they can be."""

    def first_words(self, words: Sequence[str]) -> list[tuple[Anchor, ...]]:
        """For each word of a text the first words of phrases that it can be.

        The automaton runs once over the words that were not met before; texts repeat the others.
        """
        known = self.known
        fresh = {word for word in words if word not in known}
        if not fresh:
            return [known[word] for word in words]
        if len(known) > _REMEMBERED:
            known.clear()
        known.update(self._learn(sorted(fresh)))
        return [known.get(word, ()) for word in words]

    def _learn(self, words: Sequence[str]) -> dict[str, tuple[Anchor, ...]]:
        """What new words can begin; one whose clitic swallowed the article also begins what the article does."""
        affixes = self.affixes
        whole = {
            word: article + word.removeprefix(clitic)
            for word in words
            for article, clitic in affixes.contracted
            if word.startswith(clitic) and len(word) - len(clitic) >= affixes.min_stem
        }
        found = self._look(sorted({*words, *whole.values()}))
        for word, articled in whole.items():
            told = {a.number for a in found[word]}
            more = (a for a in found[articled] if not a.word.exact and a.number not in told)
            found[word] = (*found[word], *more)
        return found

    def _look(self, words: Sequence[str]) -> dict[str, tuple[Anchor, ...]]:
        """Look for all forms in new words and keep what clitics and endings allow, in the order of their ends."""
        found: dict[str, tuple[Anchor, ...]] = dict.fromkeys(words, ())
        text = " ".join(words)
        row: dict[tuple[int, int, int], Anchor] = {}
        at, begin, behind = 0, 0, len(words[0])
        for pattern, start, end in self.automaton.find_matches_as_indexes(text, overlapping=True):
            while end > behind:
                found[words[at]] = tuple(row[k] for k in sorted(row))
                row, at, begin = {}, at + 1, behind + 1
                behind = begin + len(words[at])
            for anchor in self.anchors[pattern]:
                word = anchor.word
                if not word.tail_fits(text[end:behind], self.affixes):
                    continue
                if word.open_start:
                    row[end, start - begin + 1, anchor.number] = anchor
                elif word.head_fits(text[begin:start], end - start, self.affixes):
                    row[end, 0, anchor.number] = anchor
        found[words[at]] = tuple(row[k] for k in sorted(row))
        return found


class Tongues(Mapping[str, Tongue]):
    """The languages, each made when it is first asked for: who reads English need not wait for Turkish.

    Two threads that ask at once may both make it; one of the two is kept.
    """

    def __init__(self, codes: Iterable[str], make: Callable[[str], Tongue]) -> None:
        """Take the codes in the files' order, and what makes a language."""
        self._codes, self._make = tuple(codes), make
        self._made: dict[str, Tongue] = {}

    def __getitem__(self, code: str) -> Tongue:
        """The language, searchable; KeyError for one without a file."""
        if code in self._made:
            return self._made[code]
        if code not in self._codes:
            raise KeyError(code)
        collecting = gc.isenabled()
        gc.disable()  # nothing that is built here is garbage; searching for some takes a third of the time
        try:
            return self._made.setdefault(code, self._make(code))
        finally:
            if collecting:
                gc.freeze()  # it stays as long as the process: the collector need not look at it
                gc.enable()

    def __contains__(self, code: object) -> bool:
        """Whether there is such a language; makes none."""
        return code in self._codes

    def __iter__(self) -> Iterator[str]:
        """The codes."""
        return iter(self._codes)

    def __len__(self) -> int:
        """How many languages there are."""
        return len(self._codes)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All languages; `version` goes into every analysis."""

    concepts: Mapping[str, Concept]
    actors: Mapping[str, Actor]
    places: Mapping[str, Place]
    tongues: Mapping[str, Tongue]
    version: str

    @property
    def phrases(self) -> int:
        """How many phrases all languages have; makes every language."""
        return sum(tongue.phrases for tongue in self.tongues.values())


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
    known = {i: _concept(row) for i, row in concepts.items()}
    who = {i: _actor(row) for i, row in actors.items()}
    where = {i: _place(row) for i, row in places.items()}
    names = Spellings(actors, who, places, where, abroad)

    def make(code: str) -> Tongue:
        language = languages[code]
        senses = [
            *_concept_senses(language, known),
            *_country_senses(language),
            *names.of(code, language["script"]),
        ]
        return _tongue(code, language, senses)

    return Lexicon(known, who, where, Tongues(languages, make), version)


def _allowed(value: str, allowed: Iterable[str], where: str, what: str) -> str:
    """Check an id against a closed list."""
    if value and value not in allowed:
        raise ConfigError(
            f"unknown {what} {value!r}", where=where, remedy="use an id of worker/domain/vocabulary.py"
        )
    return value


def _concept(row: Mapping[str, Any]) -> Concept:
    """A checked concept."""
    where = f"concepts.yaml, {row['id']}"
    for term in row.get("terms") or ():
        _allowed(term, vocabulary.TERMS, where, "term")
    return Concept(
        id=row["id"],
        says=row["says"],
        group=row["group"],
        type=_allowed(row.get("type", ""), vocabulary.PARENT, where, "sub-event type"),
        rank=int(row.get("rank", 0)),
        weapon=_allowed(row.get("weapon", ""), vocabulary.WEAPONS, where, "weapon"),
        target=_allowed(row.get("target", ""), vocabulary.TARGETS, where, "target"),
        actor=_allowed(row.get("actor", ""), vocabulary.ACTORS, where, "actor"),
        terms=tuple(row.get("terms") or ()),
        yields=tuple(row.get("yields") or ()),
        trigger=bool(row.get("trigger", row["group"] == "act")),
        **{k: bool(row.get(k)) for k in ("generic", "soft", "quiet", "foils", "duty", "local", "people")},
    )


def _actor(row: Mapping[str, Any]) -> Actor:
    """A checked actor."""
    where = f"actors.yaml, {row['id']}"
    return Actor(
        id=row["id"],
        name=row["name"],
        coarse=_allowed(row.get("coarse") or "", vocabulary.ACTORS, where, "actor"),
        term=_allowed(row.get("term") or "", vocabulary.TERMS, where, "term"),
        target=_allowed(row.get("target") or "", vocabulary.TARGETS, where, "target"),
        side=str(row.get("side") or ""),
        kind=str(row.get("kind") or ""),
        parent=str(row.get("parent") or ""),
    )


def _place(row: Mapping[str, str]) -> Place:
    """A checked place."""
    where = f"places.tsv, {row['id']}"
    return Place(
        id=row["id"],
        name=row["name"],
        type=row.get("type", ""),
        governorate=_allowed(row.get("governorate", ""), vocabulary.GOVERNORATES, where, "governorate")
        or None,
        district=row.get("district", ""),
        lat=float(row["lat"]) if row.get("lat") else None,
        lon=float(row["lon"]) if row.get("lon") else None,
        precision=int(row["precision"]) if row.get("precision", "").isdigit() else 3,
    )


def _concept_senses(language: Mapping[str, Any], known: Mapping[str, Concept]) -> Iterable[Sense]:
    """The concepts' phrases."""
    for concept, entries in language["concepts"].items():
        for entry in entries:
            for phrase in compile_phrase(entry):
                yield Sense(phrase, known[concept], concept, known[concept].group)


def _country_senses(language: Mapping[str, Any]) -> Iterable[Sense]:
    """Names, demonyms and cities of Iraq and of the other countries."""
    for country, kinds in (language.get("countries") or {}).items():
        for kind in ("names", "people", "places"):
            for say in (kinds or {}).get(kind) or ():
                meaning = Country(str(country), kind)
                for phrase in compile_phrase({"say": say}):
                    yield Sense(phrase, meaning, f"country:{country}:{kind}", "geo")


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
                        yield replace(sense, phrase=replace(sense.phrase, ambiguous=True))
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
                    (key, Sense(phrase, meaning, f"actor:{actor_id}", "actor"))
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
                    (key, Sense(phrase, meaning, f"place:{place_id}", "geo"))
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
                    Sense(phrase, meaning, f"country:{meaning.code}:{kind}", "geo")
                    for phrase in compile_name(say)
                ]
        return found


def _doubtful(row: Mapping[str, str], code: str) -> frozenset[str]:
    """A place's names that count only with another sign of Iraq: in all languages, or in this (`tr:name`)."""
    given = [name.partition(":") for name in row["ambiguous"].split("|")]
    return frozenset(
        normal(alias if mark else lang) for lang, mark, alias in given if not mark or lang == code
    )


def _name_endings(language: Mapping[str, Any]) -> frozenset[str]:
    """What may be joined to a name: every ending where names inflect, else a Latin plural or genitive s."""
    if language.get("names_inflect"):
        return frozenset(normal(a) for a in language.get("after") or ())
    return frozenset({"s"}) if language["script"] == "latin" else frozenset()


def _tongue(code: str, language: Mapping[str, Any], senses: list[Sense]) -> Tongue:
    """The automaton of one language over the first words of its phrases."""
    affixes = Affixes(
        frozenset(normal(a) for a in language.get("before") or ()),
        frozenset(normal(a) for a in language.get("after") or ()),
        int(language.get("min_stem") or 3),
        _name_endings(language),
        tuple(
            (normal(article), normal(clitic))
            for article, clitics in (language.get("contracted") or {}).items()
            for clitic in clitics
        ),
        tuple(normal(n) + "=" * n.endswith("=") for n in language.get("negated") or ()),
    )
    tests = Tests(affixes)
    by_word: dict[Word, Anchor] = {}
    for sense in senses:
        first = sense.phrase.parts[0]
        if isinstance(first, Word):
            anchor = by_word.get(first)
            if anchor is None:
                anchor = by_word[first] = Anchor(first, len(by_word))
            anchor.add(sense, tests)
    table: defaultdict[str, list[Anchor]] = defaultdict(list)
    for word, anchor in by_word.items():
        for form in dict.fromkeys(word.forms):
            table[form].append(anchor)
    return Tongue(
        code=code,
        affixes=affixes,
        automaton=AhoCorasick(list(table)),
        anchors=tuple(map(tuple, table.values())),
        phrases=len(senses),
        tests=tests,
        data={k: language.get(k) or {} for k in ("numbers", "dates", "sentences")}
        | {
            k: language.get(k)
            for k in (
                "number_side",
                "bare_singular",
                "passive_agent",
                "script",
                "distance_side",
                "one_endings",
                "agent_side",
            )
        },
    )
