"""Connections under the guard, and what their failures mean in a sentence."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
from datetime import UTC, datetime
from typing import Any

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from worker.errors import FetchError
from worker.feeds.guard import AddressGuard, RefusedAddressError

_DER_TIME = re.compile(rb"\x17\x0d(\d{12})Z|\x18\x0f(\d{14})Z")


class GuardedResolver(AbstractResolver):
    """Resolves names and drops every address that the guard refuses."""

    def __init__(self, guard: AddressGuard) -> None:
        """Use the system's resolver, in a thread, so that hosts files and search lists apply."""
        self._guard = guard
        self._inner = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Addresses that may be connected to; raises `RefusedAddressError` when none is left."""
        found = await self._inner.resolve(host, port, family)
        allowed = [one for one in found if self._guard.check_resolved(host, one["host"], port)]
        if not allowed:
            shown = ", ".join(sorted({one["host"] for one in found}))
            raise RefusedAddressError(
                f"{host} stands for {shown}, which is not an address of the open internet"
            )
        return allowed

    async def close(self) -> None:
        """Nothing is held open."""
        await self._inner.close()


def guarded_connector(guard: AddressGuard, connections: int) -> aiohttp.TCPConnector:
    """A connector whose sockets look once more at the very address they connect to."""

    def open_socket(info: tuple[Any, ...]) -> socket.socket:
        family, kind, proto, _name, sockaddr = info
        guard.check_socket(family, sockaddr)
        return socket.socket(family=family, type=kind, proto=proto)

    return aiohttp.TCPConnector(
        limit=connections,
        resolver=GuardedResolver(guard),
        socket_factory=open_socket,
        ttl_dns_cache=60,
        enable_cleanup_closed=False,
    )


async def sentence_for(fault: BaseException, url: str, guard: AddressGuard) -> FetchError:
    """Turn what the client raised into a kind and a sentence that a person understands."""
    for cause in _chain(fault):
        if isinstance(cause, RefusedAddressError):
            remedy = "allow host:port if it is meant"
            return FetchError(str(cause), kind="refused-address", where=url, remedy=remedy)
        # aiohttp's own exception is one of these by name only; OpenSSL's, which it wraps, has the code.
        if isinstance(cause, ssl.SSLCertVerificationError) and hasattr(cause, "verify_code"):
            return FetchError(await _certificate_sentence(cause, url, guard), kind="tls", where=url)
        if isinstance(cause, ssl.SSLError) and not isinstance(cause, aiohttp.ClientError):
            reason = (cause.reason or "handshake failed").replace("_", " ").lower()
            return FetchError(f"no secure connection can be made ({reason})", kind="tls", where=url)
        if isinstance(cause, socket.gaierror):
            return FetchError("the host's name cannot be resolved", kind="dns", where=url)
    message, kind = _client_sentence(fault)
    return FetchError(message, kind=kind, where=url)


def _client_sentence(fault: BaseException) -> tuple[str, str]:
    """Message and kind for the client's own exceptions; the more special ones stand first."""
    short = _short(fault)
    table: tuple[tuple[type[BaseException], str, str], ...] = (
        (aiohttp.ClientConnectorDNSError, "the host's name cannot be resolved", "dns"),
        (aiohttp.ConnectionTimeoutError, "the server does not take the connection", "timeout"),
        (aiohttp.SocketTimeoutError, "the server stopped sending", "timeout"),
        (aiohttp.ClientConnectorError, f"no connection to the server ({_os_reason(fault)})", "connect"),
        (aiohttp.InvalidURL, f"{short} is not a valid address", "refused-address"),
        (aiohttp.ServerDisconnectedError, "the server closed the connection", "connect"),
        (aiohttp.ClientOSError, f"the connection broke ({short})", "connect"),
        (aiohttp.ClientPayloadError, "the answer ended in the middle", "connect"),
        (aiohttp.ClientResponseError, f"the answer is not proper HTTP ({short})", "http"),
    )
    for kind_of, message, kind in table:
        if isinstance(fault, kind_of):
            return message, kind
    return f"the fetch failed ({short})", "connect"


def _os_reason(fault: BaseException) -> str:
    return _short(getattr(fault, "os_error", None) or fault)


def _chain(fault: BaseException | None) -> list[BaseException]:
    """The fault, what it wraps and what caused it."""
    found: list[BaseException] = []
    todo: list[BaseException | None] = [fault]
    while todo and len(found) < 20:
        one = todo.pop()
        if one is None or one in found:
            continue
        found.append(one)
        todo += [one.__cause__, one.__context__, getattr(one, "os_error", None)]
        todo += [getattr(one, "certificate_error", None)]
        if isinstance(one, BaseExceptionGroup):
            todo += one.exceptions
    return found


def _short(fault: BaseException | None) -> str:
    text = getattr(fault, "strerror", None) or str(fault) or type(fault).__name__
    return str(text).split("\n", 1)[0][:120]


async def _certificate_sentence(fault: ssl.SSLCertVerificationError, url: str, guard: AddressGuard) -> str:
    """Why a certificate was refused; for an expired one, since when."""
    if fault.verify_code == 10:  # X509_V_ERR_CERT_HAS_EXPIRED
        date = await _expiry(url, guard)
        return f"the certificate expired on {date:%-d %B %Y}" if date else "the certificate has expired"
    if fault.verify_code == 9:
        return "the certificate is not valid yet"
    if fault.verify_code in (18, 19):
        return "the certificate is signed by nobody but the server itself"
    if fault.verify_code == 62:
        return "the certificate is for another host name"
    return f"the certificate is not trusted ({fault.verify_message})"


async def _expiry(url: str, guard: AddressGuard) -> datetime | None:
    """Look at an expired certificate's end date; nothing is sent over the unverified connection."""
    target = URL(url)
    host, port = target.host or "", target.port or 443
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        async with asyncio.timeout(5):
            resolved = await GuardedResolver(guard).resolve(host, port, socket.AF_UNSPEC)
            _reader, writer = await asyncio.open_connection(
                resolved[0]["host"], port, ssl=context, server_hostname=host
            )
            try:
                der = writer.get_extra_info("ssl_object").getpeercert(binary_form=True)
            finally:
                writer.close()
    except (OSError, TimeoutError):
        return None
    times = _DER_TIME.findall(der or b"")
    if len(times) < 2:
        return None
    short, long = (value.decode() for value in times[1])
    text = long or (("20" if int(short[:2]) < 50 else "19") + short)
    return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
