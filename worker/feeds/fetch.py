"""The HTTP client for bytes from outside: every limit and the address guard are built in.

One client a process, made inside its event loop (after the fork, under Celery). Redirects are
followed by hand, so that each hop passes the guard and a chain of permanent ones is known.
"""

from __future__ import annotations

import asyncio
import base64
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any, Self
from urllib.parse import urljoin

import aiohttp
from yarl import URL

from worker.errors import FetchError
from worker.feeds.connect import guarded_connector, sentence_for
from worker.feeds.decode import BodyReader
from worker.feeds.guard import AddressGuard
from worker.ports import Request, Response

_REDIRECTS = (301, 302, 303, 307, 308)
_PERMANENT = (301, 308)
_PRIVATE_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})


class HttpFetcher:
    """Fetches over one shared `aiohttp` session; use it as an asynchronous context manager."""

    def __init__(
        self,
        guard: AddressGuard,
        *,
        user_agent: str,
        max_redirects: int = 5,
        max_ratio: int = 100,
        connect_timeout_s: float = 10.0,
        read_timeout_s: float = 20.0,
        connections: int = 100,
        proxy: str = "",
    ) -> None:
        """`user_agent` names the product and a way to reach its operator; `proxy` is for all feeds.

        The operator's own proxy is not questioned; one in a feed's options passes the guard.
        """
        self._proxy = proxy
        self._guard = guard
        self._user_agent = user_agent
        self._max_redirects = max_redirects
        self._max_ratio = max_ratio
        self._timeout = aiohttp.ClientTimeout(
            total=None, sock_connect=connect_timeout_s, sock_read=read_timeout_s
        )
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        """Open the session in the running loop."""
        self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close every connection."""
        await self.close()

    async def close(self) -> None:
        """Close every connection; the fetcher opens a new session when it is used again."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=guarded_connector(self._guard, self._connections),
                timeout=self._timeout,
                auto_decompress=False,
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
            )
        return self._session

    async def fetch(self, request: Request) -> Response:
        """Return any response below 400 and 304; raise `FetchError` for everything else."""
        return await self.send("GET", request)

    async def send(self, method: str, request: Request, *, data: Mapping[str, str] | None = None) -> Response:
        """One request with all its hops within `total_timeout_s`; `data` is sent as a form."""
        started = time.monotonic()
        try:
            async with asyncio.timeout(request.total_timeout_s):
                return await self._follow(method, request, data, started)
        except FetchError:
            raise
        except aiohttp.ClientError as fault:
            raise await sentence_for(fault, request.url, self._guard) from fault
        except TimeoutError as fault:
            spent = time.monotonic() - started
            raise FetchError(
                f"no complete answer within {spent:.0f} s", kind="timeout", where=request.url
            ) from fault
        except (OSError, ValueError) as fault:
            raise await sentence_for(fault, request.url, self._guard) from fault

    async def _follow(
        self, method: str, request: Request, data: Mapping[str, str] | None, started: float
    ) -> Response:
        session = self._open()
        headers, extra = self._prepare(request)
        url, permanent, unbroken = request.url, None, True
        for _hop in range(self._max_redirects + 1):
            self._guard.check_url(url)
            async with session.request(
                method,
                URL(url, encoded=_is_encoded(url)),
                headers=headers,
                data=data,
                allow_redirects=False,
                **extra,
            ) as answer:
                location = answer.headers.get("Location")
                if answer.status not in _REDIRECTS or not location:
                    return await self._finish(answer, request, url, permanent, started)
                target = urljoin(url, _repair(location.strip()))
                unbroken = unbroken and answer.status in _PERMANENT
                permanent = target if unbroken else permanent
                if answer.status in (301, 302, 303) and method == "POST":
                    method, data = "GET", None
                headers = _without_secrets(headers, url, target)
                url = target
        raise FetchError(
            f"more than {self._max_redirects} redirects, the last to {url[:200]}",
            kind="redirect",
            where=request.url,
        )

    def _prepare(self, request: Request) -> tuple[dict[str, str], dict[str, Any]]:
        """Headers and connection options from the request and the feed's own options."""
        options = request.options
        headers = {
            "User-Agent": str(options.get("user_agent") or self._user_agent),
            "Accept": request.accept,
            "Accept-Encoding": "gzip, deflate, br, zstd",
        }
        if request.etag:
            headers["If-None-Match"] = request.etag
            headers["A-IM"] = "feed"  # RFC 3229 with feeds: only the new entries, status 226
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if options.get("bearer"):
            headers["Authorization"] = f"Bearer {options['bearer']}"
        basic = options.get("basic_auth")
        if basic:
            pair = basic if isinstance(basic, str) else f"{basic[0]}:{basic[1]}"
            headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()
        headers.update({str(name): str(value) for name, value in (options.get("headers") or {}).items()})
        extra: dict[str, Any] = {"proxy": self._proxy} if self._proxy else {}
        if options.get("allow_self_signed"):
            extra["ssl"] = False
        if options.get("proxy"):
            self._guard.check_url(str(options["proxy"]))
            extra["proxy"] = str(options["proxy"])
        return headers, extra

    async def _finish(
        self,
        answer: aiohttp.ClientResponse,
        request: Request,
        url: str,
        permanent: str | None,
        started: float,
    ) -> Response:
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if answer.status == 304:
            return Response(304, url, b"", headers, permanent, time.monotonic() - started)
        if answer.status >= 400:
            raise _http_error(answer.status, headers, request.url)
        length = answer.content_length
        if length is not None and length > request.max_bytes:
            raise FetchError(
                f"the body is larger than {request.max_bytes / 2**20:.0f} MB",
                kind="too-large",
                where=request.url,
            )
        reader = BodyReader(
            headers.get("content-encoding", ""),
            max_bytes=request.max_bytes,
            max_ratio=self._max_ratio,
            where=request.url,
        )
        async for piece in answer.content.iter_any():
            reader.feed(piece)
        return Response(answer.status, url, reader.body(), headers, permanent, time.monotonic() - started)


