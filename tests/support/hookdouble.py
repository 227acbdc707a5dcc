"""Two HTTP services that Marsad posts to: a signed webhook and PagerDuty's Events API v2."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler

from tests.support.loopback import Loopback


class HookDouble(Loopback):
    """Keeps every request that it took; `fault()` may answer `429`, `500`, `drop` or `lost`."""

    def __init__(self):
        self.taken: list[tuple[dict, dict]] = []
        self.fault = lambda: None
        self.status = 200
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                fault = double.fault()
                if fault == "drop":
                    self.close_connection = True
                    self.connection.close()
                    return
                if fault in ("429", "500"):
                    self._say(int(fault), {"Retry-After": "3"} if fault == "429" else {})
                    return
                headers = {name.lower(): value for name, value in self.headers.items()}
                double.taken.append((headers | {"_raw": body}, json.loads(body)))
                if fault == "lost":
                    self.close_connection = True
                    self.connection.close()
                    return
                self._say(double.status, {})

            def _say(self, status, headers):
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"ok")

            def log_message(self, *_):
                pass

        super().__init__(Handler)

    @property
    def url(self):
        return self.at("/hook?for=marsad")
