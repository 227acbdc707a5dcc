"""The shipped lexicon and its analyser, made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from config.catalogue import load_lexicon
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.words.lexicon import Lexicon, lexicon_of


@cache
def shipped_lexicon() -> Lexicon:
    """All that the data files say."""
    return lexicon_of(load_lexicon())


@cache
def shipped_analyser() -> Analyser:
    """The analyser with the weights that ship."""
    return Analyser(shipped_lexicon(), load_lexicon().model)
