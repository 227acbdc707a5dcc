"""A Sentry on loopback that keeps what it is sent."""

from __future__ import annotations

import gzip
from http.server import BaseHTTPRequestHandler

import brotli

from tests.support.loopback import Loopback

UNPACK = {"gzip": gzip.decompress, "br": brotli.decompress}


class SentryDouble(Loopback):
    """`received` holds the unpacked envelopes, as bytes, in the order in which they came."""

    def __init__(self):
        self.received: list[bytes] = []
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                double.received.append(UNPACK.get(self.headers.get("Content-Encoding"), bytes)(body))
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_):
                pass

        super().__init__(Handler)

    def dsn(self, key: str) -> str:
        """The address that `SENTRY_DSN` takes."""
        return self.at("/1").replace("//", f"//{key}@")
