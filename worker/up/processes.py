"""What runs: the Procfile's lines, and how they are told where they are. Pure, save for reading the lock."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from worker.errors import ConfigError

PROCFILE = """\
web: exec marsad web
worker-poll: exec marsad worker poll
worker-read: exec marsad worker read
worker-alert: exec marsad worker alert
beat: exec marsad beat
"""
"""The service's processes. The file `Procfile` says the same (a test compares them); this copy is in the wheel."""

SERVER = "server"
CELERY_CHATTER = ("Hitting Ctrl+C again", "worker: Cold shutdown", "worker: Warm shutdown")
WORKER_ASKS = (signal.SIGINT, signal.SIGTERM)
"""Celery takes the first for a warm shutdown that ends with the last running task; SIGTERM, remapped, is the
soft one that always waits `MARSAD_STOP_SECONDS` while a task runs, then gives its message back."""
SERVER_CHATTER = ("overcommit", "signal-handler", "bye bye", "Received SIGTERM")


@dataclass(frozen=True, slots=True)
class Process:
    """One process to keep running. A line that begins with `exec` leaves no shell between it and us."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    last: bool = False
    """Started before and stopped after all others: the server that they talk to."""
    asks: tuple[signal.Signals, ...] = (signal.SIGTERM,)
    """How it is asked to stop, more firmly each time; `SIGKILL` comes after the last."""
    hide: tuple[str, ...] = ()
    """Lines that hold one of these say nothing to the reader of the log."""
    before: Callable[[], object] | None = None
    """Makes its place ready before each start; may raise `MarsadError`."""
    ready: Callable[[], bool] | None = None
    """Waits a while until it answers; the others start after that."""


def parse(text: str, where: str = "Procfile") -> dict[str, str]:
    """`name: command` lines, in order; raises `ConfigError` naming the line."""
    lines: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, colon, command = (part.strip() for part in line.partition(":"))
        if not colon or not command or not name.replace("-", "").replace("_", "").isalnum():
            raise ConfigError(
                f"{line!r} is not `name: command`",
                where=f"{where}:{number}",
                remedy="for example `web: exec marsad web`",
            )
        if name in lines or name == SERVER:
            raise ConfigError(f"the name {name} is taken", where=f"{where}:{number}", remedy="choose another")
        lines[name] = command
    if not lines:
        raise ConfigError(
            "no process is named", where=where, remedy="write a line such as `web: exec marsad web`"
        )
    return lines


def read(path: Path) -> dict[str, str]:
    """The lines of a file."""
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path)) from error


def restart_delay_s(failures: int) -> float:
    """Seconds to wait before the next start: at once at first, then doubling up to half a minute.

    `failures` counts the starts in a row that did not last `STEADY_S`.
    """
    return 0.2 if failures <= 0 else min(30.0, 0.5 * 2 ** min(failures - 1, 10))


STEADY_S = 20.0
"""A process that ran as long as this was healthy; its next end starts the count anew."""


def ending(returncode: int) -> str:
    """How a process ended, in words."""
    if returncode >= 0:
        return f"ended with code {returncode}"
    try:
        return f"was ended by {signal.Signals(-returncode).name}"
    except ValueError:
        return f"was ended by signal {-returncode}"
