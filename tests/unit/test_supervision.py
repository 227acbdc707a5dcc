"""The supervisor's decisions, and its handling of real (small) processes."""

import io
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path

import pytest

from worker.errors import ConfigError, MarsadError
from worker.up import processes
from worker.up.printer import Printer
from worker.up.processes import Process, ending, parse, restart_delay_s
from worker.up.service import check_port, locked
from worker.up.supervise import Supervisor

ROOT = Path(__file__).resolve().parents[2]


def test_the_procfile_and_its_copy_in_the_package_name_the_same_processes():
    assert parse((ROOT / "Procfile").read_text()) == parse(processes.PROCFILE)


def test_every_line_begins_with_exec_so_that_no_shell_stands_between():
    assert all(line.startswith("exec ") for line in parse(processes.PROCFILE).values())


@pytest.mark.parametrize("line", ["web", "web:", ": exec x", "a b: exec x", "server: exec x"])
def test_a_line_that_is_none_is_named_with_its_number(line):
    with pytest.raises(ConfigError, match="Procfile:2"):
        parse(f"# first\n{line}\n")


def test_a_name_may_be_used_once():
    with pytest.raises(ConfigError, match="taken"):
        parse("a: exec x\na: exec y\n")


def test_an_empty_procfile_is_refused():
    with pytest.raises(ConfigError):
        parse("# nothing\n")


def test_restarts_wait_longer_each_time_but_never_longer_than_half_a_minute():
    delays = [restart_delay_s(n) for n in range(12)]
    assert delays[0] < 0.5
    assert delays == sorted(delays)
    assert max(delays) == 30


@pytest.mark.parametrize(
    ("code", "words"),
    [(0, "ended with code 0"), (-9, "was ended by SIGKILL"), (-99, "was ended by signal 99")],
)
def test_an_end_is_told_in_words(code, words):
    assert ending(code) == words


class Stage:
    """A supervisor over small Python scripts; says are kept and can be waited for."""

    def __init__(self, tmp_path, kill_wait_s=3.0):
        self.tmp_path, self.kill_wait_s, self.said, self.processes = tmp_path, kill_wait_s, [], []

    def add(self, name, code, **more):
        script = self.tmp_path / f"{name}.py"
        script.write_text(textwrap.dedent(code))
        self.processes.append(Process(name, (sys.executable, "-u", str(script)), dict(os.environ), **more))

    def say(self, name, line):
        self.said.append((name, line))

    def run(self, script):
        """Run in this (the main) thread while `script` acts in another; returns the exit code."""
        supervisor = Supervisor(self.processes, self.say, self.kill_wait_s / 3, self.kill_wait_s)
        failed = []

        def act():
            try:
                script(supervisor)
            except BaseException as error:  # noqa: BLE001 — told in the main thread
                failed.append(error)
            finally:
                supervisor.stop()

        actor = threading.Thread(target=act)
        actor.start()
        code = supervisor.run()
        actor.join()
        if failed:
            raise failed[0]
        return code

    def wait_for(self, text, count=1, within_s=10):
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            hits = [line for _, line in self.said if text in line]
            if len(hits) >= count:
                return hits
            time.sleep(0.02)
        raise AssertionError(f"{text!r} not said {count} times in {self.said}")


PATIENT = """
    import os, signal, time
    signal.signal(signal.SIGTERM, lambda *_: (print("bye", flush=True), os._exit(0)))
    print("up", os.getpid(), flush=True)
    while True:
        time.sleep(0.05)
"""


def pid_of(line):
    return int(line.split()[1])


def test_a_killed_process_is_started_again_and_the_others_stay(tmp_path):
    stage = Stage(tmp_path)
    stage.add("one", PATIENT)
    stage.add("two", PATIENT)

    def script(_):
        pids = [pid_of(line) for line in stage.wait_for("up ", 2)]
        os.kill(pids[0], signal.SIGKILL)
        stage.wait_for("up ", 3)
        assert os.kill(pids[1], 0) is None

    assert stage.run(script) == 0
    assert any("was ended by SIGKILL" in line for _, line in stage.said)
    assert sum(line == "bye" for _, line in stage.said) == 2


def test_what_a_dead_leader_leaves_in_its_session_is_killed_before_it_is_started_again(tmp_path):
    stage = Stage(tmp_path)
    stage.add(
        "leader",
        """
        import os, time
        child = os.fork()
        if child == 0:
            while True:
                time.sleep(0.05)
        print("up", child, os.getpid(), flush=True)
        time.sleep(60)
        """,
    )

    def script(_):
        orphan, leader = map(int, stage.wait_for("up ")[0].split()[1:])
        os.kill(leader, signal.SIGKILL)
        stage.wait_for("up ", 2)
        assert not alive(orphan)

    stage.run(script)


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_the_server_starts_first_and_stops_last(tmp_path):
    stage = Stage(tmp_path)
    slow = PATIENT.replace('print("bye"', 'time.sleep(0.4), print("bye worker"')
    stage.add("worker", slow)
    stage.add("server", PATIENT.replace('"bye"', '"bye server"'), last=True, ready=lambda: True)

    stage.run(lambda _: stage.wait_for("up ", 2))
    lines = [line for _, line in stage.said]
    assert lines.index("bye worker") < lines.index("bye server")
    assert next(line for line in lines if " started " in line).startswith("server")


