"""Keeps a handful of processes running and their output in one log; stops them in order.

One thread and one loop over pipes and signals. What it does otherwise than the usual Procfile runners,
and why (their issue threads are full of it):

- each process leads a session of its own: Ctrl-C reaches only us, and we decide the order;
- when a leader dies, what is left of its session is killed before the next start: an orphaned pool
  child would otherwise go on working beside its successor;
- we ask the leader alone to stop (a second SIGTERM to pool children breaks their soft shutdown), and
  kill the whole session once the kill-wait is over;
- the kernel tells each process to stop when we die ourselves (PR_SET_PDEATHSIG), and one that
  can't kills itself after the kill-wait (`orphan.py`);
- a process that ends is started again, with a growing delay, and the others stay up.
"""

from __future__ import annotations

import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from worker.errors import MarsadError
from worker.up.orphan import told
from worker.up.processes import STEADY_S, Process, ending, restart_delay_s

LONGEST_LINE = 64 * 1024
PR_SET_PDEATHSIG = 1
Say = Callable[[str, str], None]
"""Writes one line: process name, text."""


@dataclass(slots=True)
class _Child:
    """A process over all its starts."""

    process: Process
    popen: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float | None = 0.0
    """When to start next; None while it runs or when it is not to run again."""
    failures: int = 0
    rest: bytes = b""
    asked: int = 0
    """How many of its `asks` it has had."""


