"""Reads and checks `data/boilerplate.yaml`: the phrases around a text, and those of walls before it.

Hands them on as plain tuples by list name, all languages together, the way
`worker.domain.text.boilerplate.Boilerplate` takes them. An operator's overlay adds to the shipped lists.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from config.catalogue import DATA
from config.yamlfile import fault, read_yaml

FILE = "boilerplate.yaml"
_COMMON = ("hidden", "agencies")
_BY_LANGUAGE = ("more", "lines", "tails", "share", "credits")
_WALLS = ("consent", "paywall", "javascript", "challenge")
_KEYS = (*_COMMON, "services", "languages", "walls")


def load_boilerplate(overlay: Path | None = None, *, data: Path = DATA) -> dict[str, tuple[str, ...]]:
    """The lists by name: hidden, more, lines, tails, share, credits, agencies; no phrase twice."""
    return _collect((*_COMMON, *_BY_LANGUAGE), _read, overlay, data)


def load_walls(overlay: Path | None = None, *, data: Path = DATA) -> dict[str, tuple[str, ...]]:
    """The lists by name, as `worker.domain.text.walls.Walls` takes them."""
    return _collect(_WALLS, _read_walls, overlay, data)


def _collect(
    names: Sequence[str],
    read: Callable[[Path], list[tuple[str, Sequence[str]]]],
    overlay: Path | None,
    data: Path,
) -> dict[str, tuple[str, ...]]:
    """Add up the lists of the shipped file and of the overlay's."""
    lists: dict[str, dict[str, None]] = {name: {} for name in names}
    for folder in (data, overlay):
        path = folder / FILE if folder else None
        if path is not None and path.is_file():
            for name, phrases in read(path):
                lists[name].update(dict.fromkeys(phrases))
    return {name: tuple(phrases) for name, phrases in lists.items()}


def _read_walls(path: Path) -> list[tuple[str, Sequence[str]]]:
    """One file's wall phrases."""
    raw = _mapping(path, (), read_yaml(path) or {}, _KEYS)
    walls = _mapping(path, ("walls",), raw.get("walls") or {}, _WALLS)
    return [(kind, _phrases(path, ("walls", kind), phrases)) for kind, phrases in walls.items()]


def _read(path: Path) -> list[tuple[str, Sequence[str]]]:
    """One file's lists in the file's order."""
    raw = _mapping(path, (), read_yaml(path) or {}, _KEYS)
    found = [(name, _phrases(path, (name,), raw.get(name))) for name in _COMMON]
    found.append(("share", _phrases(path, ("services",), raw.get("services"))))
    languages = raw.get("languages") or {}
    for code, lists in _mapping(path, ("languages",), languages, tuple(languages)).items():
        at = ("languages", code)
        for name, phrases in _mapping(path, at, lists or {}, _BY_LANGUAGE).items():
            found.append((name, _phrases(path, (*at, name), phrases)))
    return found


def _mapping(path: Path, at: Sequence[Any], value: Any, keys: Sequence[str]) -> dict[str, Any]:
    """A mapping with none but these keys."""
    if not isinstance(value, dict):
        raise fault(path, at, f"{value!r} is no mapping", "write 'name:' and its lists below it")
    for key in value:
        if key not in keys:
            raise fault(path, (*at, key), f"unknown key {key!r}", f"use one of {', '.join(keys)}")
    return value


def _phrases(path: Path, at: Sequence[Any], value: Any) -> Sequence[str]:
    """A list of texts that are not empty."""
    for index, phrase in enumerate(value or ()):
        if not isinstance(phrase, str) or not phrase.strip(" *"):
            raise fault(path, (*at, index), f"{phrase!r} is no phrase", "put it in quotes")
    return value or ()
