"""Reads a YAML list of watches as plain mappings, and knows on which line each of their keys stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from config.catalogue import DATA
from config.yamlfile import CatalogueError

SHIPPED = DATA / "watches.yaml"
SEVERITY = DATA / "severity.yaml"


@dataclass(frozen=True, slots=True)
class GivenWatch:
    """One watch as written, with the lines of its keys."""

    definition: Mapping[str, Any]
    file: str
    line: int
    lines: Mapping[str, int] = field(default_factory=dict)

    def where(self, key: str = "") -> str:
        """File and line of a key path such as `area.near`; the longest part of it that was written."""
        parts = key.split(".")
        while parts:
            line = self.lines.get(".".join(parts))
            if line is not None:
                return f"{self.file}:{line}, {key}"
            parts.pop()
        return f"{self.file}:{self.line}" + (f", {key}" if key else "")


def load_watches(path: Path | None = None) -> list[GivenWatch]:
    """Read a file of watches; raises `CatalogueError` naming the line."""
    file = path or SHIPPED
    try:
        return read_watches(file.read_text(encoding="utf-8"), file.name)
    except OSError as fault:
        raise CatalogueError(f"cannot be read: {fault.strerror}", where=str(file)) from fault


def read_watches(text: str, name: str) -> list[GivenWatch]:
    """Read the text of such a file: a mapping with `watches`, or the list itself."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        document = yaml.safe_load(text)
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        where = f"{name}:{mark.line + 1}" if mark else name
        raise CatalogueError(f"is no YAML: {getattr(fault, 'problem', fault)}", where=where) from fault
    node = _watches_node(root)
    listed = document.get("watches") if isinstance(document, Mapping) else document
    if listed is None or node is None:
        return []
    if not isinstance(listed, list) or not isinstance(node, yaml.SequenceNode):
        raise CatalogueError("holds no list of watches", where=f"{name}:1", remedy="begin with watches:")
    return [_given(one, part, name) for one, part in zip(listed, node.value, strict=True)]


def load_severity(overlay: Path | None = None) -> Any:
    """Read the severity policy as a plain document: the overlay's `severity.yaml`, else the shipped one."""
    own = overlay / SEVERITY.name if overlay else SEVERITY
    file = own if own.is_file() else SEVERITY
    try:
        return yaml.safe_load(file.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as fault:
        raise CatalogueError(f"cannot be read: {fault}", where=str(file)) from fault


def load_outline() -> list[dict[str, Any]]:
    """Read the lines of the small map: borders and coast (Natural Earth, public domain)."""
    lines: list[dict[str, Any]] = json.loads((DATA / "outline.json").read_text(encoding="utf-8"))["lines"]
    return lines


def load_governorates() -> list[dict[str, Any]]:
    """Read the outlines of the governorates: name and rings of (latitude, longitude) each."""
    text = (DATA / "governorates.json").read_text(encoding="utf-8")
    outlines: list[dict[str, Any]] = json.loads(text)["governorates"]
    return outlines


def load_towns() -> list[tuple[str, str, float, float, int]]:
    """Read the towns that the map names: id, name, latitude, longitude, rank (1 at every zoom)."""
    held = json.loads((DATA / "towns.json").read_text(encoding="utf-8"))["towns"]
    return [tuple(row) for row in held]


def dump_watches(definitions: list[dict[str, Any]]) -> str:
    """Write watches as the YAML that `read_watches` reads."""
    return yaml.safe_dump({"watches": definitions}, allow_unicode=True, sort_keys=False, width=110)


def _watches_node(root: yaml.Node | None) -> yaml.Node | None:
    if isinstance(root, yaml.MappingNode):
        return next((value for key, value in root.value if key.value == "watches"), None)
    return root


def _given(definition: Any, node: yaml.Node, name: str) -> GivenWatch:
    line = node.start_mark.line + 1
    if not isinstance(definition, Mapping):
        raise CatalogueError("a watch is a mapping with name and query", where=f"{name}:{line}")
    lines: dict[str, int] = {}
    _collect(node, "", lines)
    return GivenWatch(definition, name, line, lines)


def _collect(node: yaml.Node, path: str, lines: dict[str, int]) -> None:
    if isinstance(node, yaml.SequenceNode):
        for part in node.value:
            _collect(part, path, lines)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            below = f"{path}.{key.value}" if path else str(key.value)
            lines.setdefault(below, key.start_mark.line + 1)
            _collect(value, below, lines)
