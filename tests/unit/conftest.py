"""Fixtures of the unit tests."""

from __future__ import annotations

import pytest

from tests.support.lexicon import shipped_analyser
from worker.domain.understanding.analyser import Analyser


@pytest.fixture(scope="session")
def analyser() -> Analyser:
    """The analyser with the lexicon and the weights that ship; it keeps nothing of a text."""
    return shipped_analyser()
