"""A small feed server on loopback for `bench.poll`: everything is rendered before the first request.

    python -m bench.feed_server --feeds 1000 [--broken 0.1] [--port 0]

80 % RSS 2.0, 15 % Atom, 5 % RDF; 30 items of 1.3 KB each; ETag and Last-Modified; one loopback address a
feed (127.1.0.1 …), as real feeds have hosts of their own. `--broken` of the feeds are broken in ten ways.
Control: /ctl/urls /ctl/kinds /ctl/grow /ctl/latency?0.05 /ctl/stats. Prints its port, then serves until killed.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import gzip
import json
import random
import socket
import time
from email.utils import formatdate
from functools import partial
from xml.sax.saxutils import escape

ITEMS = 30
BROKEN = (
    "status 500", "status 404", "redirect loop", "slow", "cut off", "web page", "empty", "gzip bomb", "25 MB", "entity bomb",
)  # fmt: skip
_SAID = (
    "minister parliament election budget market growth exports strike energy pipeline storm scientists hospital court "
    "police border talks summit coalition report officials company quarter revenue satellite league council railway "
    "airport according after against amid between during from over said that under with would have been their more "
    "café Zürich “quoted” don’t بغداد كركوك أربيل"
)
WORDS = _SAID.split()
NAMESPACES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"'
)


def kind_of(number: int) -> str:
    place = number % 20
    return "rdf" if place == 7 else "atom" if place in (3, 11, 17) else "rss"


def _sentence(rng: random.Random) -> str:
    return " ".join(rng.choices(WORDS, k=rng.randint(10, 20))).capitalize() + "."


POOL = [_sentence(random.Random(n)) for n in range(3000)]


def item(feed: int, number: int) -> dict[str, str]:
    rng = random.Random(feed * 1_000_003 + number)
    some = rng.choices(POOL, k=7)
    link = f"https://desk{feed}.example.org/2026/{'-'.join(w for w in rng.choices(WORDS, k=5) if w.isascii())}-f{feed}-n{number}?utm_source=rss"
    body = (
        f'<p><img src="https://cdn.example.org/{rng.getrandbits(40):x}.jpg" alt="" width="1200"/></p><p><strong>{some[1]}</strong> {some[2]}</p>'
        f'<p>{some[3]} <a href="https://desk{feed}.example.org/tag?a=1&amp;b=2">more &#8230;</a></p><blockquote>{some[4]} &amp; {some[5]}&nbsp;</blockquote>'
        f"<p>{some[6]}</p>"
    )
    title = " ".join(rng.choices(WORDS, k=9)).capitalize()
    return {
        "title": escape(title),
        "link": escape(link),
        "guid": f"tag:desk{feed},2026:f{feed}-n{number}",
        "text": escape(some[0]),
        "body": body,
    }


def render(feed: int, newest: int, base: float) -> bytes:
    """A feed whose newest item has number `newest - 1`."""
    kind = kind_of(feed)
    parts = []
    for number in range(newest - 1, newest - 1 - ITEMS, -1):
        one = item(feed, number)
        at = base + (number - ITEMS) * 5400 + feed % 1800
        iso = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
        if kind == "atom":
            parts.append(
                f'<entry><id>{one["guid"]}</id><title>{one["title"]}</title><link rel="alternate" type="text/html" href="{one["link"]}"/>'
                f'<published>{iso}</published><updated>{iso}</updated><author><name>Desk</name></author><category term="World"/>'
                f'<summary type="html">{one["text"]}</summary><content type="html">{escape(one["body"])}</content></entry>'
            )
        elif kind == "rdf":
            parts.append(
                f'<item rdf:about="{one["link"]}"><title>{one["title"]}</title><link>{one["link"]}</link><dc:date>{iso}</dc:date>'
                f"<dc:creator>Desk</dc:creator><description>{one['text']}</description><content:encoded><![CDATA[{one['body']}]]></content:encoded></item>"
            )
        else:
            parts.append(
                f'<item><title>{one["title"]}</title><link>{one["link"]}</link><guid isPermaLink="false">{one["guid"]}</guid>'
                f"<pubDate>{formatdate(at, usegmt=True)}</pubDate><dc:creator><![CDATA[Desk]]></dc:creator><category>World</category>"
                f"<description><![CDATA[{one['text']}]]></description><content:encoded><![CDATA[{one['body']}]]></content:encoded>"
                f'<media:content url="https://cdn.example.org/{number}.jpg" medium="image"/></item>'
            )
    entries = "".join(parts)
    head = f"<title>Desk {feed}</title>"
    if kind == "atom":
        text = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><id>urn:{feed}</id>{head}<link href="https://desk{feed}.example.org/"/>{entries}</feed>'
    elif kind == "rdf":
        text = (
            f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>'
            f'<channel rdf:about="https://desk{feed}.example.org/">{head}<link>https://desk{feed}.example.org/</link><description>d</description></channel>{entries}</rdf:RDF>'
        )
    else:
        text = f'<rss version="2.0" {NAMESPACES}><channel>{head}<link>https://desk{feed}.example.org/</link><description>d</description><ttl>15</ttl>{entries}</channel></rss>'
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


def address(feed: int) -> str:
    return f"127.1.{feed // 250}.{1 + feed % 250}"


def _answer(status: str, body: bytes = b"", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


class Feeds:
    """Every answer, ready to be sent."""

    def __init__(self, count: int, broken: float) -> None:
        self.count, self.base, self.latency = count, time.time() // 86_400 * 86_400 - 86_400, 0.0
        self.newest = [ITEMS] * count
        self.kinds = ["healthy"] * count
        chosen = random.Random(7).sample(range(count), round(broken * count))
        for place, feed in enumerate(chosen):
            self.kinds[feed] = BROKEN[place % len(BROKEN)]
        self.status: dict[str, int] = {}
        self.answers = [self._healthy(feed) for feed in range(count)]
        self.shared = self._broken() if broken else {}

    def _healthy(self, feed: int) -> tuple[bytes, bytes, bytes]:
        tag = f'"{feed}-{self.newest[feed]}"'
        headers = (
            f"ETag: {tag}",
            f"Last-Modified: {formatdate(self.base, usegmt=True)}",
            "Content-Type: application/xml",
        )
        whole = _answer("200 OK", render(feed, self.newest[feed], self.base), *headers)
        return whole, _answer("304 Not Modified", b"", *headers), tag.encode()

    def _broken(self) -> dict[str, bytes]:
        one = b"<item><title>x</title><guid>%d</guid><description>" + b"y" * 2000 + b"</description></item>"
        large = (
            b'<rss version="2.0"><channel>' + b"".join(one % n for n in range(12_500)) + b"</channel></rss>"
        )
        packed = gzip.compress(b'<rss version="2.0"><channel><title>' + b"A" * (300 << 20), 6)
        laughs = b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        entities = (
            b'<!DOCTYPE r [<!ENTITY a "lol">'
            + laughs
            + b']><rss version="2.0"><channel><item><title>&j;</title></item></channel></rss>'
        )
        page = b"<!doctype html><html><body>Down for maintenance</body></html>"
        return {
            "status 500": _answer("500 Internal Server Error", b"oops"),
            "status 404": _answer("404 Not Found", b"gone"),
            "redirect loop": _answer("302 Found", b"", "Location: /feed/0?again"),
            "cut off": _answer("200 OK", render(1, ITEMS, self.base))[:20_000],
            "web page": _answer("200 OK", page, "Content-Type: text/html"),
            "empty": _answer("200 OK", b"", "Content-Type: application/rss+xml"),
            "gzip bomb": _answer("200 OK", packed, "Content-Encoding: gzip"),
            "25 MB": _answer("200 OK", large),
            "entity bomb": _answer("200 OK", entities, "Content-Type: application/xml"),
        }

    def control(self, path: str) -> str:
        what, _, value = path.removeprefix("/ctl/").partition("?")
        if what == "grow":
            healthy = [feed for feed in range(self.count) if self.kinds[feed] == "healthy"]
            for feed in random.Random(9).sample(healthy, len(healthy) // 20):
                self.newest[feed] += 3
                self.answers[feed] = self._healthy(feed)
            return str(len(healthy) // 20 * 3)
        if what == "latency":
            self.latency = float(value)
        if what == "stats":
            seen, self.status = self.status, {}
            return json.dumps(seen)
        return json.dumps(self.kinds)


class Http(asyncio.Protocol):
    """Just enough HTTP to be cheaper than what is measured."""

    def __init__(self, feeds: Feeds, loop: asyncio.AbstractEventLoop, port: int) -> None:
        self.feeds, self.loop, self.port = feeds, loop, port
        self.buffer, self.transport = b"", None

    def connection_made(self, transport):
        self.transport = transport

    def connection_lost(self, _fault):
        self.transport = None

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            request, self.buffer = self.buffer[:end], self.buffer[end + 4 :]
            self.answer(request)

    def answer(self, request: bytes) -> None:
        path = request.split(b" ", 2)[1].decode()
        if path.startswith("/ctl/urls"):
            urls = "\n".join(f"http://{address(n)}:{self.port}/feed/{n}" for n in range(self.feeds.count))
            return self.send(_answer("200 OK", urls.encode()), False)
        if path.startswith("/ctl/"):
            return self.send(_answer("200 OK", self.feeds.control(path).encode()), False)
        feed = int(path[6:].partition("?")[0])
        kind, delay = self.feeds.kinds[feed], self.feeds.latency
        whole, same, tag = self.feeds.answers[feed]
        out = self.feeds.shared.get(kind) or (same if tag in request else whole)
        if kind == "redirect loop":
            out = _answer("302 Found", b"", f"Location: {path}x" if "?" in path else f"Location: {path}?x")
        if kind == "slow":
            delay += 5.0
        code = out[9:12].decode()
        self.feeds.status[code] = self.feeds.status.get(code, 0) + 1
        if delay:
            self.loop.call_later(delay, self.send, out, kind == "cut off")
        else:
            self.send(out, kind == "cut off")
        return None

    def send(self, out: bytes, close: bool) -> None:
        if self.transport is not None:
            self.transport.write(out)
            if close:
                self.transport.close()


async def serve(count: int, broken: float, port: int) -> None:
    feeds = Feeds(count, broken)
    loop = asyncio.get_running_loop()
    for host in ["127.0.0.1", *(address(feed) for feed in range(count))]:
        listener = socket.socket()
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        port = port or listener.getsockname()[1]
        await loop.create_server(partial(Http, feeds, loop, port), sock=listener, backlog=256)
    print(port, flush=True)
    await asyncio.Event().wait()


def main() -> None:
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("--feeds", type=int, default=1000)
    arguments.add_argument("--broken", type=float, default=0.0)
    arguments.add_argument("--port", type=int, default=0)
    given = arguments.parse_args()
    gc.set_threshold(100_000, 50, 50)
    import uvloop

    uvloop.run(serve(given.feeds, given.broken, given.port))


if __name__ == "__main__":
    main()
