"""`marsad feeds …` and `marsad run-once` as a person runs them, against a logging server on loopback."""

import asyncio
import json
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from tests.support.pollkit import LogServer, dated, rss
from worker import bootstrap
from worker.cli import build
from worker.errors import MarsadError


@contextmanager
def served():
    """The logging server in a thread of its own: commands run their own event loop."""
    server, ready, stop = LogServer(), threading.Event(), None

    async def main():
        nonlocal stop
        stop = asyncio.Event()
        async with server.running_on():
            loop.append(asyncio.get_running_loop())
            ready.set()
            await stop.wait()

    loop = []
    thread = threading.Thread(target=lambda: asyncio.run(main()))
    thread.start()
    assert ready.wait(10)
    try:
        yield server
    finally:
        loop[0].call_soon_threadsafe(stop.set)
        thread.join()


@pytest.fixture
def server():
    with served() as made:
        yield made


@pytest.fixture
def marsad(tmp_path, monkeypatch, server):
    """Run a command in a home of its own; gives its result."""
    for name, value in {
        "MARSAD_HOME": str(tmp_path),
        "MARSAD_ALLOW_ADDRESSES": f"127.0.0.1:{server.port}",
        "MARSAD_POLL_PER_HOST": "8",
        "DATABASE_URL": f"sqlite:///{tmp_path}/marsad.sqlite",
    }.items():
        monkeypatch.setenv(name, value)
    monkeypatch.delenv("REDIS_URL", raising=False)

    def run(*words, fails=False):
        monkeypatch.setattr(bootstrap, "_house", None)
        result = CliRunner().invoke(build(words), list(words), catch_exceptions=True)
        if bootstrap._house is not None:
            bootstrap._house.close()
        assert bool(result.exit_code) is fails, (result.output, result.exception)
        return result

    return run


def test_a_list_is_polled_once_into_a_new_file_and_again_without_a_change(server, marsad, tmp_path):
    now = datetime.now(UTC)
    for number in range(5):
        server.put(
            f"/{number}",
            rss(*(dated(f"f{number}-{n}", now - timedelta(hours=n)) for n in range(3))),
            ETag='"1"',
        )
    feeds = tmp_path / "feeds.txt"
    feeds.write_text(
        "# a remark\n" + "\n".join(server.url(f"/{number}") for number in (*range(5), "missing"))
    )
    words = ("run-once", "--feeds", str(feeds), "--database", str(tmp_path / "n.sqlite"), "--through", "poll")
    first = json.loads(marsad(*words, "--json").output)["poll"]
    assert (first["feeds"], first["items"], first["failed"], first["errors"]) == (6, 15, 1, {"http": 1})
    assert first["faults"] == [
        {"feed": server.url("/missing"), "fault": "there is nothing at this address (404)"}
    ]
    again = marsad(*words).output
    assert "6 feeds: 0 new or edited items, 5 unchanged, 1 failed" in again
    assert "there is nothing at this address (404)" in again


def test_a_large_first_poll_is_shared_by_two_processes_and_loses_nothing(server, marsad, tmp_path):
    for number in range(70):
        server.put(f"/{number}", rss(f"one of {number}", f"two of {number}"))
    server.put("/69", status=500)
    feeds = tmp_path / "feeds.txt"
    # Two spellings of one host, so that both halves get their share.
    hosts = ("127.0.0.1", "localhost")
    feeds.write_text("\n".join(server.url(f"/{n}", host=hosts[n % 2]) for n in range(70)))
    found = marsad(
        "run-once", "--feeds", str(feeds), "--database", str(tmp_path / "n.sqlite"), "--through", "poll",
        "--allow", "localhost:*", "--json",
    )  # fmt: skip
    poll = json.loads(found.output)["poll"]
    assert (poll["feeds"], poll["items"], poll["failed"]) == (70, 138, 1)
    assert len(server.log) == 70


def test_feeds_are_added_listed_paused_resumed_and_exported(server, marsad, tmp_path):
    marsad("migrate")
    server.put(
        "/",
        b"<html><link rel=alternate type=application/rss+xml href=/feed></html>",
        Content_Type="text/html",
    )
    server.put("/feed", rss("one", title="The Desk"))
    assert "Added" in marsad("feeds", "add", server.url("/"), "--folder", "Iraq").output
    assert "there already" in marsad("feeds", "add", server.url("/feed")).output
    marsad("run-once", "--through", "poll")
    (row,) = [
        one
        for one in json.loads(marsad("feeds", "list", "--json").output)
        if one["url"] == server.url("/feed")
    ]
    assert (row["name"], row["status"], row["folder"]) == ("The Desk", "ok", "Iraq")
    number = str(row["id"])
    marsad("feeds", "pause", number)
    assert "The Desk" in marsad("feeds", "list", "--status", "paused").output
    marsad("feeds", "resume", number)
    out = tmp_path / "out.opml"
    marsad("feeds", "export", str(out))
    assert server.url("/feed") in out.read_text()
    assert "0 feeds added" in marsad("feeds", "import", str(out)).output


def test_check_and_discover_say_what_they_find(server, marsad):
    server.put("/feed", rss("one", "two", title="The Desk"), ETag='"1"')
    found = json.loads(marsad("feeds", "check", server.url("/feed"), "--json").output)
    assert (found["format"], found["entries"], found["undated"], found["validators"]) == (
        "rss20",
        2,
        2,
        ["etag"],
    )
    assert "2 entries" in marsad("feeds", "discover", server.url("/feed")).output


def test_wrong_lists_numbers_and_rooms_are_named(server, marsad, tmp_path):
    marsad("migrate")
    wrong = tmp_path / "feeds.txt"
    wrong.write_text("https://a.example/\nnot an address\n")
    for words, message in (
        (("run-once", "--feeds", str(wrong)), "feeds.txt:2"),
        (("run-once", "--through", "moon"), "there is no room 'moon'"),
        (("feeds", "pause", "99"), "there is no feed 99"),
        (("feeds", "redirect", "99"), "does not move anywhere"),
    ):
        fault = marsad(*words, fails=True).exception
        assert isinstance(fault, MarsadError)
        assert message in str(fault)
