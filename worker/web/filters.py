"""The filter of the stream as it stands in the address, so that a link or a bookmark holds it."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from worker.domain.model import Severity, Watch
from worker.domain.vocabulary import ACTORS, GOVERNORATES, SUB_EVENT_TYPES
from worker.errors import ConfigError
from worker.ports import StoryFilter
from worker.services.browse import Found, find
from worker.web.desk import Desk

SPANS = {"1h": timedelta(hours=1), "24h": timedelta(hours=24), "7d": timedelta(days=7), "30d": timedelta(days=30)}  # fmt: skip
NAMES = ("governorate", "type", "actor", "severity", "lang", "source", "since", "q")
PAGE = 40
PATIENCE_S = 0.06
"""How long a search by words may look before it shows what it has; the page says how far it came."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for, as given."""

    values: Mapping[str, str]
    before: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Asked:
        """Take the known names of a query string; the rest is ignored."""
        values = {name: given[name].strip() for name in NAMES if given.get(name, "").strip()}
        return cls(values, given.get("before", ""))

    def address(self, **more: str) -> str:
        """The query string, with changes; an empty value takes a name away."""
        return urlencode({k: v for k, v in {**self.values, **more}.items() if v})

    def as_query(self) -> str:
        """The filter as a watch's query, for "save as a watch"."""
        parts = [f"({self.values['q']})"] if self.values.get("q") else []
        fields = ("governorate", "type", "actor", "lang", "source")
        given = [(name, self.values[name]) for name in fields if self.values.get(name)]
        parts += [f"{name}:{value}" if value.isalnum() else f'{name}:"{value}"' for name, value in given]
        return " ".join(parts) if len(parts) != 1 else parts[0].removeprefix("(").removesuffix(")")

    def filter(self, now: datetime, limit: int = PAGE) -> StoryFilter:
        """As the store takes it; raises `ConfigError` for a value that is none."""
        get = self.values.get
        for name, known in (("governorate", GOVERNORATES), ("type", SUB_EVENT_TYPES), ("actor", tuple(ACTORS)),
                            ("severity", tuple(Severity)), ("since", tuple(SPANS))):  # fmt: skip
            if get(name) and get(name) not in known:
                raise ConfigError(f"{get(name)!r} is no {name}", remedy="choose one of the list")
        return StoryFilter(
            since=now - SPANS[self.values["since"]] if get("since") else None,
            governorate=get("governorate"),
            sub_event_type=get("type"),
            actor=get("actor"),
            severity=Severity(self.values["severity"]) if get("severity") else None,
            language=get("lang"),
            source=get("source"),
            words=get("q"),
            before=key_of(self.before) if self.before else None,
            limit=limit,
        )


def key_of(text: str) -> tuple[datetime, int]:
    """Read a place in a list, `<microseconds>-<id>`; raises `ConfigError`."""
    at, _, number = text.partition("-")
    if not (at.isdigit() and number.isdigit()) or len(at) > 17 or len(number) > 18:
        raise ConfigError(f"{text!r} is no place in a list", remedy="take it from the link to the next page")
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(at)), int(number)


def text_of(key: tuple[datetime, int]) -> str:
    """Write a place in a list."""
    at = key[0] - datetime(1970, 1, 1, tzinfo=UTC)
    return f"{at // timedelta(microseconds=1)}-{key[1]}"


def search(desk: Desk, asked: Asked, limit: int = PAGE) -> Found:
    """A page of stories for what the address asks; raises `ConfigError` (`QueryError` with its column)."""
    now = desk.clock()
    wanted = asked.filter(now, limit)
    rule = desk.check(Watch("filter", wanted.words)) if wanted.words else None
    until = time.monotonic() + PATIENCE_S
    return find(desk.store, wanted, rule, desk.severity() if rule else None, now,
                patient=lambda: time.monotonic() < until)  # fmt: skip
