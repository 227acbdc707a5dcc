"""Runs `marsad up` on the sample feeds, in a home of its own."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import yaml

from worker.demo.server import FeedServer

POLL_EVERY_S = 3

INTRODUCTION = """\
Marsad's demonstration. Everything it reads is invented and comes from this machine.

  Five outlets publish twelve reports within half a minute, in English, French, Arabic and Kurdish:
  a missile at Baghdad's airport (told by four of them, its toll rises), a bomb at a convoy (told by
  two), and sport, business and cinema that sound alike and must stay silent.

  Watch: iraq-security (rocket attack, Hashd, convoy)
  Page:  {page}
  Stop:  Ctrl-C
"""

ENDING = """
That was the demonstration. What to do next:
  make run                              the service on real feeds (config/data/feeds.yaml)
  MARSAD_SLACK_WEBHOOK_URL=… make demo  the same alerts in Slack (docs/channels.md has mail and the rest)
  config/data/watches.yaml              what you want to be told (docs/watches.md)
"""


def run(*, seconds: float = 0.0, keep: bool = False) -> int:
    """Show the demonstration until Ctrl-C or for so many seconds; the exit code of `marsad up`."""
    home = Path(tempfile.mkdtemp(prefix="marsad-demo-"))
    try:
        with FeedServer() as feeds:
            env = environment(home, feeds)
            sys.stdout.write(INTRODUCTION.format(page=login_page(env)) + "\n")
            sys.stdout.flush()
            code = _up(env, seconds)
        if code == 0:
            sys.stdout.write(ENDING)
        return code
    finally:
        if keep:
            sys.stdout.write(f"\nThe demo's folder: {home}\n")
        else:
            shutil.rmtree(home, ignore_errors=True)


def environment(home: Path, feeds: FeedServer) -> dict[str, str]:
    """Give the environment of the demo's processes: the caller's channels, but a home and feeds of its own."""
    own = {
        name: value
        for name, value in os.environ.items()
        if name not in ("REDIS_URL", "DATABASE_URL", "MARSAD_FEEDS_FILE", "MARSAD_WATCHES_FILE")
    }
    listed = home / "feeds.yaml"
    rows = [
        {
            "name": outlet.name,
            "url": feeds.url(outlet),
            "language": outlet.language,
            "scope": "iraq",
            "reliability": outlet.reliability,
            "interval_s": POLL_EVERY_S,
            "urgent": True,
            "fetch_articles": False,
        }
        for outlet in feeds.outlets.values()
    ]
    listed.write_text(yaml.safe_dump({"feeds": rows}, allow_unicode=True), encoding="utf-8")
    port = own.get("MARSAD_WEB_PORT") or str(_free_port())
    return own | {
        "MARSAD_HOME": str(home),
        "MARSAD_FEEDS_FILE": str(listed),
        "MARSAD_ALLOW_ADDRESSES": f"127.0.0.1:{feeds.port}",
        "MARSAD_WEB_PORT": port,
        "MARSAD_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "MARSAD_TICK_SECONDS": "1",
        "MARSAD_POLL_MIN_SECONDS": str(POLL_EVERY_S),
        "MARSAD_POLL_PER_HOST": str(len(feeds.outlets)),
        "MARSAD_POLL_PROCESSES": "1",
        "MARSAD_READ_PROCESSES": "1",
        "MARSAD_DEMO": "1",
        "MARSAD_LOGIN_TOKEN": secrets.token_urlsafe(24),
        "MARSAD_LOG_LEVEL": own.get("MARSAD_LOG_LEVEL", "warning"),
    }


def login_page(env: Mapping[str, str]) -> str:
    """The address that lets the viewer of the demonstration in, once."""
    return f"{env['MARSAD_PUBLIC_URL']}/login/link/{env['MARSAD_LOGIN_TOKEN']}"


def _up(env: Mapping[str, str], seconds: float) -> int:
    """Run `marsad up` to its end; Ctrl-C reaches it by itself, so we only wait."""
    child = subprocess.Popen((sys.executable, "-m", "worker", "up"), env=dict(env))
    with _left_to(child):
        try:
            return child.wait(timeout=seconds or None)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGINT)
            return child.wait()


@contextmanager
def _left_to(child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Leave Ctrl-C to the child, who gets it from the terminal too, and hand SIGTERM on to it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    ended = signal.signal(signal.SIGTERM, lambda *_: child.send_signal(signal.SIGTERM))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        signal.signal(signal.SIGTERM, ended)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