@dataclass(slots=True)
class Supervisor:
    """Runs until told to stop; `run` returns the exit code."""

    processes: Sequence[Process]
    say: Say
    ask_again_s: float
    """After this long a process is asked more firmly, where it knows a firmer way."""
    kill_wait_s: float
    """After this long its session is killed; longer than all the asking."""
    _children: list[_Child] = field(default_factory=list)
    _selector: selectors.BaseSelector = field(default_factory=selectors.DefaultSelector)
    _orders: list[int] = field(default_factory=list)
    _stopping_since: float | None = None
    _last_since: float | None = None
    _killed: bool = False

    def run(self) -> int:
        """Start all, keep them up, and after SIGINT, SIGTERM or SIGHUP stop all. 0, or 1 if one had to be killed."""
        self._children = [_Child(p) for p in self.processes]
        wake_r, wake_w = os.pipe()
        for end in (wake_r, wake_w):
            os.set_blocking(end, False)
        self._selector.register(wake_r, selectors.EVENT_READ, None)
        before = {s: signal.signal(s, self._order) for s in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
        before[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda *_: None)
        wakeup = signal.set_wakeup_fd(wake_w, warn_on_full_buffer=False)
        try:
            self._loop(wake_r)
        finally:
            signal.set_wakeup_fd(wakeup)
            for number, handler in before.items():
                signal.signal(number, handler)
            self._kill(self._children)
            self._selector.close()
            os.close(wake_r)
            os.close(wake_w)
        return 1 if self._killed else 0

    def stop(self) -> None:
        """Ask for the end, as SIGTERM would."""
        self._orders.append(signal.SIGTERM)

    def _order(self, number: int, _frame: object) -> None:
        """A signal handler only takes note; the loop acts."""
        self._orders.append(number)

    def _loop(self, wake_r: int) -> None:
        """Until all have ended after an order to stop."""
        while True:
            for key, _ in self._selector.select(timeout=0.2):
                if key.data is None:
                    os.read(wake_r, 4096)
                else:
                    self._read(key.data)
            self._reap()
            self._obey()
            if self._stopping_since is None:
                self._start_due()
            elif self._stopped():
                return

    # --- starting

    def _start_due(self) -> None:
        """Start whatever is due, the server (`last`) before the others."""
        now = time.monotonic()
        for child in sorted(self._children, key=lambda c: not c.process.last):
            if child.start_at is not None and child.start_at <= now and not self._orders:
                self._start(child)

    def _start(self, child: _Child) -> None:
        """Start one process in a session of its own, with its output on a pipe to us."""
        child.started_at, child.start_at = time.monotonic(), None
        try:
            if child.process.before:
                child.process.before()
            child.popen = subprocess.Popen(  # noqa: S603 — the Procfile's own lines
                child.process.command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={**child.process.env, **told(os.getpid(), self.kill_wait_s)},
                start_new_session=True,
                preexec_fn=_end_with_parent(os.getpid()),  # noqa: PLW1509 — this process has one thread
            )
        except (OSError, MarsadError) as error:
            self._failed(child, f"could not be started: {error}")
            return
        assert child.popen.stdout is not None
        os.set_blocking(child.popen.stdout.fileno(), False)
        self._selector.register(child.popen.stdout, selectors.EVENT_READ, child)
        self.say("system", f"{child.process.name} started (pid {child.popen.pid})")
        if child.process.ready and not child.process.ready():
            self.say("system", f"{child.process.name} does not answer yet")

    # --- output

    def _read(self, child: _Child) -> bool:
        """Pass on the lines that are there; False at the end of the output."""
        assert child.popen is not None
        assert child.popen.stdout is not None
        try:
            data = os.read(child.popen.stdout.fileno(), LONGEST_LINE)
        except BlockingIOError:
            return True
        if not data:
            self._selector.unregister(child.popen.stdout)
            child.popen.stdout.close()
            self._flush(child)
            return False
        *lines, child.rest = (child.rest + data).split(b"\n")
        if len(child.rest) >= LONGEST_LINE:
            lines, child.rest = [*lines, child.rest], b""
        for line in lines:
            self._tell(child, line)
        return True

    def _flush(self, child: _Child) -> None:
        """The last words of a process that ended without a newline."""
        if child.rest:
            self._tell(child, child.rest)
            child.rest = b""

    def _tell(self, child: _Child, line: bytes) -> None:
        """One line of a process, unless it is chatter."""
        text = line.decode("utf-8", "replace").rstrip("\r")
        if not any(chatter in text for chatter in child.process.hide):
            self.say(child.process.name, text)

    # --- ends

    def _reap(self) -> None:
        """Notice the processes that ended, clear their sessions, and plan their next start."""
        for child in self._children:
            if child.popen is None or child.popen.poll() is None:
                continue
            _signal_session(child.popen.pid, signal.SIGKILL)
            self._drain(child)
            code, child.popen = child.popen.returncode, None
            if self._stopping_since is not None:
                self.say("system", f"{child.process.name} {ending(code)}")
                continue
            self._failed(child, ending(code))

    def _drain(self, child: _Child) -> None:
        """Read what is still in the pipe; its writers are dead, so this ends."""
        assert child.popen is not None
        assert child.popen.stdout is not None
        until = time.monotonic() + 1
        while not child.popen.stdout.closed and time.monotonic() < until:
            if not self._read(child):
                return
            time.sleep(0.005)
        if not child.popen.stdout.closed:
            self._selector.unregister(child.popen.stdout)
            child.popen.stdout.close()
            self._flush(child)

    def _failed(self, child: _Child, how: str) -> None:
        """Plan the next start."""
        lasted = time.monotonic() - child.started_at
        child.failures = 0 if lasted >= STEADY_S else child.failures + 1
        delay = restart_delay_s(child.failures)
        child.start_at = time.monotonic() + delay
        self.say(
            "system", f"{child.process.name} {how} after {lasted:.0f} s; starting it again in {delay:g} s"
        )

    # --- stopping

    def _obey(self) -> None:
        """Act on signals: the first stops all in order, a second one kills."""
        orders, self._orders = self._orders, []
        for number in orders:
            if self._stopping_since is None:
                self._stopping_since = time.monotonic()
                self.say("system", f"{signal.Signals(number).name}: stopping (again: at once)")
            elif number == signal.SIGINT:
                self.say("system", "stopping at once")
                self._kill(c for c in self._children if not c.process.last)

    def _stopped(self) -> bool:
        """Go on with stopping; True when nothing runs any more."""
        now = time.monotonic()
        assert self._stopping_since is not None
        first = [c for c in self._children if c.popen and not c.process.last]
        last = [c for c in self._children if c.popen and c.process.last]
        if first:
            self._ask(first, now - self._stopping_since)
            if now - self._stopping_since > self.kill_wait_s:
                self._kill(first)
            return False
        if last:
            self._last_since = self._last_since or now
            self._ask(last, now - self._last_since)
            if now - self._last_since > 5:
                self._kill(last)
        return not last

    def _ask(self, children: Iterable[_Child], waited_s: float) -> None:
        """Ask the leaders alone, once in each way."""
        for child in children:
            asks = child.process.asks
            if child.popen and child.asked < len(asks) and waited_s >= child.asked * self.ask_again_s:
                child.popen.send_signal(asks[child.asked])
                child.asked += 1

    def _kill(self, children: Iterable[_Child]) -> None:
        """SIGKILL to whole sessions."""
        for child in children:
            if child.popen and child.popen.poll() is None:
                self._killed = True
                self.say("system", f"{child.process.name} did not stop; killing it")
                _signal_session(child.popen.pid, signal.SIGKILL)
                child.popen.wait()


def _signal_session(leader: int, number: signal.Signals) -> None:
    """To all of the process group that `leader` led, also when the leader itself is gone."""
    try:
        os.killpg(leader, number)
    except (ProcessLookupError, PermissionError):
        return


def _end_with_parent(parent: int) -> Callable[[], None] | None:
    """What a child does between fork and exec: ask the kernel for SIGTERM when its parent dies (Linux)."""
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def arrange() -> None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(0)

    return arrange
