"""One readable log out of several processes: each line after the name of who said it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TextIO

COLOURS = (36, 33, 32, 35, 34, 96, 93, 92, 95)
"""ANSI colours of the names, in order."""


class Printer:
    """Writes to a terminal, a file or a pipe; in `json` style it passes the processes' own lines on."""

    def __init__(
        self, out: TextIO, names: Sequence[str], *, style: str, env: dict[str, str] | None = None
    ) -> None:
        """Columns as wide as the longest name; colours on a terminal, unless NO_COLOR is set."""
        self._out, self._style = out, style
        self._width = max(map(len, [*names, "system"]))
        coloured = out.isatty() and "NO_COLOR" not in (os.environ if env is None else env)
        self._colour = {name: COLOURS[i % len(COLOURS)] for i, name in enumerate(names)} if coloured else {}
        self._coloured = coloured
        self._gone = False

    def say(self, name: str, line: str) -> None:
        """Write one line; a reader that went away (`marsad up | head`) is no reason to fall over."""
        if self._gone or not line.strip():
            return
        try:
            self._out.write(self._line(name, line) + "\n")
            self._out.flush()
        except (BrokenPipeError, OSError):
            self._gone = True

    def _line(self, name: str, line: str) -> str:
        """With the name in front; our own words as JSON where everybody else speaks it."""
        if self._style == "json":
            if name not in ("system", "server"):
                return line
            stamp = datetime.now(UTC).isoformat().replace("+00:00", "Z")
            return json.dumps(
                {"timestamp": stamp, "level": "info", "process": name, "event": line}, ensure_ascii=False
            )
        if name == "system":
            line = f"{datetime.now(UTC):%H:%M:%SZ} {line}"
        if not self._coloured:
            return f"{name:<{self._width}} | {line}"
        return f"\x1b[{self._colour.get(name, 1)}m{name:<{self._width}} |\x1b[0m {line}"
