"""Reads and checks the data files and hands them on as plain values.

Words are data: what a phrase means, what a place or a faction is called. This module turns YAML and
TSV into mappings that the domain can build its lexicon from, lays an operator's overlay folder over
the shipped files, and says in one line which file and line a person must correct.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.yamlfile import CatalogueError, fault, read_yaml

DATA = Path(__file__).parent / "data"

GROUPS = ("weapon", "act", "target", "actor", "toll", "sign", "topic", "grammar")
CONCEPT_KEYS = frozenset(
    [
        "id",
        "says",
        "group",
        "type",
        "rank",
        "weapon",
        "target",
        "actor",
        "terms",
        "trigger",
        "generic",
        "soft",
        "quiet",
        "foils",
        "duty",
        "local",
        "people",
        "yields",
    ]
)
LANGUAGE_KEYS = frozenset(
    [
        "code",
        "name",
        "script",
        "before",
        "after",
        "agent_side",
        "nation_side",
        "speaker_side",
        "verb_final",
        "verb_bracket",
        "min_stem",
        "compounds",
        "number_side",
        "one_endings",
        "at_home",
        "bare_singular",
        "contracted",
        "distance_side",
        "in_clitics",
        "journeys",
        "place_endings",
        "names_inflect",
        "joined_names",
        "romanised",
        "negated",
        "concepts",
        "countries",
        "numbers",
        "dates",
        "sentences",
        "remove",
    ]
)
PHRASE_KEYS = frozenset(["say", "need", "unless", "near", "number", "value", "void"])
ACTOR_KEYS = frozenset(
    [
        "id",
        "name",
        "parent",
        "side",
        "interaction",
        "coarse",
        "term",
        "target",
        "kind",
        "ambiguous",
        "aliases",
        "source",
    ]
)
PLACE_COLUMNS = (
    "id",
    "name",
    "type",
    "governorate",
    "district",
    "lat",
    "lon",
    "precision",
    "source",
    "ar",
    "ckb",
    "fa",
    "tr",
    "fr",
    "es",
    "de",
    "en",
    "ambiguous",
)


ABROAD_COLUMNS = ("country", "kind", "en", "ar", "ckb", "fa", "tr", "fr", "de", "es", "latin", "arabic")


@dataclass(frozen=True, slots=True)
class LexiconData:
    """All that the files say, checked for form; plain mappings, in the files' order."""

    concepts: Mapping[str, Mapping[str, Any]]
    languages: Mapping[str, Mapping[str, Any]]
    actors: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, Mapping[str, str]]
    abroad: Sequence[Mapping[str, str]]
    """Countries and towns outside Iraq, a row each: what is set there is not Iraq's."""
    model: Mapping[str, Any]
    version: str
    """Changes whenever any of the files does; analyses carry it."""


def load_lexicon(overlay: Path | None = None, *, data: Path = DATA) -> LexiconData:
    """Read the shipped files with the overlay's laid over them; `CatalogueError` names the bad line."""
    folders = _folders(overlay, data)
    concepts: dict[str, Mapping[str, Any]] = {}
    actors: dict[str, Mapping[str, Any]] = {}
    places: dict[str, Mapping[str, str]] = {}
    abroad: list[Mapping[str, str]] = []
    languages: dict[str, Mapping[str, Any]] = {}
    for folder in folders:
        concepts.update(_keyed(folder / "concepts.yaml", _check_concept))
        actors.update(_keyed(folder / "actors.yaml", _check_actor))
        places.update(_read_places(folder / "places.tsv"))
        abroad += _read_abroad(folder / "abroad.tsv")
        for path in sorted((folder / "languages").glob("*.yaml")):
            language = _read_language(path, concepts, complete=folder is data)
            code = language["code"]
            languages[code] = _merge(languages[code], language) if code in languages else language
    return LexiconData(
        concepts,
        languages,
        actors,
        places,
        abroad,
        load_model(overlay, data=data),
        lexicon_version(overlay, data=data),
    )


def load_model(overlay: Path | None = None, *, data: Path = DATA) -> Mapping[str, Any]:
    """The weights of the models: of each file the overlay's where it has one, else those that ship.

    `relevant` and `incident` are of `relevance_model.json`, `odds` is all that `odds_model.json` holds.
    """
    folders = _folders(overlay, data)
    weights, odds = (
        next(filter(None, (_read_model(folder / name) for folder in reversed(folders))), {})
        for name in ("relevance_model.json", "odds_model.json")
    )
    return {**weights, "odds": odds}


