"""Ends a process whose supervisor was killed: its kill-wait, when nobody is left who would do it.

The kernel asks such a process to stop, but a worker may not be able to: where the server dies in the same
moment, Celery's shutdown can wait for ever for the rest of a message from its own child.
"""

from __future__ import annotations

import os
import signal
import threading
import time

SUPERVISOR = "_MARSAD_SUPERVISOR"
"""In the environment of every process that a supervisor starts: its process id and the kill-wait in seconds."""
LOOK_EVERY_S = 1.0


def told(supervisor: int, kill_wait_s: float) -> dict[str, str]:
    """What a supervisor adds to the environment of its processes."""
    return {SUPERVISOR: f"{supervisor} {kill_wait_s:g}"}


def end_with_supervisor() -> None:
    """Watch over the supervisor from now on, if there is one; call it in the leader of a session, before any fork."""
    pid, _, wait_s = os.environ.get(SUPERVISOR, "").partition(" ")
    if pid and os.getppid() == int(pid):
        watch = threading.Thread(
            target=_watch, args=(int(pid), float(wait_s)), name="supervisor", daemon=True
        )
        watch.start()


def _watch(supervisor: int, wait_s: float) -> None:
    """Once the supervisor is gone, wait as long as it would have, and kill what is left of the session."""
    while os.getppid() == supervisor:
        time.sleep(LOOK_EVERY_S)
    time.sleep(wait_s)
    os.killpg(os.getpgrp(), signal.SIGKILL)
