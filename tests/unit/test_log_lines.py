"""Log lines: one an event, in UTC, with the ids that were bound, without secrets."""

import json
import logging

import pytest
import structlog

from worker import log


@pytest.fixture
def lines(capsys):
    """Configure, and give what was written since, line by line."""
    before, level = logging.root.handlers[:], logging.root.level

    def read():
        return capsys.readouterr().err.splitlines()

    yield read
    structlog.contextvars.clear_contextvars()
    structlog.reset_defaults()
    logging.captureWarnings(capture=False)
    logging.root.handlers, logging.root.level = before, level


def configure(style="json", level="info", **more):
    log.configure(style=style, level=level, process="worker-read", **more)


def test_a_json_line_names_process_time_level_and_ids(lines):
    configure()
    with log.bound(feed=3, item=7):
        structlog.get_logger("marsad.read").info("relevant", language="ckb", text="بەغدا")
    (line,) = lines()
    event = json.loads(line)
    assert event["process"] == "worker-read"
    assert event["timestamp"].endswith("Z")
    assert (event["level"], event["event"]) == ("info", "relevant")
    assert (event["feed"], event["item"], event["language"]) == (3, 7, "ckb")
    assert "بەغدا" in line


def test_the_standard_library_s_lines_carry_the_ids_too(lines):
    configure()
    with log.bound(story=12, alert=4):
        logging.getLogger("x").warning("slow %s", "answer", extra={"seconds": 2})
    event = json.loads(lines()[0])
    assert (event["event"], event["story"], event["alert"], event["seconds"]) == ("slow answer", 12, 4, 2)


def test_ids_end_with_their_block_and_with_their_task(lines):
    configure()
    log.begin(task="read", run="a")
    with log.bound(item=1):
        pass
    structlog.get_logger().info("one")
    log.begin(task="link", run="b")
    structlog.get_logger().info("two")
    one, two = map(json.loads, lines())
    assert "item" not in one
    assert (one["task"], two["task"], two["run"]) == ("read", "link", "b")


def test_secrets_are_masked_wherever_they_stand(lines):
    configure(secrets=("https://hooks.example.org/canary",))
    try:
        raise OSError("cannot reach https://hooks.example.org/canary")
    except OSError:
        logging.getLogger("x").exception("failed: %s", "https://hooks.example.org/canary")
    (line,) = lines()
    assert "canary" not in line
    assert "cannot reach" in json.loads(line)["exception"]


@pytest.mark.parametrize("style", ["json", "people"])
def test_a_fault_that_quotes_a_secret_of_a_feed_is_scrubbed_by_its_shape(lines, style):
    configure(style)
    try:
        raise OSError("GET https://user:canary@example.org/rss?token=canary: 500")
    except OSError:
        logging.getLogger("x").exception("not polled", extra={"basic_auth": ["user", "canary"], "feed": 3})
    written = "\n".join(lines())
    assert "canary" not in written
    assert "example.org/rss" in written


def test_people_read_a_short_time_in_utc_and_no_module_paths(lines):
    configure("people")
    structlog.get_logger("marsad.x").info("polled", feeds=3)
    (line,) = lines()
    assert "polled" in line
    assert "feeds=3" in line
    assert "marsad.x" not in line
    assert line.split()[0].endswith("Z")


def test_less_important_lines_are_left_out(lines):
    configure(level="warning")
    structlog.get_logger("marsad").info("no")
    logging.getLogger("celery.beat").info("no")
    structlog.get_logger("marsad").warning("yes")
    assert [json.loads(line)["event"] for line in lines()] == ["yes"]


def test_a_lost_broker_is_one_line_without_a_traceback(lines):
    configure("people")
    try:
        raise ConnectionError("refused")
    except ConnectionError:
        logging.getLogger("celery.beat").exception("Message Error: refused\nTraceback\n  more")
    assert len(lines()) == 1


@pytest.mark.parametrize(("wanted", "style"), [("json", "json"), ("people", "people"), ("auto", "json")])
def test_auto_means_people_only_where_one_may_be_looking(wanted, style, capsys):
    assert log.style_for(wanted) == style
