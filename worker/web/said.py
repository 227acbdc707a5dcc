"""A watch's settings in plain words, one part a setting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from worker.domain.desk.shapes import drawn_in

_NOUNS = {"confidence": "confidence at least", "corroboration": "corroboration", "context": "context stories go to",
          "fresh": "fresh is", "reminder": "reminds after", "owner": "owner", "timezone": "time zone"}  # fmt: skip


def settings(definition: Mapping[str, Any]) -> list[str]:
    """What a watch is set to, besides its query."""
    return [part for part in _parts(definition) if part]


def _parts(given: Mapping[str, Any]) -> Iterator[str]:
    yield f"from {given['severity']} up" if given.get("severity", "low") != "low" else ""
    yield from _area(given.get("area") or {})
    yield _listed("languages", given.get("languages"))
    sources = given.get("sources") or {}
    yield _listed("only from", sources.get("only"))
    yield _listed("not from", sources.get("not"))
    yield _channels(given.get("channels"))
    quiet = given.get("quiet") or {}
    if quiet:
        yield f"{quiet.get('from')}–{quiet.get('to')} quiet, but from {quiet.get('but', 'critical')}"
    yield f"at most {given['throttle']} alerts an hour" if given.get("throttle") else ""
    for every, at in (given.get("digest") or {}).items():
        yield f"digest {every} {at}"
    for key, noun in _NOUNS.items():
        yield f"{noun} {given[key]}" if given.get(key) else ""


def _area(area: Mapping[str, Any]) -> Iterator[str]:
    yield _listed("in", area.get("governorates"))
    for one in drawn_in(area):
        points = one.points.split("\n")
        if one.kind == "circle":
            yield f"{one.km} km round {points[0]}"
        elif one.kind == "corridor":
            yield f"along {one.name or ' – '.join((points[0], points[-1]))}, {one.km} km wide"
        else:
            yield f"inside the outline {one.name or f'of {len(points)} points'}"
    yield "also without a known place" if area.get("without_place") else ""


def _channels(given: Any) -> str:
    if not given:
        return ""
    if isinstance(given, list):
        return _listed("to", given)
    parts = []
    for name, wish in given.items():
        level = wish.get("severity", "low") if isinstance(wish, Mapping) else wish
        parts.append(name if level == "low" else f"{name} from {level}")
    return _listed("to", parts)


def _listed(word: str, given: Any) -> str:
    names = [given] if isinstance(given, str) else list(given or ())
    return f"{word} {', '.join(str(name) for name in names)}" if names else ""
