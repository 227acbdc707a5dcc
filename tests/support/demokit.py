"""Runs `marsad demo` for real, with Slack and mail beside the console, and reads what came of it."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STARTED = re.compile(r"(\S+) started \(pid (\d+)\)")


class Demo:
    """A running demonstration; `lines` grows as it speaks."""

    def __init__(self, env):
        self.lines: list[str] = []
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "worker", "demo", "--keep"],
            cwd=ROOT,
            env=env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip("\n"))

    @property
    def text(self):
        return "\n".join(self.lines)

    def pids(self):
        """The newest process id of each process of the service."""
        return {name: int(pid) for name, pid in STARTED.findall(self.text)}

    def wait_for(self, what, seconds):
        """Wait until `what()` is true; its value, or the log in the failure."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            value = what()
            if value:
                return value
            if self.process.poll() is not None:
                break
            time.sleep(0.2)
        raise AssertionError(f"did not happen in {seconds} s; the log:\n{self.text}")

    def stop(self):
        """Ctrl-C; the exit code."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGINT)
        try:
            code = self.process.wait(40)
        finally:
            self._reader.join(5)
        return code

    @property
    def home(self):
        found = re.search(r"The demo's folder: (\S+)", self.text)
        return Path(found.group(1)) if found else None

    def rows(self, query):
        """Ask the database of the ended demonstration."""
        with sqlite3.connect(self.home / "marsad.sqlite") as connection:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(query)]


@contextmanager
def demo(*, slack=None, mail=None, **more):
    """Run a demonstration with these doubles as channels; it is stopped at the end whatever happens."""
    env = {k: v for k, v in os.environ.items() if not k.startswith(("MARSAD_", "REDIS_", "DATABASE_"))}
    env |= {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    if slack:
        env |= {
            "MARSAD_SLACK_BOT_TOKEN": "xoxb-demo",
            "MARSAD_SLACK_CHANNEL": "#iraq",
            "MARSAD_SLACK_API_URL": slack.api,
        }
    if mail:
        env |= {
            "MARSAD_SMTP_HOST": "127.0.0.1",
            "MARSAD_SMTP_PORT": str(mail.port),
            "MARSAD_SMTP_SECURITY": "none",
            "MARSAD_MAIL_FROM": "Marsad <marsad@example.org>",
            "MARSAD_MAIL_TO": "desk@example.org",
        }
    running = Demo(env | more)
    try:
        yield running
    finally:
        if running.process.poll() is None:
            running.stop()


def told(running, channel, states=("sent",)):
    """(thread, key) of what a channel was sent, in order."""
    return [
        (row["thread"], row["key"])
        for row in running.rows(
            f"SELECT thread, key FROM deliveries WHERE channel = '{channel}'"
            f" AND state IN ({', '.join(map(repr, states))}) ORDER BY id"
        )
    ]
