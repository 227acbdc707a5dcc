"""What a forked child takes over from its parent, and what it must make anew."""

import pytest

from config.settings import load
from worker import bootstrap


@pytest.fixture
def settings(tmp_path):
    yield load({"MARSAD_HOME": str(tmp_path), "HOME": str(tmp_path)})
    bootstrap._house = None


def test_connections_are_made_anew_and_words_are_shared(settings):
    parent = bootstrap.house(settings)
    parent.__dict__["words"] = words = object()
    engine, loop = parent.engine, parent.loop
    bootstrap.reset()
    child = bootstrap.house(settings)
    assert child is not parent
    assert child.words is words
    assert child.engine is not engine
    assert child.loop is not loop
    for made in (parent, child):
        made.close()


def test_a_process_without_a_house_has_nothing_to_forget():
    bootstrap._house = None
    bootstrap.reset()
    assert bootstrap._house is None
