"""A failing task of a real worker reaches Sentry: once, with its name, without secrets."""

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from config.settings import load
from tests.support.sentrydouble import SentryDouble
from worker import bundled
from worker.app import build

ROOT = Path(__file__).resolve().parents[2]
CANARY = "canary55d1"

pytestmark = [pytest.mark.processes, pytest.mark.timeout(200)]


@pytest.fixture
def sink():
    """A Sentry's address with the canary as its key, and what it is sent."""
    with SentryDouble() as double:
        yield double.dsn(CANARY), double.received


def test_a_failing_tick_is_reported_and_checked_in_as_failed(sink, tmp_path):
    dsn, received = sink
    path = bundled.prepare(tmp_path)
    server = subprocess.Popen(bundled.command(path), env=bundled.environment(), stdout=subprocess.DEVNULL)
    url = bundled.address(tmp_path)
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "MARSAD_HOME": str(tmp_path), "REDIS_URL": url,
        # Never migrated, so that the tick fails; the name of the file is in the error's text.
        "DATABASE_URL": f"sqlite:///{tmp_path}/never.sqlite?token={CANARY}",
        "SENTRY_DSN": dsn, "SENTRY_ENVIRONMENT": "test", "MARSAD_PROCESS": "worker-alert",
        "MARSAD_ALERT_PROCESSES": "1", "MARSAD_WEBHOOK_URL": f"https://example.org/{CANARY}",
    }  # fmt: skip
    code = "from worker.cli import main; main(['worker', 'alert'])"
    log = (tmp_path / "log").open("w")
    worker = subprocess.Popen([sys.executable, "-c", code], env=env, stdout=log, stderr=log)
    try:
        assert bundled.wait_ready(path)
        build(replace(load({"HOME": "/nowhere"}), redis_url=url)).send_task("marsad.tick")
        until = time.monotonic() + 120
        items = []
        while time.monotonic() < until:
            items = [json.loads(line) for body in list(received) for line in body.splitlines()]
            if any("exception" in i for i in items) and any("monitor_slug" in i for i in items):
                break
            time.sleep(0.2)
    finally:
        worker.kill()
        worker.wait()
        server.kill()
        server.wait()
        log.close()
    (event,) = [i for i in items if "exception" in i]
    (checked,) = [i for i in items if "monitor_slug" in i]
    assert event["transaction"] == "marsad.tick"
    assert event["environment"] == "test"
    assert dict(event["tags"])["process"] == "worker-alert"
    assert (checked["monitor_slug"], checked["status"]) == ("marsad-tick", "error")
    assert CANARY not in json.dumps([event, checked])
    assert CANARY not in (tmp_path / "log").read_text()
