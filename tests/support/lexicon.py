"""The shipped lexicon and its analyser, made once for all tests of a checkout's state."""

from __future__ import annotations

from functools import cache

from config.catalogue import lexicon_version, load_lexicon, load_model
from tests.support.paths import CACHE
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.words.lexicon import Lexicon, lexicon_of
from worker.storage import compiled


@cache
def shipped_lexicon() -> Lexicon:
    """All that the data files say; kept in the checkout, so that a test of a word does not wait for all words."""
    kept = compiled.load(CACHE, lexicon_version())
    if kept is None:
        kept = lexicon_of(load_lexicon())
        compiled.save(CACHE, kept)
    return kept


@cache
def shipped_analyser() -> Analyser:
    """The analyser with the weights that ship."""
    return Analyser(shipped_lexicon(), load_model())
