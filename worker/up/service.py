"""Puts the service together for `marsad up`: lock, checks, database, server, processes, log."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from config.settings import Settings
from worker import bundled
from worker.errors import ConfigError, MarsadError
from worker.up.printer import Printer
from worker.up.processes import (
    CELERY_CHATTER,
    PROCFILE,
    SERVER,
    SERVER_CHATTER,
    WORKER_ASKS,
    Process,
    parse,
    read,
)
from worker.up.supervise import Supervisor

KILL_MARGIN_S = 10.0
"""How much longer than warm and soft shutdown together a process may take to end before it is killed."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What `marsad up` is asked to run."""

    settings: Settings
    env: Mapping[str, str]
    """The environment that the processes get, before our additions."""
    procfile: Path | None = None
    only: tuple[str, ...] = ()
    """Names of processes to run; none: all."""


def run(plan: Plan, out: TextIO = sys.stdout) -> int:
    """Run the service until it is told to stop; the exit code.

    Raises `ConfigError` before anything is started when something must be mended first.
    """
    settings = plan.settings
    lines = _chosen(plan)
    with locked(settings.home):
        if "web" in lines:
            check_port(settings.web_host, settings.web_port)
        env = environment(plan, terminal=out.isatty())
        names = [*lines] if settings.redis_url else [SERVER, *lines]
        printer = Printer(out, names, style=env["MARSAD_LOG_FORMAT"])
        printer.say("system", "settings are good; bringing database and lexicon up to date")
        migrate(env)
        server = [] if settings.redis_url else [server_process(settings.home)]
        processes = [*server, *(_process(name, line, env) for name, line in lines.items())]
        for warning in settings.warnings:
            printer.say("system", warning)
        return Supervisor(processes, printer.say, settings.stop_s, 2 * settings.stop_s + KILL_MARGIN_S).run()


def _chosen(plan: Plan) -> dict[str, str]:
    """The lines to run."""
    lines = read(plan.procfile) if plan.procfile else parse(PROCFILE)
    for name in plan.only:
        if name not in lines:
            raise ConfigError(f"there is no process {name!r}", remedy=f"choose from {', '.join(lines)}")
    return {name: line for name, line in lines.items() if not plan.only or name in plan.only}


def environment(plan: Plan, *, terminal: bool) -> dict[str, str]:
    """What every process finds in its environment: the caller's, and where the server and `marsad` are."""
    settings = plan.settings
    env = dict(plan.env)
    env["MARSAD_HOME"] = str(settings.home)
    env["PATH"] = os.pathsep.join((str(Path(sys.executable).parent), env.get("PATH", os.defpath)))
    env["PYTHONUNBUFFERED"] = "1"
    env["MARSAD_LOG_FORMAT"] = "people" if settings.log_format == "auto" else settings.log_format
    if not settings.redis_url:
        env["REDIS_URL"] = bundled.address(settings.home)
    if terminal and "NO_COLOR" not in env:
        env["FORCE_COLOR"] = "1"
    return env


def _process(name: str, line: str, env: Mapping[str, str]) -> Process:
    """A Procfile line, run by the shell that its `exec` then replaces."""
    asks = WORKER_ASKS if name.startswith("worker") else (signal.SIGTERM,)
    command = ("/bin/sh", "-c", line)
    return Process(name, command, {**env, "MARSAD_PROCESS": name}, asks=asks, hide=CELERY_CHATTER)


def server_process(home: Path) -> Process:
    """The bundled server as one of the processes."""
    path = bundled.socket_path(home)
    return Process(
        SERVER,
        tuple(bundled.command(path)),
        bundled.environment(),
        last=True,
        hide=SERVER_CHATTER,
        before=lambda: bundled.prepare(home),
        ready=lambda: bundled.wait_ready(path),
    )


def migrate(env: Mapping[str, str]) -> None:
    """Bring the database up to date, in a process of its own: this one stays small and has one thread."""
    done = subprocess.run(
        ("/bin/sh", "-c", "exec marsad migrate"), env=dict(env), stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise SystemExit(done.returncode)


def check_port(host: str, port: int) -> None:
    """Say now that the page's port is taken, rather than let its process fail again and again."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ConfigError(
                f"the page cannot listen on {host}:{port} ({error.strerror or error})",
                where="MARSAD_WEB_PORT",
                remedy="end what uses it, or set another port (0: any free one)",
            ) from error


@contextmanager
def locked(home: Path) -> Iterator[None]:
    """Hold the home for one `marsad up`. The kernel lets go of the lock when we die, so none is ever stale."""
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        held = (home / "up.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise ConfigError(
            f"{home} cannot be written: {error.strerror}",
            where="MARSAD_HOME",
            remedy="name a folder of your own",
        ) from error
    with held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            raise MarsadError(
                f"Marsad is already running here (process {held.read().strip() or 'unknown'})",
                where=str(home),
                remedy="stop it first, or give this one another MARSAD_HOME",
            ) from None
        held.seek(0)
        held.truncate()
        held.write(f"{os.getpid()}\n")
        held.flush()
        yield
