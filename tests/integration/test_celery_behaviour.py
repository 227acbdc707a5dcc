"""Celery over a real server: what is refused, what is waited for, what a bell looks like."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import redis
from kombu.exceptions import OperationalError

from config.settings import load
from worker import bundled
from worker.app import HARD_LIMIT_S, VISIBILITY_S, broker_url, build, check_broker
from worker.errors import ConfigError
from worker.queues import QUEUE_OF

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def server(tmp_path):
    """The bundled server; gives its process and its address."""
    path = bundled.prepare(tmp_path)
    popen = subprocess.Popen(bundled.command(path), env=bundled.environment(), stdout=subprocess.DEVNULL)
    assert bundled.wait_ready(path)
    yield popen, bundled.address(tmp_path)
    popen.send_signal(signal.SIGCONT)
    popen.kill()
    popen.wait()


def app_on(url):
    return build(replace(load({"HOME": "/nowhere"}), redis_url=url))


def test_a_socket_s_address_is_written_as_celery_reads_it():
    assert broker_url("unix:///run/x.sock") == "redis+socket:///run/x.sock"
    assert broker_url("rediss://:p@h:6380/1") == "rediss://:p@h:6380/1"


def test_the_limits_are_in_the_order_that_keeps_work_from_being_done_twice():
    conf = app_on("redis://127.0.0.1/0").conf
    assert conf.task_soft_time_limit < conf.task_time_limit == HARD_LIMIT_S < 90 < VISIBILITY_S
    assert conf.broker_transport_options["visibility_timeout"] == VISIBILITY_S
    assert conf.broker_transport_options["socket_timeout"] < conf.task_soft_time_limit
    assert conf.task_acks_late
    assert conf.worker_prefetch_multiplier == 1
    assert conf.accept_content == ["json"]
    assert conf.task_ignore_result
    assert conf.result_backend is None
    assert conf.worker_max_tasks_per_child
    assert conf.worker_max_memory_per_child
    assert conf.worker_soft_shutdown_timeout > 0
    assert os.environ["REMAP_SIGTERM"] == "SIGQUIT"


def test_every_task_is_named_explicitly_has_a_queue_and_is_there():
    code = (
        "import json; from worker.app import app; app.loader.import_default_modules();"
        "print(json.dumps({n: app.amqp.router.route({}, n)['queue'].name for n in app.tasks if n.startswith('marsad')}))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/nowhere"}
    out = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert json.loads(out.stdout.splitlines()[-1]) == {f"marsad.{n}": q for n, q in QUEUE_OF.items()}


def test_the_tasks_are_ours_although_the_working_directory_has_some_too(tmp_path):
    (tmp_path / "tasks").mkdir()
    (tmp_path / "tasks" / "__init__.py").write_text("")
    (tmp_path / "tasks" / "tick.py").write_text("raise SystemExit('the wrong tasks')")
    # As the console script does it: the script's folder is first on the path, not the working directory.
    script = tmp_path / "bin" / "program.py"
    script.parent.mkdir()
    script.write_text(
        "from worker.app import app; app.loader.import_default_modules(); import tasks; print(tasks.__file__)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": "/nowhere"}
    out = subprocess.run(
        [sys.executable, script], env=env, cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert out.returncode == 0, out.stderr
    assert Path(out.stdout.strip()).parent == ROOT / "tasks"


def test_a_bell_is_json_carries_no_arguments_and_expires(server):
    _, url = server
    app_on(url).send_task("marsad.read", expires=60)
    with redis.Redis.from_url(url) as client:
        message = json.loads(client.lindex("read", 0))
    assert message["content-type"] == "application/json"
    assert message["headers"]["argsrepr"] == "()"
    assert message["headers"]["expires"]
    assert message["headers"]["eta"] is None


def test_a_frozen_server_costs_seconds_and_not_for_ever(server):
    popen, url = server
    app = app_on(url)
    app.send_task("marsad.tick")
    popen.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    with pytest.raises((OperationalError, OSError)):
        app.send_task("marsad.tick")
    assert time.monotonic() - began < 45


PROBE = """
import pathlib, sys, time
from worker.app import app
from worker.stall import exit_code

@app.task(name="probe")
def probe(name, seconds):
    (pathlib.Path(sys.argv[1]) / f"{name}.begun").touch()
    time.sleep(seconds)
    (pathlib.Path(sys.argv[1]) / f"{name}.ended").touch()

app.start(["--quiet", "worker", "--queues=poll", "--concurrency=1", "--loglevel=WARNING",
           "--without-gossip", "--without-mingle", "--without-heartbeat"])
sys.exit(exit_code())
"""


def comes(what, within_s):
    until = time.monotonic() + within_s
    while time.monotonic() < until and not what():
        time.sleep(0.1)
    return what()


@pytest.mark.timeout(180)
def test_a_worker_whose_server_died_under_its_task_hears_again_or_ends(server, tmp_path):
    popen, url = server
    app, marks = app_on(url), tmp_path / "marks"
    marks.mkdir()
    worker = subprocess.Popen(
        [sys.executable, "-c", PROBE, marks], env={**os.environ, "PYTHONPATH": str(ROOT), "REDIS_URL": url}
    )
    try:
        app.send_task("probe", ("first", 3), queue="poll")
        assert comes((marks / "first.begun").exists, 30)
        popen.kill()
        popen.wait()
        assert comes((marks / "first.ended").exists, 30)
        time.sleep(1)  # the acknowledgement has failed by now
        path = bundled.prepare(tmp_path)
        again = subprocess.Popen(bundled.command(path), env=bundled.environment(), stdout=subprocess.DEVNULL)
        try:
            assert bundled.wait_ready(path)
            app_on(url).send_task("probe", ("second", 0), queue="poll")
            assert comes(lambda: (marks / "second.ended").exists() or worker.poll() is not None, 60)
            assert (marks / "second.ended").exists() or worker.returncode == 1
        finally:
            again.kill()
            again.wait()
    finally:
        worker.kill()
        worker.wait()


def test_a_server_that_may_throw_bells_away_is_refused(server):
    _, url = server
    check_broker(url)
    with redis.Redis.from_url(url) as client:
        client.config_set("maxmemory-policy", "allkeys-lru")
    with pytest.raises(ConfigError, match="maxmemory-policy is allkeys-lru"):
        check_broker(url)
    done = subprocess.run(
        [sys.executable, "-c", "from worker.cli import main; main(['worker', 'alert'])"],
        env={**os.environ, "PYTHONPATH": str(ROOT), "REDIS_URL": url},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "noeviction" in done.stderr


def test_a_server_that_is_not_there_is_no_fault_of_the_settings(tmp_path):
    check_broker(f"unix://{tmp_path}/nothing.sock")


@pytest.mark.parametrize("command", [["worker", "poll"], ["beat"]])
def test_without_a_server_the_single_processes_say_what_to_do(command, tmp_path):
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "MARSAD_HOME": str(tmp_path)}
    code = f"from worker.cli import main; main({command!r})"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "REDIS_URL" in done.stderr
    assert "marsad up" in done.stderr
