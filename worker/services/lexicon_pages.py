"""The lexicon as pages for readers: what each concept means and how every language says it, parties, places.

Made from the data files when the documentation is built, so they cannot fall behind; markdown with the
phrases as escaped HTML, since phrases hold what markdown would read as marks, and run in two directions.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from worker.services.lexicon import LexiconFiles

FOLDER = "lexicon"
GROUPS = {
    "weapon": "Weapons",
    "act": "Acts",
    "target": "Targets",
    "actor": "Kinds of parties",
    "toll": "Tolls",
    "sign": "Signs",
    "topic": "Topics",
    "grammar": "Grammar",
}
"""Group of concepts to its page's title."""

_GROUP_MEANS = {
    "weapon": "Things. With an act beside them they decide the type of an event.",
    "act": "What is done. An act begins an event and proposes its type.",
    "target": "Whom or what a deed can hit.",
    "actor": "Parties without a name of their own. Named ones have [a page](parties.md).",
    "toll": "How many were killed, hurt, or not.",
    "sign": "Words that speak for or against a fresh event: an anniversary, a trial, a warning, a denial.",
    "topic": "What else a text can be about. Topics speak against an incident.",
    "grammar": "Words that tell how a sentence hangs together.",
}
_PRECISION = {"1": "the place itself", "2": "its district or near it", "3": "its governorate"}
_MARKS = {ord(c): f"&#{ord(c)};" for c in "*_|`[]\\{}#~^="}


def pages(files: LexiconFiles) -> dict[str, str]:
    """Make all pages: path below the documentation's folder to markdown."""
    groups = {group: [c for c in files.concepts.values() if c["group"] == group] for group in GROUPS}
    regions: dict[str, list[Mapping[str, str]]] = {}
    for place in files.places.values():
        regions.setdefault(place["governorate"], []).append(place)
    made = {"parties": _parties(files)}
    made |= {
        _slug(title): _concepts(files, title, groups[group], _GROUP_MEANS[group])
        for group, title in GROUPS.items()
    }
    made |= {f"places-{_slug(name)}": _places(files, name, rows) for name, rows in regions.items()}
    made["index"] = _index(files, groups, regions)
    return {f"{FOLDER}/{name}.md": text for name, text in made.items()}


def _index(
    files: LexiconFiles,
    groups: Mapping[str, Sequence[Mapping[str, Any]]],
    regions: Mapping[str, Sequence[Mapping[str, str]]],
) -> str:
    """The first page: what there is, and how many phrases each language has."""
    codes = list(files.languages)
    lines = [
        "# The lexicon",
        "",
        (
            "Every word that Marsad knows, as it stands in the data files. [Languages](../languages.md) tells how "
            "to correct one, and what the signs in a phrase mean."
        ),
        "",
        f"| phrases | {' | '.join(codes)} |",
        f"| --- | {' | '.join('---:' for _ in codes)} |",
    ]
    for group, title in GROUPS.items():
        counts = [
            sum(len(files.languages[c]["concepts"].get(k["id"], ())) for k in groups[group]) for c in codes
        ]
        lines.append(
            f"| [{title}]({_slug(title)}.md) ({len(groups[group])}) | {' | '.join(f'{n:,}' for n in counts)} |"
        )
    named = [sum(len(a.get("aliases", {}).get(c, ())) for a in files.actors.values()) for c in codes]
    lines.append(f"| [Parties](parties.md) ({len(files.actors)}) | {' | '.join(f'{n:,}' for n in named)} |")
    named = [sum(len(_names(p, c)) for p in files.places.values()) for c in codes]
    lines.append(f"| Places ({len(files.places):,}) | {' | '.join(f'{n:,}' for n in named)} |")
    lines += ["", "Places by governorate:", ""]
    lines += [
        f"- [{_region(name)}](places-{_slug(name)}.md): {len(rows)}" for name, rows in sorted(regions.items())
    ]
    return "\n".join(lines) + "\n"


def _concepts(files: LexiconFiles, title: str, concepts: Iterable[Mapping[str, Any]], means: str) -> str:
    """One group's page, a section a concept."""
    lines = [f"# {title}", "", means, ""]
    for concept in concepts:
        lines += [f"## {concept['id']} {{#{concept['id']}}}", "", _meaning(concept), ""]
        rows = [
            (language["name"], language["concepts"][concept["id"]])
            for language in files.languages.values()
            if language["concepts"].get(concept["id"])
        ]
        if rows:
            lines += ["| language | words |", "| --- | --- |"]
            lines += [f"| {_text(name)} | {', '.join(map(_phrase, entries))} |" for name, entries in rows]
            lines.append("")
    return "\n".join(lines)