def lexicon_version(overlay: Path | None = None, *, data: Path = DATA) -> str:
    """What changes with any of the files, 12 hex digits; reads all of them, understands none."""
    digest = hashlib.sha256()
    for folder in _folders(overlay, data):
        for path in _files(folder):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def shipped_model() -> Mapping[str, Any]:
    """The weights of the relevance model that ship, whatever the overlay holds."""
    return _read_model(DATA / "relevance_model.json")


def _folders(overlay: Path | None, data: Path) -> list[Path]:
    """The shipped files' folder, and the overlay's where there is one."""
    return [data, *([overlay] if overlay and overlay.is_dir() else [])]


def _files(folder: Path) -> list[Path]:
    """The files that make up a lexicon, in a fixed order."""
    names = (
        "concepts.yaml",
        "actors.yaml",
        "places.tsv",
        "abroad.tsv",
        "relevance_model.json",
        "odds_model.json",
    )
    return [p for p in (folder / n for n in names) if p.is_file()] + sorted(
        (folder / "languages").glob("*.yaml")
    )


def _keyed(path: Path, check: Callable[[Path, int, Mapping[str, Any]], None]) -> dict[str, Mapping[str, Any]]:
    """Read a list of mappings with an `id` each; a file that is not there is empty."""
    if not path.is_file():
        return {}
    rows = read_yaml(path) or []
    if not isinstance(rows, list):
        raise fault(path, (), "must be a list of mappings", "begin each entry with '- {id: …'")
    found: dict[str, Mapping[str, Any]] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict) or not isinstance(row.get("id"), str):
            raise fault(path, (index,), "an entry without id", "write '- {id: name, …}'")
        if row["id"] in found:
            raise fault(path, (index,), f"{row['id']!r} is there twice", "keep one of the two")
        check(path, index, row)
        found[row["id"]] = row
    return found


def _known(path: Path, at: Sequence[Any], row: Mapping[str, Any], keys: Iterable[str]) -> None:
    """Refuse keys that nobody reads: most are misspellings."""
    for key in row:
        if key not in keys:
            raise fault(path, (*at, key), f"unknown key {key!r}", "see docs/languages.md for the keys")


def _check_concept(path: Path, index: int, row: Mapping[str, Any]) -> None:
    """One concept: known keys, a group, a meaning."""
    _known(path, (index,), row, CONCEPT_KEYS)
    if row.get("group") not in GROUPS:
        raise fault(path, (index,), f"{row['id']!r} has no known group", f"use one of {', '.join(GROUPS)}")
    if not isinstance(row.get("says"), str):
        raise fault(path, (index,), f"{row['id']!r} has no 'says'", "give its meaning in English")


def _check_actor(path: Path, index: int, row: Mapping[str, Any]) -> None:
    """One actor: known keys, a name, aliases by language."""
    _known(path, (index,), row, ACTOR_KEYS)
    aliases = row.get("aliases") or {}
    if not isinstance(row.get("name"), str) or not isinstance(aliases, dict):
        raise fault(path, (index,), f"{row['id']!r} needs name and aliases", "aliases: {en: [..], ar: [..]}")
    for code, names in aliases.items():
        if not isinstance(names, list) or not all(isinstance(n, str) for n in names):
            raise fault(
                path, (index, "aliases", code), f"aliases of {row['id']!r} in {code}", "write a list of texts"
            )


def _read_language(path: Path, concepts: Mapping[str, Any], *, complete: bool) -> Mapping[str, Any]:
    """One language file, its phrases made uniform: every phrase a mapping with `say`."""
    raw = read_yaml(path)
    if not isinstance(raw, dict) or raw.get("code") != path.stem:
        raise fault(path, ("code",), f"code must be {path.stem!r}", "name the file after the code")
    _known(path, (), raw, LANGUAGE_KEYS)
    if complete:
        for key in ("name", "script", "concepts", "numbers", "dates"):
            if key not in raw:
                raise fault(path, (), f"{key!r} is missing", "see docs/languages.md")
    for section in ("concepts", "remove"):
        for concept, phrases in (raw.get(section) or {}).items():
            if concept not in concepts:
                raise fault(
                    path, (section, concept), f"unknown concept {concept!r}", "see concepts.yaml for the ids"
                )
            for index, phrase in enumerate(phrases or []):
                _check_phrase(path, (section, concept, index), phrase, concepts)
    uniform = {
        concept: tuple(p if isinstance(p, dict) else {"say": p} for p in phrases or [])
        for concept, phrases in (raw.get("concepts") or {}).items()
    }
    return {**raw, "concepts": uniform}


