"""The compiled lexicon in a file, read in a second where making it from the files of words takes several.

A file is good for one state of the words and of the code that compiles them (`stamp`); its name says which.
Whoever finds none, or one that cannot be read, makes the lexicon from the files of words as if there were no
such file. It is a pickle that may name the classes of a lexicon and nothing else, so that a foreign file can
at worst be refused. See docs/adr/0008.
"""

from __future__ import annotations

import gc
import gzip
import hashlib
import pickle
import sys
import tempfile
import time
import zlib
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

import worker.domain
from worker.domain.understanding.words.grammar import Grammar
from worker.domain.understanding.words.layers import Anchor, Longer, Register, layer_from
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.meanings import Actor, Concept, Country, Place, Sense
from worker.domain.understanding.words.phrases import Affixes, AnyNumber, Gap, Phrase, Word
from worker.domain.understanding.words.sounds import Romanisation
from worker.domain.understanding.words.tongue import Tongue

ABANDONED = 3600
"""Seconds after which nobody writes a half-written file any more; writing takes some ten."""
KEPT = 3
"""Files of older words or older code that are left beside the newest: another installation may use them."""

_NAMED = {
    (one.__module__, one.__qualname__): one
    for one in (
        *(Actor, Affixes, Anchor, AnyNumber, Concept, Country, Gap, Grammar, Lexicon, Longer, Phrase, Place),
        *(Register, Romanisation, Sense, Tongue, Word, layer_from, defaultdict, frozenset, list, set),
    )
}
"""All that a file may name."""


class _Reader(pickle.Unpickler):
    """Makes nothing but the parts of a lexicon."""

    def find_class(self, module: str, name: str) -> Any:
        """Look a name up among the parts; anything else is refused."""
        try:
            return _NAMED[module, name]
        except KeyError:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of a lexicon") from None


CODE = Path(worker.domain.__file__ or "").parent


def stamp(version: str, code: Path = CODE) -> str:
    """Name the state of the words (`version`) and of the code that compiles them; 16 hex digits.

    Every module under `worker/domain` counts: which of them compile is nobody's to remember.
    """
    digest = hashlib.sha256()
    made_by = (version, sys.version, msgspec.__version__)
    digest.update("\n".join(made_by).encode())
    for path in sorted(code.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def load(folder: Path, version: str) -> Lexicon | None:
    """The lexicon of this state of words and code, all languages made; None where no file holds it whole."""
    path = _path(folder, version)
    if not _is_whole(path):
        return None  # the words are compiled again
    collecting = gc.isenabled()
    gc.disable()  # nothing that is read here is garbage
    try:
        with gzip.open(path) as file:
            lexicon = _Reader(file).load()
    except (OSError, EOFError, ValueError, pickle.UnpicklingError, TypeError, AttributeError, IndexError):
        return None  # a foreign file
    finally:
        if collecting:
            gc.freeze()
            gc.enable()
    return lexicon if isinstance(lexicon, Lexicon) and lexicon.version == version else None


def is_kept(folder: Path, version: str) -> bool:
    """Whether there is a whole file of this state of words and code."""
    return _is_whole(_path(folder, version))


def _is_whole(path: Path) -> bool:
    """Whether there is such a file and its checksum holds; nothing of a torn one is made."""
    try:
        with gzip.open(path) as file:
            while file.read(1 << 20):
                pass
    except (OSError, EOFError, zlib.error):
        return False
    return True


def save(folder: Path, lexicon: Lexicon) -> Path:
    """Keep a lexicon for later processes and drop all but a few older ones; every language is made for it.

    Raises OSError where the folder cannot be written.
    """
    path = _path(folder, lexicon.version)
    collecting = gc.isenabled()
    gc.disable()  # nothing that is written here is garbage
    try:
        _write(folder, path, lexicon)
    finally:
        if collecting:
            gc.enable()
    newest_first = sorted(folder.glob("lexicon-*.bin"), key=lambda p: p.stat().st_mtime, reverse=True)
    for old in newest_first[KEPT:]:
        if old != path:
            old.unlink(missing_ok=True)
    for part in folder.glob("lexicon-*.part"):
        if part.is_file() and time.time() - part.stat().st_mtime > ABANDONED:
            part.unlink(missing_ok=True)  # its writer was killed
    return path


def _write(folder: Path, path: Path, lexicon: Lexicon) -> None:
    """Write beside the file and put it in its place, so that nobody reads half of one."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix="lexicon-", suffix=".part", delete=False) as part:
        try:
            with gzip.GzipFile(fileobj=part, mode="wb", compresslevel=1, mtime=0) as file:
                pickle.dump(lexicon, file, protocol=5)
            part.close()
            Path(part.name).chmod(0o644)  # no secret: another user of the machine may read it
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise


def _path(folder: Path, version: str) -> Path:
    return folder / f"lexicon-{stamp(version)}.bin"
