"""Hostile answers: size, packing, drips, redirects out of the open internet. Loopback only."""

import asyncio
import gzip
import socket
import time
import zlib

import brotli
import pytest
from backports import zstd

from tests.support.pollkit import LogServer, rss
from worker.errors import FetchError
from worker.feeds.fetch import HttpFetcher
from worker.feeds.guard import AddressGuard
from worker.ports import Request

FEED = rss("one", "two")


def fetch(prepare, *, allow=("127.0.0.0/8:*",), host="127.0.0.1", **request):
    """Fetch /f of a server that `prepare` set up."""

    async def main():
        async with LogServer().running_on() as server:
            prepare(server)
            async with HttpFetcher(AddressGuard(allow), user_agent="Marsad/test") as fetcher:
                return await fetcher.fetch(Request(url=server.url("/f", host=host), **request))

    return asyncio.run(main())


def refused(prepare, kind, **options):
    with pytest.raises(FetchError) as caught:
        fetch(prepare, **options)
    assert caught.value.kind == kind, caught.value
    return str(caught.value)


def raw_deflate(data):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("name", "packed"),
    [
        ("gzip", gzip.compress(FEED)),
        ("gzip", gzip.compress(FEED[:100]) + gzip.compress(FEED[100:])),
        ("x-gzip", gzip.compress(FEED)),
        ("deflate", zlib.compress(FEED)),
        ("deflate", raw_deflate(FEED)),
        ("br", brotli.compress(FEED)),
        ("zstd", zstd.compress(FEED)),
        ("identity", FEED),
        ("gzip", FEED),
        ("", gzip.compress(FEED)),
    ],
)
def test_every_encoding_is_read_and_wrong_labels_are_seen_through(name, packed):
    headers = {"Content_Encoding": name} if name else {}
    assert fetch(lambda server: server.put("/f", packed, **headers)).body == FEED


BIG = b"<rss>" + b"A" * (64 << 20)


@pytest.mark.parametrize("name", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_stopped_while_it_unpacks(name):
    pack = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstd.compress}
    packed = brotli.compress(BIG, quality=3) if name == "br" else pack[name](BIG)
    message = refused(lambda server: server.put("/f", packed, Content_Encoding=name), "too-large")
    assert "100 times" in message


def test_a_bomb_within_the_ratio_still_meets_the_absolute_limit():
    import random

    body = random.Random(1).randbytes(400_000).hex().encode() * 3
    refused(
        lambda server: server.put("/f", gzip.compress(body), Content_Encoding="gzip"),
        "too-large",
        max_bytes=500_000,
    )


def test_a_body_over_the_limit_is_refused_by_its_length_and_without_one():
    message = refused(lambda server: server.put("/f", b"x" * 300_000), "too-large", max_bytes=200_000)
    assert "larger than" in message


@pytest.mark.parametrize(
    ("name", "body"), [("gzip", b"\x1f\x8bbroken"), ("br", b"\xff\xff\xff"), ("rot13", b"x")]
)
def test_a_broken_or_unknown_encoding_is_named(name, body):
    refused(lambda server: server.put("/f", body, Content_Encoding=name), "encoding")


