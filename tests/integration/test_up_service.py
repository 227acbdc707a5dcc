"""`marsad up` for real: every Procfile line, on the bundled server and on a real Redis and PostgreSQL."""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from worker import bundled
from worker.up.processes import PROCFILE, parse

ROOT = Path(__file__).resolve().parents[2]
NAMES = list(parse(PROCFILE))
MARSAD = [sys.executable, "-c", "from worker.cli import main; main()"]

pytestmark = [pytest.mark.processes, pytest.mark.timeout(300)]


class Service:
    """A `marsad up` whose log is read as it grows."""

    def __init__(self, home, **env):
        self.home, self.log = home, home / "log"
        home.mkdir(exist_ok=True)
        (home / "feeds.yaml").write_text("feeds:\n  - {name: Nobody, url: 'http://127.0.0.1:9/feed.xml'}\n")
        # The console script, wherever this Python has it: the processes find `marsad` on the path.
        bin_ = home / "bin"
        bin_.mkdir(exist_ok=True)
        (bin_ / "marsad").write_text(f"#!{sys.executable}\nfrom worker.cli import main\nmain()\n")
        (bin_ / "marsad").chmod(0o755)
        (bin_ / "python").unlink(missing_ok=True)
        self.env = {
            "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "HOME": str(home),
            "MARSAD_HOME": str(home),
            "MARSAD_FEEDS_FILE": str(home / "feeds.yaml"),
            "MARSAD_WEB_PORT": "0",
            "MARSAD_TICK_SECONDS": "1",
            "MARSAD_STOP_SECONDS": "5",
            **env,
        }
        self.popen = None

    def start(self):
        with self.log.open("w") as out:
            self.popen = subprocess.Popen(
                [*MARSAD, "up"], env=self.env, stdout=out, stderr=out, cwd=self.home, start_new_session=True
            )
        return self

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(60)
            except subprocess.TimeoutExpired:
                self.popen.kill()

    def text(self):
        return self.log.read_text(errors="replace")

    def wait_for(self, pattern, count=1, within_s=120):
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            found = re.findall(pattern, self.text())
            if len(found) >= count:
                return found
            assert self.popen.poll() is None, self.text()
            time.sleep(0.2)
        raise AssertionError(f"{pattern!r} did not come {count} times:\n{self.text()[-6000:]}")

    def pid(self, name):
        return int(re.findall(rf"{name} started \(pid (\d+)\)", self.text())[-1])

    def status(self):
        done = subprocess.run(
            [*MARSAD, "status", "--json"], env=self.env, capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    def wait_for_tick(self, within_s=90):
        """Until a tick comes that was not there before."""
        before = self.status()["last_tick"]
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            if self.status()["last_tick"] not in (None, before):
                return
            time.sleep(0.5)
        raise AssertionError(f"no tick:\n{self.text()[-6000:]}")

    def page(self):
        port = self.wait_for(r"the page is at http://127\.0\.0\.1:(\d+)/")[-1]
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
            return answer.status


def gone(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_every_process_comes_up_on_the_bundled_server_survives_kills_and_stops(tmp_path):
    service = Service(tmp_path / "home")
    with service:
        service.wait_for(r"@\S+ ready", 3)
        service.wait_for_tick()
        assert service.page() == 200
        pids = [service.pid(name) for name in [*NAMES, "server"]]

        second = subprocess.run([*MARSAD, "up"], env=service.env, capture_output=True, text=True, check=False)
        assert second.returncode == 1
        assert "already running here" in second.stderr

        for name in ("worker-alert", "server", "beat"):
            os.kill(service.pid(name), signal.SIGKILL)
            service.wait_for(rf"{name} was ended by SIGKILL")
            service.wait_for_tick()
        assert service.pid("worker-read") in pids

        began = time.monotonic()
        service.popen.send_signal(signal.SIGINT)
        assert service.popen.wait(60) == 0, service.text()[-3000:]
        assert time.monotonic() - began < 30
        pids += [service.pid(name) for name in [*NAMES, "server"]]
    assert all(gone(pid) for pid in pids)
    ends = re.findall(r"system +\| \S+ (\S+) (?:ended|was ended)", service.text())
    assert ends[-1] == "server"


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="only Linux tells children of their parent's death"
)
def test_a_killed_supervisor_takes_everything_along_and_the_next_start_is_clean(tmp_path):
    with Service(tmp_path / "home") as service:
        service.wait_for(r"@\S+ ready", 3)
        pids = [service.pid(name) for name in [*NAMES, "server"]]
        service.popen.kill()
        service.popen.wait()
        until = time.monotonic() + 60
        while not all(map(gone, pids)) and time.monotonic() < until:
            time.sleep(0.2)
        assert all(map(gone, pids))
        service.start()
        service.wait_for(r"@\S+ ready", 3)
        service.wait_for_tick()


@pytest.mark.postgres
def test_every_process_comes_up_on_a_real_redis_and_postgresql(tmp_path, postgres_url):
    path = bundled.prepare(tmp_path / "redis")
    # The same server, but as an external one: its own process, on a port, with a password.
    command = bundled.command(path)
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command[command.index("--port") + 1] = str(port)
    command += ["--requirepass", "geheim", "--bind", "127.0.0.1"]
    server = subprocess.Popen(command, env=bundled.environment(), stdout=subprocess.DEVNULL)
    try:
        env = {"REDIS_URL": f"redis://:geheim@127.0.0.1:{port}/0", "DATABASE_URL": postgres_url}
        with Service(tmp_path / "home", **env, MARSAD_LOG_FORMAT="json") as service:
            service.wait_for(r"@\S+ ready", 3)
            service.wait_for_tick()
            assert service.page() == 200
            service.popen.terminate()
            assert service.popen.wait(60) == 0, service.text()[-4000:]
        lines = [json.loads(line) for line in service.text().splitlines() if line.startswith("{")]
        assert {line.get("process") for line in lines} >= {"system", "web", "worker-poll", "worker-read"}
        assert all(line["timestamp"].endswith("Z") for line in lines)
        assert "geheim" not in service.text()
    finally:
        server.kill()
        server.wait()


def test_a_wrong_setting_ends_it_with_one_line_before_anything_is_started(tmp_path):
    service = Service(tmp_path / "home", MARSAD_FRESH_HORS="1")
    done = subprocess.run([*MARSAD, "up"], env=service.env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
    assert (
        done.stderr
        == "marsad: MARSAD_FRESH_HORS: there is no such setting — did you mean MARSAD_FRESH_HOURS?\n"
    )


def test_a_wrong_feeds_file_ends_it_with_its_line(tmp_path):
    service = Service(tmp_path / "home")
    (tmp_path / "home" / "feeds.yaml").write_text("feeds:\n  - {name: X, url: nonsense}\n")
    done = subprocess.run([*MARSAD, "up"], env=service.env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "feeds.yaml:2" in done.stderr
    assert "server started" not in done.stdout
