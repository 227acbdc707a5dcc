"""The bundled server: started for real, killed, frozen, left over."""

import os
import signal
import stat
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
import redis

from worker import bundled
from worker.errors import ConfigError

pytestmark = pytest.mark.processes


@pytest.fixture
def start():
    """Start servers; whatever still runs at the end is killed by its own process object."""
    running = []

    def go(home):
        path = bundled.prepare(home)
        popen = subprocess.Popen(bundled.command(path), env=bundled.environment(), stdout=subprocess.DEVNULL)
        running.append(popen)
        assert bundled.wait_ready(path)
        return popen, path

    yield go
    for popen in running:
        popen.kill()
        popen.wait()


def test_it_listens_on_a_private_socket_and_on_no_port_and_evicts_nothing(tmp_path, start):
    popen, path = start(tmp_path)
    client = redis.Redis.from_url(bundled.address(tmp_path))
    assert client.ping()
    assert client.info("server")["tcp_port"] == 0
    assert client.info("memory")["maxmemory_policy"] == "noeviction"
    assert client.info("server")["process_id"] == popen.pid
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_server_left_over_from_a_killed_run_is_ended_and_its_place_taken(tmp_path, start):
    old, _ = start(tmp_path)
    new, path = start(tmp_path)
    assert old.wait(5) is not None
    assert bundled.answers(path) == new.pid


def test_a_frozen_leftover_is_recognised_by_what_it_runs_and_killed(tmp_path, start):
    old, path = start(tmp_path)
    os.kill(old.pid, signal.SIGSTOP)
    assert bundled.answers(path, timeout_s=0.2) is None
    new, _ = start(tmp_path)
    assert old.wait(5) == -signal.SIGKILL
    assert bundled.answers(path) == new.pid


def test_a_stale_socket_and_a_process_id_that_is_now_another_program_do_no_harm(tmp_path, start):
    path = bundled.prepare(tmp_path)
    path.with_suffix(".pid").write_text(str(os.getpid()))
    path.touch()
    popen, _ = start(tmp_path)
    assert bundled.answers(path) == popen.pid


def test_a_home_with_a_long_path_gets_its_socket_elsewhere_always_at_the_same_place(tmp_path, start):
    home = tmp_path / ("long" * 30)
    path = bundled.socket_path(home)
    assert len(os.fsencode(path)) <= bundled.LONGEST_SOCKET
    assert path == bundled.socket_path(home)
    assert path != bundled.socket_path(tmp_path / ("long" * 31))
    popen, _ = start(home)
    assert bundled.answers(path) == popen.pid
    popen.kill()
    popen.wait()
    for leftover in path.parent.iterdir():
        leftover.unlink()
    path.parent.rmdir()


def test_a_folder_that_is_a_link_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "run").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="not a folder of this user"):
        bundled.prepare(tmp_path)


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells children of their parent's death"
)
def test_it_ends_when_its_supervisor_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys
            from pathlib import Path
            from worker.up.service import server_process
            from worker.up.supervise import Supervisor
            server = server_process(Path(sys.argv[1]))
            Supervisor([server], lambda name, line: print(line, flush=True), 2, 5).run()
            """
        )
    )
    root = Path(__file__).resolve().parents[2]
    parent = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "home")],
        env={**os.environ, "PYTHONPATH": str(root)},
        stdout=subprocess.DEVNULL,
    )
    path = bundled.socket_path(tmp_path / "home")
    assert bundled.wait_ready(path)
    pid = bundled.answers(path)
    parent.kill()
    parent.wait()
    until = time.monotonic() + 5
    while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()
