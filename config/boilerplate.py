"""Reads and checks `data/boilerplate.yaml`: the phrases around a text that are none of it.

Hands them on as plain tuples by list name, all languages together, the way
`worker.domain.text.boilerplate.Boilerplate` takes them. An operator's overlay adds to the shipped lists.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from config.catalogue import DATA, fault, read_yaml

FILE = "boilerplate.yaml"
_COMMON = ("hidden", "agencies")
_BY_LANGUAGE = ("more", "lines", "tails", "share", "credits")
_KEYS = (*_COMMON, "services", "languages")


def load_boilerplate(overlay: Path | None = None, *, data: Path = DATA) -> dict[str, tuple[str, ...]]:
    """The lists by name: hidden, more, lines, tails, share, credits, agencies; no phrase twice."""
    lists: dict[str, dict[str, None]] = {name: {} for name in (*_COMMON, *_BY_LANGUAGE)}
    for folder in (data, overlay):
        path = folder / FILE if folder else None
        if path is not None and path.is_file():
            for name, phrases in _read(path):
                lists[name].update(dict.fromkeys(phrases))
    return {name: tuple(phrases) for name, phrases in lists.items()}


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