def test_a_process_that_ignores_the_order_is_killed_after_the_kill_wait(tmp_path):
    stage = Stage(tmp_path, kill_wait_s=0.5)
    stage.add("deaf", PATIENT.replace('(print("bye", flush=True), os._exit(0))', "None"))
    assert stage.run(lambda _: stage.wait_for("up ")) == 1
    assert any("killing it" in line for _, line in stage.said)


def test_a_process_that_cannot_start_is_tried_again_with_growing_delay(tmp_path):
    stage = Stage(tmp_path)
    stage.processes.append(Process("gone", (str(tmp_path / "no-such-program"),), {}))
    stage.run(lambda _: stage.wait_for("could not be started", 3))
    delays = [line.rpartition("again in ")[2] for _, line in stage.said if "could not be started" in line]
    assert delays[:3] == ["0.5 s", "1 s", "2 s"]


def test_a_place_that_cannot_be_made_ready_is_a_failed_start(tmp_path):
    stage = Stage(tmp_path)

    def refuse():
        raise MarsadError("the place is taken")

    stage.add("server", PATIENT, last=True, before=refuse)
    stage.run(lambda _: stage.wait_for("the place is taken", 2))


def test_long_and_unfinished_lines_come_through(tmp_path):
    stage = Stage(tmp_path)
    stage.add("wide", "import sys, time\nsys.stdout.write('x' * 200_000 + '\\nlast'); sys.stdout.flush()\n")
    stage.run(lambda _: stage.wait_for("last"))
    assert sum(len(line) for name, line in stage.said if set(line) == {"x"} and name == "wide") % 200_000 == 0


def test_a_process_is_asked_more_firmly_before_it_is_killed(tmp_path):
    stage = Stage(tmp_path, kill_wait_s=6)
    stage.add(
        "polite",
        PATIENT.replace("signal.signal", "signal.signal(signal.SIGINT, signal.SIG_IGN); signal.signal"),
        asks=(signal.SIGINT, signal.SIGTERM),
    )
    assert stage.run(lambda _: stage.wait_for("up ")) == 0
    assert ("polite", "bye") in stage.said


def test_chatter_is_left_out(tmp_path):
    stage = Stage(tmp_path)
    stage.add("noisy", "print('this is chatter'); print('this is news')", hide=("chatter",))
    stage.run(lambda _: stage.wait_for("news"))
    assert not any("chatter" in line for _, line in stage.said)


def test_a_second_interrupt_stops_at_once(tmp_path):
    stage = Stage(tmp_path, kill_wait_s=30)
    stage.add("deaf", PATIENT.replace('(print("bye", flush=True), os._exit(0))', "None"))

    def script(_):
        stage.wait_for("up ")
        os.kill(os.getpid(), signal.SIGINT)
        stage.wait_for("stopping")
        os.kill(os.getpid(), signal.SIGINT)

    began = time.monotonic()
    assert stage.run(script) == 1
    assert time.monotonic() - began < 20


def test_a_home_is_held_once_and_let_go_of(tmp_path):
    home = tmp_path / "home"
    twice = pytest.raises(MarsadError, match=f"already running here .process {os.getpid()}")
    with locked(home), twice, locked(home):
        pass
    with locked(home):
        assert (home / "up.lock").read_text() == f"{os.getpid()}\n"


def test_a_home_that_cannot_be_made_is_a_wrong_setting(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="MARSAD_HOME"), locked(tmp_path / "file" / "home"):
        pass


def test_a_taken_port_is_told_before_anything_starts():
    import socket

    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        with pytest.raises(ConfigError, match="MARSAD_WEB_PORT"):
            check_port("127.0.0.1", holder.getsockname()[1])


def test_lines_carry_their_process_and_json_passes_untouched():
    out = io.StringIO()
    Printer(out, ["web", "worker-poll"], style="people").say("web", "ready")
    assert out.getvalue() == "web         | ready\n"
    out = io.StringIO()
    printer = Printer(out, ["web"], style="json")
    printer.say("web", '{"event": "ready"}')
    printer.say("system", "web started")
    first, second = out.getvalue().splitlines()
    assert first == '{"event": "ready"}'
    assert '"process": "system"' in second


def test_a_reader_that_went_away_ends_the_printing_and_nothing_else():
    class Gone(io.StringIO):
        def write(self, _):
            raise BrokenPipeError

    printer = Printer(Gone(), ["web"], style="people")
    printer.say("web", "one")
    printer.say("web", "two")


ORPHAN = """
    import os, signal, sys, time
    from worker.up.orphan import end_with_supervisor
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    end_with_supervisor()
    child = os.fork()
    if child:
        print(os.getpid(), child, flush=True)
    time.sleep(60)
"""
SUPERVISING = """
    import os, subprocess, sys, time
    from worker.up.orphan import told
    env = {**os.environ, **told(os.getpid(), 0.5)}
    subprocess.Popen([sys.executable, "-c", sys.argv[1]], env=env, start_new_session=True)
    time.sleep(60)
"""


def test_a_process_that_ignores_the_order_dies_with_its_session_when_its_supervisor_was_killed():
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(SUPERVISING), textwrap.dedent(ORPHAN)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as supervisor:
        assert supervisor.stdout is not None
        pids = [int(pid) for pid in supervisor.stdout.readline().split()]
        time.sleep(0.3)
        assert [alive(pid) for pid in pids] == [True, True]
        supervisor.kill()
        until = time.monotonic() + 20
        while any(map(alive, pids)) and time.monotonic() < until:
            time.sleep(0.05)
        assert not any(map(alive, pids))
