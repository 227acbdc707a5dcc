"""MinHash signatures and bands: near-copies of wire text without comparing every pair.

A. Broder, "On the resemblance and containment of documents" (1997); banding after Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3. The hash family is written out here because
bands lie in the database for as long as stories live: they must come out the same on every machine and
with every version of every library.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from struct import Struct
from zlib import crc32

import numpy as np

HASHES = 64
BANDS = 12
ROWS = 4
"""Two texts of likeness .8 share a band with probability .998, of .7 with .96, of .3 with .09."""

_HALF, _BIG = np.uint64(32), np.dtype(">u4")
_PAIRS, _WORD = Struct(">QQ"), (1 << 64) - 1
_MIX = tuple(
    int.from_bytes(blake2b(b"marsad band %d" % i, digest_size=8).digest(), "big") | 1 for i in range(4)
)
"""Odd factors that spread a band's sixteen bytes over a word."""


def _family() -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of the hash functions, drawn once and for all from BLAKE2b of their index."""
    raw = [blake2b(b"marsad minhash %d" % i, digest_size=16).digest() for i in range(HASHES)]
    a = np.array([int.from_bytes(r[:8], "big") | 1 for r in raw], dtype=np.uint64)
    b = np.array([int.from_bytes(r[8:], "big") for r in raw], dtype=np.uint64)
    return a[None, :], b[None, :]


_A, _B = _family()


def signature(shingles: list[str]) -> bytes:
    """Make sixty-four 32-bit minima, big-endian; none for an empty text."""
    if not shingles:
        return b""
    base = np.array(list(map(crc32, map(str.encode, shingles))), dtype=np.uint64)
    mixed = base[:, None] * _A
    mixed += _B
    # The low halves fall away, which the minimum does not mind: it is taken of the whole words.
    return bytes((np.minimum.reduce(mixed) >> _HALF).astype(_BIG).tobytes())


def values(sig: bytes) -> np.ndarray:
    """Give a signature as it is compared."""
    return np.frombuffer(sig, np.uint32)


def likeness(a: np.ndarray, b: np.ndarray) -> float:
    """Estimated share of shingles in common, 0 to 1 (standard error about .06 at .7)."""
    if len(a) != HASHES or len(b) != HASHES:
        return 0.0
    return int(np.count_nonzero(a == b)) / HASHES


@lru_cache(maxsize=2000)
def bands(sig: bytes) -> tuple[int, ...]:
    """Make the twelve 48-bit numbers that are looked up: texts that agree in one are worth comparing."""
    found = []
    for band, (left, right) in enumerate(_PAIRS.iter_unpack(sig[: BANDS * 4 * ROWS])):
        mixed = (left * _MIX[0] + right * _MIX[1] + band * _MIX[2]) & _WORD
        found.append(((mixed ^ mixed >> 29) * _MIX[3] & _WORD) >> 16)
    return tuple(found)
