"""The shipped lexicon and its analyser, made once for all tests of a process."""

from __future__ import annotations

from functools import cache

from config.catalogue import load_lexicon
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.lexicon import Lexicon, build_lexicon


@cache
def shipped_lexicon() -> Lexicon:
    """All that the data files say."""
    data = load_lexicon()
    return build_lexicon(
        concepts=data.concepts,
        languages=data.languages,
        actors=data.actors,
        places=data.places,
        abroad=data.abroad,
        version=data.version,
    )


@cache
def shipped_analyser() -> Analyser:
    """The analyser with the weights that ship."""
    return Analyser(shipped_lexicon(), load_lexicon().model)
