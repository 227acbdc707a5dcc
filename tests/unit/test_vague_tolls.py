"""Tolls told in a word of magnitude only: "dozens killed" is no figure, but must not count as nobody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from config.watchfile import load_severity
from tests.support.alertkit import event, story
from tests.support.reports import analysis_of
from worker.domain.alerting.message import toll_line
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.understanding.analyser import Analyser
from worker.web.present import toll

TEXT = "Dozens killed as car bomb rips through Sadr City market\nDozens of people were killed on Monday when a car bomb exploded at a market in Sadr City."


def test_a_word_of_magnitude_gives_no_figure_but_a_least(analyser: Analyser) -> None:
    analysis = analysis_of(analyser, "en", TEXT, published=datetime(2023, 6, 13, tzinfo=UTC))
    (told,) = analysis.events
    assert (told.killed, told.killed_max, told.at_least("killed")) == (None, 12, 12)
    assert "dozens killed" in analysis.gist
    assert [TEXT[e.start : e.end] for e in told.evidence if e.field == "killed_max"] == ["Dozens killed"]


@pytest.mark.parametrize(
    ("least", "said"), [(12, "dozens killed"), (100, "hundreds killed"), (1000, "thousands killed")]
)
def test_the_word_is_said_wherever_a_figure_would_stand(least: int, said: str) -> None:
    vague = event(killed=None, killed_max=least, wounded=None)
    assert toll(vague) == said
    assert toll_line(story(event=vague)) == said


def test_dozens_of_dead_are_as_urgent_as_ten() -> None:
    policy = SeverityPolicy.read(load_severity())
    vague = policy.rate(story(event=event(killed=None, killed_max=12, wounded=None)))
    ten = policy.rate(story(event=event(killed=10, wounded=None)))
    assert vague == ten


def test_a_figure_goes_before_the_word() -> None:
    told = event(killed=3, killed_max=12)
    assert told.at_least("killed") == 3
    assert told.vaguely("killed") == ""