def _http_error(status: int, headers: Mapping[str, str], where: str) -> FetchError:
    """An answer from 400 up as a kind, a sentence and the wait it asks for."""
    wait = retry_after_s(headers.get("retry-after"), time.time())
    if status == 410:
        return FetchError(
            "the server says that the feed is gone for good (410)", kind="gone", status=status, where=where
        )
    limited = status in (429, 503) and (status == 429 or wait is not None)
    limited = limited or (status == 403 and wait is not None) or headers.get("x-ratelimit-remaining") == "0"
    if limited:
        return FetchError(
            f"the server asks us to come less often ({status})",
            kind="rate-limited",
            status=status,
            retry_after_s=wait,
            where=where,
        )
    known = {
        401: "the server wants a login (401)",
        403: "the server refuses us (403)",
        404: "there is nothing at this address (404)",
        406: "the server has no form of the feed that we accept (406)",
        451: "the server may not show the feed for legal reasons (451)",
        500: "the server has an internal error (500)",
        502: "the server's own upstream fails (502)",
        503: "the server is overloaded or under maintenance (503)",
        504: "the server's own upstream does not answer (504)",
    }
    message = known.get(status, f"the server answers with status {status}")
    remedy = "set the feed's basic_auth, bearer or headers" if status == 401 else ""
    return FetchError(message, kind="http", status=status, retry_after_s=wait, where=where, remedy=remedy)


def retry_after_s(value: str | None, now: float) -> float | None:
    """Seconds that a Retry-After header asks for, given as seconds or as a date (RFC 9110 §10.2.3)."""
    if not value:
        return None
    text = value.strip()
    if text.isdigit():
        return float(min(int(text[:9]), 10**8))
    try:
        return max(0.0, parsedate_to_datetime(text).timestamp() - now)
    except (ValueError, TypeError, OverflowError):
        return None


def _without_secrets(headers: dict[str, str], url: str, target: str) -> dict[str, str]:
    """Credentials belong to the host they were given for, and never go over plain HTTP after TLS."""
    old, new = URL(url), URL(target)
    if old.host == new.host and (old.scheme, old.port) == (new.scheme, new.port):
        return headers
    return {name: value for name, value in headers.items() if name.lower() not in _PRIVATE_HEADERS}


def _is_encoded(url: str) -> bool:
    """Whether the address may go out as it is: publishers sign query strings byte by byte."""
    return url.isascii() and " " not in url and '"' not in url


def _repair(location: str) -> str:
    """A Location header in raw UTF-8 comes in as Latin-1 with surrogates; make it an address again."""
    try:
        return location.encode("utf-8", "surrogateescape").decode("utf-8")
    except UnicodeError:
        return location
