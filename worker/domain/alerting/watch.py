"""A watch, checked: from the YAML mapping that somebody wrote to a rule that can be asked.

The same checks run for a file, the command line and the page; every fault names the watch and the key.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from worker.domain.alerting.bind import bind
from worker.domain.alerting.query import parse
from worker.domain.alerting.rule import DigestTime, Quiet, Route, Rule
from worker.domain.alerting.watch_fields import (
    Known,
    Where,
    only_keys,
    read_area,
    read_choice,
    read_digests,
    read_languages,
    read_quiet,
    read_routes,
    read_severity,
    read_share,
    read_sources,
    read_throttle,
    read_zone,
    span_of,
)
from worker.domain.model import Origin, Watch
from worker.errors import ConfigError

__all__ = [
    "DigestTime", "Known", "Quiet", "Route", "Rule", "Where", "check", "definition_of", "span_of", "watch_of",
]  # fmt: skip

KEYS = (
    "name", "about", "query", "enabled", "severity", "confidence", "corroboration", "context", "fresh",
    "area", "languages", "sources", "channels", "throttle", "quiet", "digest", "reminder", "owner", "timezone",
)  # fmt: skip
CORROBORATION = {"any": 1, "two sources": 2}
CONTEXT = ("alert", "digest", "ignore")


def check(watch: Watch, known: Known, where: Where | None = None) -> Rule:
    """Turn a watch into a rule; raises `ConfigError` (`QueryError` for the query) naming the key."""
    at = where or (lambda key: f"watch {watch.name!r}" + (f", {key}" if key else ""))
    given = watch.definition
    only_keys(given, KEYS, at, "")
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,62}", watch.name):
        raise ConfigError(
            f"{watch.name!r} is no name for a watch", where=at("name"),
            remedy="small letters, digits and hyphens, at most 63",
        )  # fmt: skip
    test = bind(parse(watch.query, where=at("query")), known.index, known.values, where=at("query"))
    zone = read_zone(given.get("timezone", "Asia/Baghdad"), at("timezone"))
    only, never = read_sources(given.get("sources") or {}, at)
    return Rule(
        name=watch.name,
        query=watch.query,
        test=test,
        severity=read_severity(given.get("severity", "low"), at("severity")),
        confidence=read_share(given.get("confidence", 0.0), at("confidence")),
        sources_wanted=CORROBORATION[
            read_choice(given.get("corroboration", "any"), CORROBORATION, at("corroboration"))
        ],
        context=read_choice(given.get("context", "digest"), CONTEXT, at("context")),
        fresh=span_of(given["fresh"], at("fresh")) if "fresh" in given else None,
        area=read_area(given.get("area") or {}, known, at),
        languages=read_languages(given.get("languages"), known.languages, at("languages")),
        only=only,
        never=never,
        routes=read_routes(given.get("channels"), known.channels, at),
        throttle=read_throttle(given.get("throttle"), at("throttle")),
        quiet=read_quiet(given.get("quiet"), at),
        digests=read_digests(given.get("digest"), at),
        reminder=span_of(given["reminder"], at("reminder")) if given.get("reminder") else None,
        owner=str(given.get("owner", "")),
        zone=zone,
        about=str(given.get("about", "")),
    )


def watch_of(definition: Mapping[str, Any], *, origin: Origin, where: Where | None = None) -> Watch:
    """Take a YAML mapping as a watch; name and query must be there, the rest is checked by `check`."""
    at = where or (lambda key: f"watch {definition.get('name', '?')!r}, {key}")
    for key in ("name", "query"):
        if not isinstance(definition.get(key), str) or not definition[key].strip():
            raise ConfigError(f"a watch needs a {key}", where=at(key), remedy=f"add a line {key}: …")
    rest = {key: value for key, value in definition.items() if key not in ("name", "query", "enabled")}
    enabled = definition.get("enabled", True)
    if not isinstance(enabled, bool):
        raise ConfigError(f"{enabled!r} is neither true nor false", where=at("enabled"))
    return Watch(
        name=definition["name"], query=" ".join(definition["query"].split()), definition=rest, enabled=enabled,
        origin=origin,
    )  # fmt: skip


def definition_of(watch: Watch) -> dict[str, Any]:
    """The YAML mapping of a watch: what export writes and import reads."""
    mapping: dict[str, Any] = {"name": watch.name, "query": watch.query, **watch.definition}
    return mapping if watch.enabled else {**mapping, "enabled": False}
