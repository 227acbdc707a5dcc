"""One POST, with the phase known in which it failed: before the request was out, or while waiting."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from worker.domain.model import SendResult, Sent

MAX_ANSWER = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, lower-case headers and the beginning of the body."""

    status: int
    headers: Mapping[str, str]
    body: str


def post(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    timeout_s: float,
    context: ssl.SSLContext | None = None,
) -> Answer | Sent:
    """Send once, follow no redirect; a `Sent` says how it failed without an answer."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    connection: http.client.HTTPConnection
    if parts.scheme == "https":
        connection = http.client.HTTPSConnection(host, parts.port, timeout=timeout_s, context=context)
    else:
        connection = http.client.HTTPConnection(host, parts.port, timeout=timeout_s)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        try:
            connection.connect()
            connection.request("POST", path, body, dict(headers))
        except ssl.SSLCertVerificationError as fault:
            return Sent(SendResult.CHANNEL_BROKEN, f"the certificate is refused: {fault.verify_message}")
        except (OSError, http.client.HTTPException) as fault:
            return Sent(SendResult.RETRY, f"cannot be reached: {fault or type(fault).__name__}")
        try:
            answer = connection.getresponse()
            text = answer.read(MAX_ANSWER).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as fault:
            return Sent(SendResult.UNCERTAIN, f"no answer after the request: {type(fault).__name__}")
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, text)
    finally:
        connection.close()


def judge(answer: Answer | Sent, *, reference: Mapping[str, str] | None = None) -> Sent:
    """Turn an HTTP answer into what to do; the same table for every channel that speaks HTTP."""
    if isinstance(answer, Sent):
        return answer
    said = f"HTTP {answer.status} {' '.join(answer.body.split())[:160]}".strip()
    if 200 <= answer.status < 300:
        return Sent(SendResult.SENT, reference=reference or {})
    if answer.status in (408, 425, 429) or answer.status >= 500:
        return Sent(SendResult.RETRY, said, retry_after_s=retry_after(answer.headers.get("retry-after")))
    if answer.status in (401, 403, 404, 405, 407, 410) or 300 <= answer.status < 400:
        return Sent(SendResult.CHANNEL_BROKEN, said)
    return Sent(SendResult.REJECTED, said)


def retry_after(value: str | None) -> float | None:
    """Read Retry-After: seconds or a date; None where there is none that can be read."""
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if moment.tzinfo is None:
        return None
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())
