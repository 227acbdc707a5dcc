"""The form of a watch: what a definition looks like in it, and the definition that it stands for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Annotated, Any

import yaml
from fastapi import Form

from worker.domain.alerting.watch import watch_of
from worker.domain.desk.shapes import Drawn, area_of, drawn_in
from worker.domain.model import Origin, Watch
from worker.errors import ConfigError

SHAPES = ("outlines", "corridors", "near")
MORE = "More settings"
Text = Annotated[str, Form()]
Texts = Annotated[list[str] | None, Form()]


@dataclass(frozen=True, slots=True)
class WatchForm:
    """Everything as it stands in the fields."""

    name: str = ""
    query: str = ""
    severity: str = "low"
    enabled: bool = True
    governorates: Sequence[str] = ()
    shapes: Sequence[Drawn] = ()
    quiet_from: str = ""
    quiet_to: str = ""
    quiet_but: str = ""
    more: str = ""
    was: str = ""
    """The name of the watch that is edited; empty for a new one."""

    @classmethod
    def of(cls, watch: Watch) -> WatchForm:
        """The form of a watch that is there."""
        rest = dict(watch.definition)
        area = dict(rest.pop("area", None) or {})
        quiet = rest.pop("quiet", None) or {}
        shapes = tuple(drawn_in(area))
        governorates = area.pop("governorates", None) or ()
        area = {key: value for key, value in area.items() if key not in SHAPES}
        severity = str(rest.pop("severity", "low"))
        rest |= {"area": area} if area else {}
        more = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False) if rest else ""
        return cls(
            watch.name, watch.query, severity, watch.enabled, tuple(governorates), shapes,
            _clock(quiet.get("from", "")), _clock(quiet.get("to", "")), str(quiet.get("but", "")), more, watch.name,
        )  # fmt: skip

    def watch(self) -> Watch:
        """The watch that it stands for; raises `ConfigError` for what cannot be read."""
        definition: dict[str, Any] = {**_settings(self.more), "severity": self.severity}
        given = definition.get("area") or {}
        area = area_of(self.shapes, given if isinstance(given, Mapping) else {})
        area |= {"governorates": list(self.governorates)} if self.governorates else {}
        definition |= {"area": area} if area else {}
        if self.quiet_from or self.quiet_to:
            quiet = {"from": self.quiet_from, "to": self.quiet_to}
            definition["quiet"] = quiet | ({"but": self.quiet_but} if self.quiet_but else {})
        definition |= {"name": self.name.strip(), "query": self.query, "enabled": self.enabled}
        return watch_of(definition, origin=Origin.DATABASE)


def given(
    name: Text = "",
    query: Text = "",
    severity: Text = "low",
    governorates: Texts = None,
    more: Text = "",
    enabled: Text = "",
    was: Text = "",
    quiet_from: Text = "",
    quiet_to: Text = "",
    quiet_but: Text = "",
    shape_kind: Texts = None,
    shape_name: Texts = None,
    shape_km: Texts = None,
    shape_points: Texts = None,
) -> WatchForm:
    """Take the form from a request."""
    rows = zip_longest(shape_kind or (), shape_name or (), shape_km or (), shape_points or (), fillvalue="")
    shapes = tuple(one for one in (Drawn(*row) for row in rows) if not one.empty)
    return WatchForm(
        name, query, severity, bool(enabled), governorates or (), shapes, quiet_from, quiet_to, quiet_but, more, was
    )  # fmt: skip


def _settings(text: str) -> Mapping[str, Any]:
    try:
        rest = yaml.safe_load(text) if text.strip() else {}
    except yaml.YAMLError as fault:
        raise ConfigError(f"is no YAML: {fault}", where=MORE) from None
    if not isinstance(rest, Mapping):
        raise ConfigError("must be lines of key: value", where=MORE, remedy="for example throttle: 10")
    return rest


def _clock(value: Any) -> str:
    """A time of day as written; YAML 1.1 reads an unquoted 22:30 as 22 × 60 + 30."""
    return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else str(value)
