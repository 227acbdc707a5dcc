"""MinHash signatures and bands: near-copies of wire text without comparing every pair.

A. Broder, "On the resemblance and containment of documents" (1997); banding after Leskovec,
Rajaraman, Ullman, "Mining of Massive Datasets", chapter 3. The hash family is written out here because
bands lie in the database for as long as stories live: they must come out the same on every machine and
with every version of every library.
"""

from __future__ import annotations

import zlib
from hashlib import blake2b

import numpy as np

HASHES = 64
BANDS = 12
ROWS = 4
"""Two texts of likeness .8 share a band with probability .998, of .7 with .96, of .3 with .09."""


def _family() -> tuple[np.ndarray, np.ndarray]:
    """Coefficients of the hash functions, drawn once and for all from BLAKE2b of their index."""
    raw = [blake2b(b"marsad minhash %d" % i, digest_size=16).digest() for i in range(HASHES)]
    a = np.array([int.from_bytes(r[:8], "big") | 1 for r in raw], dtype=np.uint64)
    b = np.array([int.from_bytes(r[8:], "big") for r in raw], dtype=np.uint64)
    return a, b


_A, _B = _family()


def signature(shingles: list[str]) -> bytes:
    """Make sixty-four 32-bit minima, big-endian; none for an empty text."""
    if not shingles:
        return b""
    base = np.fromiter((zlib.crc32(s.encode()) for s in set(shingles)), dtype=np.uint64)
    mixed = (base[:, None] * _A[None, :] + _B[None, :]) >> np.uint64(32)
    return bytes(mixed.min(axis=0).astype(">u4").tobytes())


def likeness(a: bytes, b: bytes) -> float:
    """Estimated share of shingles in common, 0 to 1 (standard error about .06 at .7)."""
    if not a or not b:
        return 0.0
    return float(np.count_nonzero(np.frombuffer(a, ">u4") == np.frombuffer(b, ">u4"))) / HASHES


def bands(sig: bytes) -> list[bytes]:
    """What is looked up: texts that agree in one band are worth comparing."""
    width = ROWS * 4
    return [bytes([i]) + sig[i * width : (i + 1) * width] for i in range(BANDS)] if sig else []
