"""The address guard: no fetch reaches this machine, its network or a cloud's metadata service.

An address is judged three times: as written, as resolved, and again by the socket that connects,
so that no spelling (octal, mapped, NAT64) and no rebinding between the looks gets past.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from worker.errors import ConfigError, FetchError

_NAT64 = ip_network("64:ff9b::/96")
_TEREDO = ip_network("2001::/32")
_SIX_TO_FOUR = ip_network("2002::/16")
_COMPATIBLE = ip_network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)
_REFUSED = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.88.99.0/24", "198.18.0.0/15", "240.0.0.0/4",
        "64:ff9b:1::/48", "100::/64", "2001::/23", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip


class RefusedAddressError(OSError):
    """Raised where only an OSError travels: inside a connection attempt."""


@lru_cache(maxsize=8192)
def is_public(text: str) -> bool:
    """Whether an address is one of the open internet, whatever it is wrapped in."""
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if isinstance(address, IPv6Address):
        if address.scope_id is not None:
            return False
        inner = _embedded(address)
        if inner is not None:
            return is_public(str(inner)) and address not in _TEREDO
    if any(address.version == net.version and address in net for net in _REFUSED):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for, if it does."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    number = int(address)
    if address in _SIX_TO_FOUR:
        return IPv4Address((number >> 80) & 0xFFFFFFFF)
    if address in _TEREDO:
        return IPv4Address(~number & 0xFFFFFFFF)
    if address in _NAT64 or (address in _COMPATIBLE and number > 1) or (number >> 32) & 0xFFFFFFFF in _ISATAP:
        return IPv4Address(number & 0xFFFFFFFF)
    return None


@dataclass(frozen=True, slots=True)
class _Allowed:
    """One line of the allow-list: an exact host or a range, and a port (None: any)."""

    host: str
    network: IPv4Network | IPv6Network | None
    port: int | None

    def covers(self, host: str, port: int) -> bool:
        """Whether it names this host, as written or as an address, and port."""
        if self.port is not None and self.port != port:
            return False
        if self.network is None:
            return host == self.host
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return address.version == self.network.version and address in self.network


def _read_allowed(text: str) -> _Allowed:
    """`host:port`, `10.1.2.0/24:8080`, `[fd00::/8]:443`, with `*` for any port."""
    host, _, port = text.strip().rpartition(":")
    host = host.removeprefix("[").removesuffix("]").lower()
    if not host or not (port == "*" or (port.isdigit() and 0 < int(port) < 65536)):
        raise ConfigError(
            f"{text!r} is no allowed address", remedy="write host:port or range:port, as 10.1.2.0/24:8080"
        )
    number = None if port == "*" else int(port)
    try:
        return _Allowed(host, ip_network(host), number)
    except ValueError:
        if "/" in host:
            raise ConfigError(
                f"{text!r}: {host} is no address range", remedy="write it as 10.1.2.0/24:8080"
            ) from None
        return _Allowed(host, None, number)


class AddressGuard:
    """Says which addresses may be fetched. `allow` is the operator's list, `ports` the usual ones."""

    def __init__(self, allow: Iterable[str] = (), ports: Sequence[int] = (80, 443)) -> None:
        """`allow` holds lines as `intranet.example:8080` or `127.0.0.0/8:*`."""
        self._allow = tuple(_read_allowed(line) for line in allow)
        self._ports = frozenset(ports)
        self._by_name: set[tuple[str, int]] = set()
        self._listed = lru_cache(maxsize=8192)(self._is_listed)

    def allows(self, host: str, port: int) -> bool:
        """Whether the operator's list names this host or address with this port."""
        return bool(self._allow) and self._listed(host, port)

    def _is_listed(self, host: str, port: int) -> bool:
        return any(line.covers(host, port) for line in self._allow)

    def check_url(self, url: str) -> tuple[str, int]:
        """Judge an address as written; returns host and port, raises `FetchError` otherwise."""
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").rstrip("."), parts.port
        except ValueError:
            raise _refused(url, "is not a valid address") from None
        if parts.scheme not in ("http", "https"):
            raise _refused(url, f"is a {parts.scheme or 'relative'} address; only http and https are fetched")
        if parts.username is not None or parts.password is not None:
            raise _refused(
                url.replace(parts.netloc, parts.netloc.rpartition("@")[2]),
                "carries credentials",
                "put them into the feed's basic_auth option",
            )
        if not host:
            raise _refused(url, "names no host")
        port = port or (443 if parts.scheme == "https" else 80)
        if self.allows(host, port):
            return host, port
        if port not in self._ports:
            raise _refused(url, f"uses port {port}", "add host:port to the allowed addresses")
        if _is_literal(host) and not is_public(host):
            raise _refused(
                url, "is not an address of the open internet", "add host:port to the allowed addresses"
            )
        return host, port

    def check_resolved(self, host: str, address: str, port: int) -> bool:
        """Whether a name may stand for this address; names on the list may stand for private ones."""
        if self.allows(host, port):
            self._by_name.add((address, port))
            return True
        return is_public(address) or self.allows(address, port)

    def check_socket(self, family: int, sockaddr: Sequence[object]) -> None:
        """The last look, at what the socket is about to connect to; raises `RefusedAddressError`."""
        if family not in (socket.AF_INET, socket.AF_INET6):
            raise RefusedAddressError("only internet addresses are fetched")
        address, port = str(sockaddr[0]), int(str(sockaddr[1]))
        if (address, port) in self._by_name or self.allows(address, port):
            return
        if not is_public(address):
            raise RefusedAddressError(f"{address} is not an address of the open internet")
        if port not in self._ports:
            raise RefusedAddressError(f"port {port} is not allowed")


def _is_literal(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _refused(url: str, why: str, remedy: str = "") -> FetchError:
    return FetchError(f"{url[:200]} {why}", kind="refused-address", remedy=remedy)
