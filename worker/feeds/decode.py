"""Content encodings, undone while streaming and never beyond a limit.

A body of a few hundred bytes can unpack to gigabytes; so every decoder is asked for a bounded
piece at a time, and both the absolute size and the ratio are checked after each piece.
"""

from __future__ import annotations

import zlib
from typing import Protocol

from worker.errors import FetchError

_PIECE = 1 << 18
_RATIO_FREE = 1 << 20
"""Below this size no ratio is looked at: repetitive small feeds pack very well."""


class _Decoder(Protocol):
    def feed(self, data: bytes, room: int) -> tuple[bytes, bool]:
        """At most about `room` bytes of output, and whether more is waiting."""
        ...


class _Zlib:
    """gzip and deflate, zlib-wrapped or raw; several gzip members in a row are one body."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._z: zlib._Decompress | None = None
        self._rest = b""

    def feed(self, data: bytes, room: int) -> tuple[bytes, bool]:
        data = self._rest + data
        self._rest = b""
        if not data:
            return b"", False
        if self._z is None:
            wrapped = data[0] & 0x0F == 8 and (len(data) < 2 or int.from_bytes(data[:2]) % 31 == 0)
            self._z = zlib.decompressobj(31 if self._gzip else (15 if wrapped else -15))
        out = self._z.decompress(data, room)
        self._rest = self._z.unconsumed_tail
        if self._z.eof:
            after = self._z.unused_data
            if self._gzip and after[:2] == b"\x1f\x8b":
                self._z, self._rest = zlib.decompressobj(31), after
        return out, bool(self._rest) or len(out) >= room


class _Brotli:
    def __init__(self) -> None:
        import brotli  # type: ignore[import-untyped]  # noqa: PLC0415 - loaded when the first server uses it

        self._d = brotli.Decompressor()
        self._rest = b""

    def feed(self, data: bytes, room: int) -> tuple[bytes, bool]:
        self._rest += data
        if not self._d.can_accept_more_data():
            out = self._d.process(b"", output_buffer_limit=room)
        else:
            data, self._rest = self._rest, b""
            out = self._d.process(data, output_buffer_limit=room)
        return bytes(out), not self._d.can_accept_more_data() or bool(self._rest)


class _Zstd:
    def __init__(self) -> None:
        try:
            from compression import zstd  # type: ignore[import-not-found]  # noqa: PLC0415 - Python 3.14
        except ImportError:
            from backports import zstd  # noqa: PLC0415

        # RFC 9659: a window of more than 8 MB is not for the web.
        self._d = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: 23})

    def feed(self, data: bytes, room: int) -> tuple[bytes, bool]:
        if self._d.eof:
            return b"", False
        out = self._d.decompress(data, max_length=room)
        return out, not self._d.needs_input and not self._d.eof


def _decoder(name: str) -> _Decoder | None:
    if name in ("gzip", "x-gzip"):
        return _Zlib(gzip=True)
    if name == "deflate":
        return _Zlib(gzip=False)
    if name == "br":
        return _Brotli()
    if name == "zstd":
        return _Zstd()
    return None


class BodyReader:
    """Collects a body within its limits, decoding on the way."""

    def __init__(self, encoding: str, *, max_bytes: int, max_ratio: int, where: str) -> None:
        """`encoding` is the Content-Encoding header; `max_ratio` the most that packing may gain."""
        self._max, self._ratio, self._where = max_bytes, max_ratio, where
        self._raw = 0
        self._out = bytearray()
        names = [n for n in (part.strip().lower() for part in encoding.split(",")) if n and n != "identity"]
        if len(names) > 1:
            raise FetchError(f"the body is packed {len(names)} times over", kind="encoding", where=where)
        self._name = names[0] if names else ""
        self._decoder: _Decoder | None = None
        self._started = False

    def feed(self, data: bytes) -> None:
        """Take the next piece off the wire; raises `FetchError` as soon as a limit is passed."""
        self._raw += len(data)
        if not self._started:
            self._start(data)
        if self._decoder is None:
            self._out += data
            self._check()
            return
        more = True
        while more:
            try:
                out, more = self._decoder.feed(data, _PIECE)
            except Exception as fault:
                raise FetchError(
                    f"the server's {self._name} encoding is broken ({str(fault)[:80]})",
                    kind="encoding",
                    where=self._where,
                ) from fault
            data = b""
            self._out += out
            self._check()
            if not out:
                break

    def _start(self, data: bytes) -> None:
        """Choose the decoder by what the body is: headers say gzip for plain text and the reverse."""
        self._started = True
        packed = data[:2] == b"\x1f\x8b"
        if packed:
            self._decoder = _decoder("gzip") if self._name in ("", "gzip", "x-gzip") else _decoder(self._name)
        elif self._name in ("gzip", "x-gzip"):
            self._decoder = None
        else:
            self._decoder = _decoder(self._name)
            if self._decoder is None and self._name:
                raise FetchError(f"unknown encoding {self._name[:30]!r}", kind="encoding", where=self._where)

    def _check(self) -> None:
        size = len(self._out)
        if size > self._max:
            limit = f"{self._max / 2**20:.0f} MB"
            raise FetchError(f"the body is larger than {limit}", kind="too-large", where=self._where)
        if size > _RATIO_FREE and size > self._raw * self._ratio:
            raise FetchError(
                f"the body unpacks to more than {self._ratio} times its size",
                kind="too-large",
                where=self._where,
                remedy="such a body is a decompression bomb",
            )

    def body(self) -> bytes:
        """All of it."""
        return bytes(self._out)
