"""Reads and checks feeds.yaml: the list of feeds, as plain mappings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.catalogue import DATA
from config.yamlfile import CatalogueError, fault, read_yaml

FEEDS = DATA / "feeds.yaml"

_KINDS: Mapping[str, type] = {
    "name": str,
    "url": str,
    "homepage": str,
    "language": str,
    "country": str,
    "scope": str,
    "reliability": str,
    "reason": str,
    "documented": str,
    "folder": str,
    "enabled": bool,
    "urgent": bool,
    "interval_s": int,
    "fetch_articles": bool,
    "options": dict,
}
SCOPES = ("iraq", "region", "world", "humanitarian", "military")
OPTIONS = (
    "user_agent", "headers", "basic_auth", "bearer", "proxy", "allow_self_signed", "ignore_validators",
    "timeout_s",
)  # fmt: skip


def read_feeds(path: Path | None = None) -> list[Mapping[str, Any]]:
    """Read the feeds of a file, the shipped one by default.

    Each mapping has at least `name` and `url`. Raises `CatalogueError` naming file, line, value and
    remedy for the first thing that is wrong, so that a service keeps the list it has.
    """
    source = path or FEEDS
    if not source.is_file():
        raise CatalogueError(
            "there is no such file", where=str(source), remedy="set MARSAD_FEEDS_FILE to one that is"
        )
    document = read_yaml(source)
    rows = document.get("feeds") if isinstance(document, dict) else None
    if not isinstance(rows, list):
        raise fault(
            source, (), "has no list `feeds:`", "write `feeds:` and below it `- name: …` and `url: …`"
        )
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        _check(source, number, row)
        first = seen.setdefault(row["url"], number)
        if first != number:
            raise fault(
                source,
                ("feeds", number, "url"),
                f"{row['url']!r} is listed twice",
                f"delete this one or that of {rows[first]['name']!r}",
            )
    return rows


def _check(path: Path, number: int, row: Any) -> None:
    at: Sequence[Any] = ("feeds", number)
    if not isinstance(row, dict):
        raise fault(path, at, f"{row!r} is no feed", "write `name:` and `url:`")
    for name, value in row.items():
        _check_kind(path, (*at, name), name, value)
    for name in ("name", "url"):
        if not row.get(name):
            raise fault(path, at, f"a feed without {name}", f"add `{name}:`")
    _check_url(path, (*at, "url"), row["url"])
    for name in row.get("options") or {}:
        if name not in OPTIONS:
            raise fault(path, (*at, "options", name), f"unknown option {name!r}", f"use {', '.join(OPTIONS)}")


def _check_kind(path: Path, at: Sequence[Any], name: str, value: Any) -> None:
    kind = _KINDS.get(name)
    if kind is None:
        raise fault(path, at, f"unknown key {name!r}", f"use {', '.join(_KINDS)}")
    if value is None:
        return
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise fault(path, at, f"{name} is {value!r}", f"write {_wanted(kind)}")
    allowed = {"scope": SCOPES, "reliability": tuple("ABCDEF")}.get(name)
    if allowed and value not in allowed:
        raise fault(path, at, f"{name} is {value!r}", f"use one of {', '.join(allowed)}")
    if name == "interval_s" and isinstance(value, int) and value < 1:
        raise fault(path, at, f"interval_s is {value}", "write seconds, 1 or more")


def _check_url(path: Path, at: Sequence[Any], url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise fault(path, at, f"{url!r} is no address", "write it whole, from http:// or https:// on")
    if parts.username or parts.password:
        raise fault(path, at, "the address holds credentials", "put them into `options: {basic_auth: …}`")


def _wanted(kind: type) -> str:
    return {str: "text", bool: "true or false", int: "a whole number", dict: "a mapping"}[kind]
