"""A local Slack: the methods that Marsad calls, with the answers, limits and errors that Slack documents."""

# ruff: noqa: N802, N815 — names that aiosmtpd and http.server ask for

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs

from tests.support.loopback import Loopback

CHANNEL = "C0IRAQ"


class SlackDouble(Loopback):
    """Runs in a thread. `faults` is a queue of what happens to the next calls of a method:

    `limit` 429 with Retry-After, `http500`, `error:<name>`, `drop` (nothing was done, connection cut),
    `lost` (done, but the answer never arrives), `missing-scope`.
    """

    def __init__(self):
        self.messages: list[dict] = []
        self.calls: list[tuple[str, dict]] = []
        self.faults: dict[str, list[str]] = {}
        self.fault = lambda _method: None
        self.updates = 0
        self.uploads: dict[str, bytes] = {}
        self.files: list[dict] = []
        self._lock = threading.Lock()
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                double.handle(self)

            do_GET = do_POST

            def log_message(self, *_):
                pass

        super().__init__(Handler)

    @property
    def api(self):
        return self.at("/api/")

    @property
    def webhook(self):
        return self.at("/services/T0/B0/secret")

    def posted(self, key=None):
        """Top-level and thread messages with this metadata key."""
        found = [m for m in self.messages if m.get("metadata")]
        return [m for m in found if key is None or m["metadata"]["event_payload"]["key"] == key]

    def handle(self, request):
        body = request.rfile.read(int(request.headers.get("Content-Length") or 0))
        path = request.path.split("?")[0]
        if path.startswith("/upload/"):
            self.uploads[path] = body
            return _answer(request, 200, "OK")
        method = "webhook" if path.startswith("/services/") else path.rsplit("/", 1)[-1]
        given = _given(request, body)
        with self._lock:
            self.calls.append((method, given))
            fault = self.fault(method) or (self.faults.get(method) or [None]).pop(0)
            if fault == "limit":
                return _answer(request, 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": "7"})
            if fault == "http500":
                return _answer(request, 500, None)
            if fault == "drop":
                return _cut(request)
            if fault and fault.startswith("error:"):
                return _answer(request, 200, {"ok": False, "error": fault[6:]})
            if fault and fault.startswith("refuse:"):
                status, _, text = fault[7:].partition(" ")
                return _answer(request, int(status), text)
            if method != "webhook" and "Bearer xoxb-" not in request.headers.get("Authorization", ""):
                return _answer(request, 200, {"ok": False, "error": "not_authed"})
            result = getattr(self, "do_" + method.replace(".", "_"))(given)
            if fault == "lost":
                return _cut(request)
        return _answer(request, 200, result)

    def do_webhook(self, given):
        self._put(given)
        return "ok"

    def do_chat_postMessage(self, given):
        fault = _invalid(given)
        if fault:
            return {"ok": False, "error": fault}
        if given["channel"] not in (CHANNEL, "#iraq"):
            return {"ok": False, "error": "channel_not_found"}
        message = self._put(given)
        return {"ok": True, "channel": CHANNEL, "ts": message["ts"], "message": message}

    def do_chat_update(self, given):
        fault = _invalid(given)
        if fault:
            return {"ok": False, "error": fault}
        for message in self.messages:
            if message["ts"] == given["ts"] and given["channel"] == CHANNEL:
                message |= {"text": given["text"], "blocks": given.get("blocks"), "edited": True}
                self.updates += 1
                return {"ok": True, "channel": CHANNEL, "ts": message["ts"], "text": message["text"]}
        return {"ok": False, "error": "message_not_found"}

    def do_files_getUploadURLExternal(self, given):
        number = len(self.uploads) + 1
        url = f"http://127.0.0.1:{self.server.server_port}/upload/F{number}"
        self.uploads[f"/upload/F{number}"] = b""
        return {"ok": True, "upload_url": url, "file_id": f"F{number}"}

    def do_files_completeUploadExternal(self, given):
        self.files.append(given)
        return {
            "ok": True,
            "files": [{"id": f["id"], "title": f.get("title")} for f in json.loads(given["files"])],
        }

    def do_conversations_history(self, given):
        found = [m for m in self.messages if not m.get("thread_ts") or m.get("thread_ts") == m["ts"]]
        return self._page(found, given)

    def do_conversations_replies(self, given):
        found = [m for m in self.messages if given["ts"] in (m["ts"], m.get("thread_ts"))]
        return self._page(found, given)

    def do_conversations_list(self, given):
        return {
            "ok": True,
            "channels": [{"id": CHANNEL, "name": "iraq"}],
            "response_metadata": {"next_cursor": ""},
        }

    def _page(self, found, given):
        if given["channel"] != CHANNEL:
            return {"ok": False, "error": "channel_not_found"}
        at, limit = int(given.get("cursor") or 0), int(given.get("limit") or 100)
        newest = [m for m in reversed(found) if float(m["ts"]) >= float(given.get("oldest") or 0)]
        more = at + limit < len(newest)
        cursor = str(at + limit) if more else ""
        return {
            "ok": True, "messages": newest[at : at + limit], "has_more": more,
            "response_metadata": {"next_cursor": cursor},
        }  # fmt: skip

    def _put(self, given):
        message = {"ts": f"{1_800_000_000 + len(self.messages)}.000100", **given}
        self.messages.append(message)
        return message


def _given(request, body):
    if "json" in request.headers.get("Content-Type", ""):
        return json.loads(body or b"{}")
    raw = body.decode() or request.path.partition("?")[2]
    given = {name: values[0] for name, values in parse_qs(raw).items()}
    for name in ("blocks", "metadata"):
        if isinstance(given.get(name), str):
            given[name] = json.loads(given[name])
    return given


def _invalid(given):
    """Limits of Block Kit as documented; the error that Slack gives."""
    if len(given.get("text") or "") > 40_000:
        return "msg_too_long"
    made = given.get("blocks") or []
    if len(made) > 50:
        return "invalid_blocks"
    for block in made:
        kind = block.get("type")
        text = (block.get("text") or {}).get("text", "")
        if kind == "header" and not 0 < len(text) <= 150:
            return "invalid_blocks"
        if kind == "section" and not 0 < len(text) <= 3000:
            return "invalid_blocks"
        if kind == "context" and not 0 < len(block.get("elements", ())) <= 10:
            return "invalid_blocks"
        if kind == "actions" and not 0 < len(block.get("elements", ())) <= 25:
            return "invalid_blocks"
    return "" if given.get("text") or made else "no_text"


def _answer(request, status, result, headers=None):
    body = result.encode() if isinstance(result, str) else json.dumps(result).encode() if result else b"oops"
    request.send_response(status)
    request.send_header("Content-Type", "text/plain" if isinstance(result, str) else "application/json")
    request.send_header("Content-Length", str(len(body)))
    for name, value in (headers or {}).items():
        request.send_header(name, value)
    request.end_headers()
    request.wfile.write(body)


def _cut(request):
    request.close_connection = True
    request.connection.close()
