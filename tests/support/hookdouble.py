"""Two HTTP services that Marsad posts to: a signed webhook and PagerDuty's Events API v2."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class HookDouble:
    """Keeps every request that it took; `fault()` may answer `429`, `500`, `drop` or `lost`."""

    def __init__(self):
        self.taken: list[tuple[dict, dict]] = []
        self.fault = lambda: None
        self.status = 200
        double = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

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

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server.server_port}/hook?for=marsad"