def _meaning(concept: Mapping[str, Any]) -> str:
    """What a concept says and does, in a sentence or three."""
    said = [f"“{_text(str(concept['says']))}”."]
    if concept.get("type"):
        said.append(f"Proposes the type {_text(concept['type'])} (rank {concept.get('rank', 0)}).")
    if concept.get("trigger") is False:
        said.append("Begins no event by itself.")
    said += [
        f"{word.capitalize()}: {_text(str(concept[word]))}."
        for word in ("weapon", "target", "actor")
        if concept.get(word)
    ]
    if concept.get("terms"):
        said.append(f"Watch terms: {_text(', '.join(concept['terms']))}.")
    if concept.get("yields"):
        said.append(f"Does not count beside {_text(', '.join(concept['yields']))}.")
    return " ".join(said)


def _phrase(entry: Mapping[str, Any]) -> str:
    """A phrase with its conditions."""
    said = _words(str(entry["say"]))
    conditions = [
        f"{before}{_text(', '.join(map(str, entry[key])))}"
        for key, before in (("need", "beside "), ("unless", "not with "))
        if entry.get(key)
    ]
    if entry.get("value") is not None:
        conditions.append(f"is {entry['value']}")
    if entry.get("void"):
        conditions.append("says nothing")
    return f"{said} ({'; '.join(conditions)})" if conditions else said


def _parties(files: LexiconFiles) -> str:
    """Named parties, a section each."""
    lines = ["# Parties", "", "Forces, factions, brigades and fronts by name.", ""]
    for party in files.actors.values():
        facts = [
            f"{label}: {_text(str(party[key]))}."
            for key, label in (
                ("side", "Side"),
                ("interaction", "ACLED's interaction code"),
                ("term", "Watch term"),
            )
            if party.get(key) is not None
        ]
        if party.get("parent"):
            facts.insert(
                0, f"Part of [{_text(str(files.actors[party['parent']]['name']))}](#{party['parent']})."
            )
        lines += [f"## {_text(str(party['name']))} {{#{party['id']}}}", "", " ".join(facts), ""]
        rows = [(c, party.get("aliases", {}).get(c)) for c in files.languages]
        lines += ["| language | names |", "| --- | --- |"]
        lines += [
            f"| {_text(str(files.languages[code]['name']))} | {', '.join(map(_words, names))} |"
            for code, names in rows
            if names
        ]
        lines.append("")
    return "\n".join(lines)


def _places(files: LexiconFiles, name: str, places: Iterable[Mapping[str, str]]) -> str:
    """One governorate's places, a row each."""
    lines = [
        f"# Places: {_region(name)}",
        "",
        "The point is the place's own unless the row says otherwise; none is invented.",
        "",
        "| place | kind, district | point | source | names |",
        "| --- | --- | --- | --- | --- |",
    ]
    for place in places:
        near = "" if place["precision"] == "1" else f" ({_PRECISION[place['precision']]})"
        point = (
            f"[{float(place['lat']):.3f}, {float(place['lon']):.3f}]({_map(place)}){near}"
            if place["lat"]
            else ""
        )
        kind = ", ".join(filter(None, (place["type"].replace("_", " "), place["district"])))
        names = "; ".join(
            f"{code}: {', '.join(map(_words, found))}"
            for code in files.languages
            if (found := _names(place, code))
        )
        lines.append(
            f'| <span id="{place["id"]}">{_text(place["name"])}</span> | {_text(kind)} | {point} '
            f"| {_text(place['source'])} | {names} |"
        )
    return "\n".join(lines) + "\n"


def _names(place: Mapping[str, str], code: str) -> list[str]:
    return [name for name in place.get(code, "").split("|") if name]


def _map(place: Mapping[str, str]) -> str:
    return f"https://www.openstreetmap.org/?mlat={place['lat']}&mlon={place['lon']}#map=11/{place['lat']}/{place['lon']}"


def _region(name: str) -> str:
    return name or "across governorates"


def _slug(title: str) -> str:
    return "-".join(_region(title).lower().split())


def _text(text: str) -> str:
    """Text that neither markdown nor HTML reads as a mark."""
    return html.escape(text, quote=False).translate(_MARKS)


def _words(text: str) -> str:
    """A phrase, kept apart from the direction of what stands around it."""
    return f"<bdi>{_text(text)}</bdi>"
