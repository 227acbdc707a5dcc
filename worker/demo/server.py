"""Serves the demo's feeds on loopback with validators, as a well-kept site would."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Self

from worker.demo.feeds import Outlet, outlets, render


class FeedServer:
    """A feed server on a free loopback port; entries appear as the seconds pass."""

    def __init__(
        self, *, started: datetime | None = None, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Start counting seconds at `started`, or at the first request when it is None."""
        self.outlets = {outlet.id: outlet for outlet in outlets()}
        self.started, self._clock = started, clock
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self.base = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        """Serve in the background until the block ends."""
        Thread(target=self._http.serve_forever, daemon=True, name="demo-feeds").start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop serving."""
        self._http.shutdown()
        self._http.server_close()

    def url(self, outlet: Outlet) -> str:
        """Where this outlet's feed is."""
        return f"{self.base}/{outlet.id}/feed"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            """One request; `do_GET` is the name that the standard library asks for."""

            def do_GET(self) -> None:
                """Answer with a feed, an article page, 304 or 404."""
                now = server._clock()
                server.started = server.started or now
                outlet = server.outlets.get(self.path.strip("/").split("/")[0])
                if outlet is None:
                    self.send_error(404)
                    return
                if not self.path.endswith("/feed"):
                    self._answer(_page(outlet, self.path, server.started, now), "text/html; charset=utf-8")
                    return
                self._answer(render(outlet, server.base, server.started, now), "application/xml")

            def _answer(self, text: str, content_type: str) -> None:
                body = text.encode()
                tag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
                if self.headers.get("If-None-Match") == tag:
                    self.send_response(304)
                    self.end_headers()
                    return
                self.send_response(200)
                for name, value in (
                    ("Content-Type", content_type),
                    ("Content-Length", str(len(body))),
                    ("ETag", tag),
                ):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Keep quiet: the service's own log tells the story."""

        return Handler


def _page(outlet: Outlet, path: str, started: datetime, now: datetime) -> str:
    """A bare article page, so that links from an alert lead somewhere."""
    number = path.rstrip("/").rsplit("/", 1)[-1]
    rendered = render(outlet, "", started, now)
    if not number.isdigit() or not 1 <= int(number) <= len(outlet.items) or f"/{number}" not in rendered:
        return "<!doctype html><title>Not published yet</title><p>This report has not been published yet.</p>"
    item = outlet.items[int(number) - 1]
    direction = "rtl" if outlet.language in ("ar", "ckb", "fa") else "ltr"
    return (
        f"<!doctype html><html lang='{outlet.language}' dir='{direction}'><meta charset='utf-8'><title>{item.title}</title>"
        f"<article><h1>{item.title}</h1>{item.html.replace('{today}', '').replace('{yesterday}', '')}</article></html>"
    )