async def _raw_server(write):
    """A server that speaks bytes rather than HTTP."""

    async def serve(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        try:
            await write(writer)
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    return server, server.sockets[0].getsockname()[1]


def raw_fetch(write, **request):
    async def main():
        server, port = await _raw_server(write)
        async with server, HttpFetcher(AddressGuard(["127.0.0.0/8:*"]), user_agent="t") as fetcher:
            return await fetcher.fetch(Request(url=f"http://127.0.0.1:{port}/", **request))

    with pytest.raises(FetchError) as caught:
        asyncio.run(main())
    return caught.value


def test_a_slow_drip_meets_the_total_deadline():
    async def drip(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(1000):
            writer.write(b"<")
            await writer.drain()
            await asyncio.sleep(0.02)

    started = time.monotonic()
    fault = raw_fetch(drip, total_timeout_s=0.4)
    assert fault.kind == "timeout"
    assert time.monotonic() - started < 3


def test_endless_headers_and_garbage_are_refused():
    async def headers(writer):
        writer.write(b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n")
        await writer.drain()

    async def long_line(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 100_000 + b"\r\n\r\n")
        await writer.drain()

    async def garbage(writer):
        writer.write(b"SSH-2.0-OpenSSH\r\n\r\n")
        await writer.drain()

    for write in (headers, long_line, garbage):
        assert raw_fetch(write, total_timeout_s=3).kind == "http"


def test_an_answer_that_breaks_off_is_not_taken_for_a_feed():
    async def broken(writer):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>")
        await writer.drain()

    assert "middle" in raw_fetch(broken).message


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/f",
        "http://169.254.169.254/latest/",
        "http://[::1]:1/",
        "http://10.0.0.1/",
    ],
)
def test_redirects_pass_the_guard_too(target):
    refused(lambda server: server.put("/f", status=302, Location=target), "refused-address")


def test_without_the_allow_list_loopback_is_refused_under_every_name():
    for host in ("127.0.0.1", "localhost", "0x7f000001", "127.1"):
        refused(lambda server: server.put("/f", FEED), "refused-address", allow=(), host=host)


def test_a_name_that_changes_its_address_between_check_and_connect_is_caught(monkeypatch):
    """Rebinding: the resolver is told a public address, the socket is given another."""
    from aiohttp import ThreadedResolver

    async def lie(self, host, port=0, family=0):
        return [
            {
                "hostname": host,
                "host": "127.0.0.1",
                "port": port,
                "family": socket.AF_INET,
                "proto": 6,
                "flags": 0,
            }
        ]

    monkeypatch.setattr(ThreadedResolver, "resolve", lie)
    monkeypatch.setattr(AddressGuard, "check_resolved", lambda *_: True)

    async def main():
        async with HttpFetcher(AddressGuard(), user_agent="t") as fetcher:
            await fetcher.fetch(Request(url="http://rebinding.example/"))

    with pytest.raises(FetchError) as caught:
        asyncio.run(main())
    assert caught.value.kind == "refused-address"


def test_a_refused_name_says_what_it_stands_for():
    message = refused(lambda server: None, "refused-address", allow=(), host="localhost")
    assert "port" in message or "127.0.0.1" in message


def test_a_proxy_carries_the_request_and_must_be_allowed():
    async def main():
        async with LogServer().running_on() as proxy:
            proxy.put("/f", FEED)
            options = {"proxy": proxy.url("")}
            async with HttpFetcher(AddressGuard([f"127.0.0.1:{proxy.port}"]), user_agent="t") as fetcher:
                got = await fetcher.fetch(Request(url="http://feeds.example/f", options=options))
            assert (got.status, proxy.last()["Host"]) == (200, "feeds.example")
            async with HttpFetcher(AddressGuard(), user_agent="t") as fetcher:
                with pytest.raises(FetchError):
                    await fetcher.fetch(Request(url="http://feeds.example/f", options=options))

    asyncio.run(main())


@pytest.mark.parametrize(
    ("status", "words"),
    [(401, "login"), (404, "nothing at this address"), (500, "internal error"), (418, "status 418")],
)
def test_refusals_are_sentences(status, words):
    assert words in refused(lambda server: server.put("/f", status=status), "http")


def test_a_dead_port_is_a_sentence():
    async def main():
        async with HttpFetcher(AddressGuard(["127.0.0.1:*"]), user_agent="t") as fetcher:
            await fetcher.fetch(Request(url="http://127.0.0.1:9/"))

    with pytest.raises(FetchError) as caught:
        asyncio.run(main())
    assert caught.value.kind == "connect"
    assert "no connection" in caught.value.message
