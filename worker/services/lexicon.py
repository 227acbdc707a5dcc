"""Tools for the people who keep the lexicon: what is wrong in the files, what a text matches, what is missed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from rich.text import Text

from worker.domain.model import Document
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.matcher import read
from worker.domain.understanding.words.phrases import NUMBER, Affixes, Phrase, Word, compile_phrase, normal


class LexiconFiles(Protocol):
    """What the data files say (`config.catalogue.LexiconData`)."""

    @property
    def concepts(self) -> Mapping[str, Mapping[str, Any]]: ...  # noqa: D102
    @property
    def languages(self) -> Mapping[str, Mapping[str, Any]]: ...  # noqa: D102
    @property
    def actors(self) -> Mapping[str, Mapping[str, Any]]: ...  # noqa: D102
    @property
    def places(self) -> Mapping[str, Mapping[str, str]]: ...  # noqa: D102


OPTIONAL_GROUPS = frozenset({"topic", "grammar"})
"""Concepts of these groups may be missing in a language without harm."""
COLOURS = {"act": "bold red", "weapon": "red", "target": "yellow", "toll": "magenta", "sign": "cyan"}


def findings(files: LexiconFiles, lang: str = "") -> list[str]:
    """Errors, warnings and gaps, one plain line each; empty where all is well."""
    found: list[str] = []
    for code, language in files.languages.items():
        if lang and code != lang:
            continue
        found += _of_language(code, language, files.concepts)
    if not lang:
        found += _of_places(files.places)
    return found


def _fault(say: str, phrases: Sequence[Phrase]) -> str:
    """What keeps a phrase from meaning what it says; empty where nothing does."""
    if not phrases:
        return "holds no word and can never match"
    return "must not begin with a number; leave it out" if say.lstrip().startswith(NUMBER) else ""


def _of_language(
    code: str, language: Mapping[str, Any], concepts: Mapping[str, Mapping[str, Any]]
) -> Iterator[str]:
    """One language file's findings."""
    name = f"{code}.yaml"
    affixes = Affixes(
        frozenset(normal(a) for a in language.get("before") or ()),
        frozenset(normal(a) for a in language.get("after") or ()),
    )
    owners: defaultdict[tuple[object, ...], list[str]] = defaultdict(list)
    stems: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for concept, entries in language["concepts"].items():
        for entry in entries:
            phrases = compile_phrase(entry)
            if fault := _fault(str(entry["say"]), phrases):
                yield f"error: {name}: {concept}: {entry['say']!r} {fault}"
            for phrase in phrases:
                owners[phrase.parts].append(concept)
                word = _single(phrase)
                if word:
                    stems[concept][word] = phrase.say
    for parts, owned in owners.items():
        twice = [c for c, n in Counter(owned).items() if n > 1]
        groups = Counter(concepts[c]["group"] for c in set(owned))
        said = _say(parts)
        if twice:
            yield f"warning: {name}: {twice[0]}: {said!r} is there twice"
        for group, count in groups.items():
            if count > 1 and group in ("weapon", "target", "toll"):
                rivals = sorted(c for c in set(owned) if concepts[c]["group"] == group)
                yield f"warning: {name}: {said!r} stands for {' and '.join(rivals)}"
    for concept, words in stems.items():
        yield from _unreachable(name, concept, words, affixes)
    for concept, row in concepts.items():
        if row["group"] not in OPTIONAL_GROUPS and not language["concepts"].get(concept):
            yield f"gap: {name}: no words for {concept} ({row['says']})"


def _single(phrase: Phrase) -> str:
    """The one inflected word that a phrase consists of, empty for others."""
    first = phrase.parts[0]
    plain = len(phrase.parts) == 1 and isinstance(first, Word) and not (first.exact or first.capitals)
    return first.forms[0] if plain and isinstance(first, Word) else ""


def _unreachable(name: str, concept: str, words: Mapping[str, str], affixes: Affixes) -> Iterator[str]:
    """Words that another word of the concept with an ending says already."""
    for word, say in words.items():
        for ending in affixes.after:
            stem = word[: -len(ending)] if ending and word.endswith(ending) else ""
            if len(stem) >= affixes.min_stem and stem in words:
                yield f"note: {name}: {concept}: {say!r} is {words[stem]!r} with an ending; it can go"
                break


def _say(parts: Sequence[object]) -> str:
    """The parts of a phrase as text."""
    return " ".join("|".join(p.forms) if isinstance(p, Word) else ".." for p in parts)


def _of_places(places: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    """The same name for two places of different governorates, unless it is marked ambiguous."""
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for place_id, row in places.items():
        unsure = {normal(n.rpartition(":")[2].lstrip("!")) for n in row.get("ambiguous", "").split("|")}
        for column in ("ar", "ckb", "fa", "tr", "fr", "es", "de", "en"):
            for alias in row.get(column, "").split("|"):
                if alias.strip() and normal(alias) not in unsure:
                    owners[normal(alias)].add(place_id)
    for alias, owned in owners.items():
        where = {places[i].get("governorate") for i in owned}
        if len(where) > 1:
            yield f"warning: places.tsv: {alias!r} names {', '.join(sorted(owned))} in different governorates"


def coloured(analysis: Mapping[str, Any]) -> Text:
    """The text with its matches in colour, each followed by its concept."""
    text = str(analysis["text"])
    shown = Text()
    at = 0
    for match in sorted(analysis["matches"], key=lambda m: (m["start"], -m["end"])):
        if match["start"] < at:
            continue
        shown.append(text[at : match["start"]])
        shown.append(text[match["start"] : match["end"]], style="bold green")
        shown.append(f"[{match['concept']}]", style="dim")
        at = match["end"]
    shown.append(text[at:])
    return shown


def unmatched(
    lexicon: Lexicon, documents: Iterable[Document], lang: str = ""
) -> list[tuple[int, str, str, str]]:
    """Frequent unknown words next to known deeds, weapons and tolls: (count, language, word, example)."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for document in documents:
        if document.language not in lexicon.tongues or (lang and document.language != lang):
            continue
        reading = read(document.text, lexicon.tongues[document.language])
        known = {i for h in reading.hits for i in range(h.first, h.last)}
        near = {
            i
            for h in reading.hits
            if h.group in ("act", "weapon", "toll")
            for i in range(h.first - 3, h.last + 3)
        }
        for index in near - known:
            if not 0 <= index < len(reading.starts):
                continue
            word = reading.word(index)
            if len(word) < 4 or word.isdigit():
                continue
            key = (document.language, word)
            counts[key] += 1
            if key not in examples:
                low, high = max(index - 4, 0), min(index + 5, len(reading.starts))
                start, end = reading.span(reading.starts[low], reading.ends[high - 1])
                examples[key] = " ".join(reading.folded.source[start:end].split())
    return [(count, *key, examples[key]) for key, count in counts.most_common()]