def _check_phrase(path: Path, at: Sequence[Any], phrase: Any, concepts: Mapping[str, Any]) -> None:
    """A text, or a mapping with `say` and known conditions."""
    if isinstance(phrase, str) and phrase.strip():
        return
    if not isinstance(phrase, dict) or not isinstance(phrase.get("say"), str):
        raise fault(
            path,
            at,
            f"{phrase!r} is no phrase",
            'put it in quotes: "no", "12", "yes" are read as other types',
        )
    _known(path, at, phrase, PHRASE_KEYS)
    for key in ("need", "unless"):
        for concept in phrase.get(key) or ():
            if concept not in concepts:
                raise fault(path, (*at, key), f"unknown concept {concept!r}", "see concepts.yaml for the ids")
    if phrase.get("number", "both") not in ("before", "after", "both"):
        raise fault(path, (*at, "number"), f"number: {phrase['number']!r}", "use before, after or both")


def _merge(shipped: Mapping[str, Any], extra: Mapping[str, Any]) -> Mapping[str, Any]:
    """Lay an overlay's language over the shipped one: phrases are added, `remove` takes out."""
    concepts = dict(shipped["concepts"])
    for concept, phrases in (extra.get("remove") or {}).items():
        gone = {p if isinstance(p, str) else p["say"] for p in phrases}
        concepts[concept] = tuple(p for p in concepts.get(concept, ()) if p["say"] not in gone)
    for concept, phrases in extra["concepts"].items():
        concepts[concept] = (*concepts.get(concept, ()), *phrases)
    merged = {**shipped, "concepts": concepts}
    for section in ("countries", "numbers", "dates"):
        merged[section] = {**(shipped.get(section) or {}), **(extra.get(section) or {})}
    return merged


def _read_places(path: Path) -> dict[str, Mapping[str, str]]:
    """The gazetteer, by id."""
    places: dict[str, Mapping[str, str]] = {}
    for where, row in _table(path, PLACE_COLUMNS):
        _check_place(where, row)
        if row["id"] in places:
            raise CatalogueError(f"{row['id']!r} is there twice", where=where, remedy="keep one of the two")
        places[row["id"]] = row
    return places


def _read_abroad(path: Path) -> list[Mapping[str, str]]:
    """Countries and towns outside Iraq."""
    rows: list[Mapping[str, str]] = []
    for where, row in _table(path, ABROAD_COLUMNS):
        if not row["country"].isupper() or row["country"] == "IQ":
            raise CatalogueError(
                f"no country abroad: {row['country']!r}",
                where=where,
                remedy="two capitals of ISO 3166, not IQ",
            )
        if row["kind"] not in ("country", "town"):
            raise CatalogueError(f"unknown kind {row['kind']!r}", where=where, remedy="country or town")
        rows.append(row)
    return rows


def _table(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """Place and values of each row: tab-separated, a head line, `#` lines are remarks; no file, no rows."""
    if not path.is_file():
        return
    lines = path.read_text(encoding="utf-8").splitlines()
    head: list[str] = []
    for number, cells in enumerate(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
        where = f"{path.name}:{number}"
        if not cells or cells[0].startswith("#"):
            continue
        if not head:
            head = cells
            if missing := [c for c in columns if c not in head]:
                raise CatalogueError(f"no column {missing[0]!r}", where=where, remedy="see docs/languages.md")
            continue
        if len(cells) > len(head):
            raise CatalogueError(
                "too many columns", where=where, remedy="one tab between columns, none inside"
            )
        yield where, dict(zip(head, [*cells, *[""] * (len(head) - len(cells))], strict=True))


def _check_place(where: str, row: Mapping[str, str]) -> None:
    """A row needs id and name; a point needs both halves and must lie in or around Iraq."""
    if not row["id"] or not row["name"]:
        raise CatalogueError("a place without id or name", where=where, remedy="fill both columns")
    if not row["lat"] and not row["lon"]:
        return
    try:
        inside = 28.5 <= float(row["lat"]) <= 38.0 and 38.0 <= float(row["lon"]) <= 49.5
    except ValueError:
        inside = False
    if not inside:
        point = f"{row['lat']}, {row['lon']}"
        raise CatalogueError(
            f"{row['id']!r}: no point in Iraq: {point}", where=where, remedy="lat lon in degrees"
        )


def _read_model(path: Path) -> Mapping[str, Any]:
    """The weights that a file holds; empty where there is no file."""
    if not path.is_file():
        return {}
    try:
        loaded = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise CatalogueError(
            f"is no JSON: {error}", where=path.name, remedy="make it again with marsad train"
        ) from error
    if not isinstance(loaded, dict):
        raise CatalogueError("must be an object", where=path.name, remedy="make it again with marsad train")
    return loaded
