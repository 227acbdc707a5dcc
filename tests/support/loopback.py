"""An HTTP server on loopback that runs in a thread while a test needs it."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self


class Loopback:
    """What the doubles of other services stand on; `handler` answers the requests."""

    def __init__(self, handler: type[BaseHTTPRequestHandler]):
        handler.protocol_version = "HTTP/1.1"
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_) -> None:
        self.server.shutdown()
        self.server.server_close()

    def at(self, path: str) -> str:
        """The address of a path."""
        return f"http://127.0.0.1:{self.server.server_port}{path}"
