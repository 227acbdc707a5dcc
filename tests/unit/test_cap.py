"""CAP 1.2 messages against what the standard asks, written as a schema in `tests/support/cap12.xsd`."""

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from lxml import etree

from tests.support.alertkit import NOW, event, story
from worker.domain.model import Alert, Severity
from worker.services.export import cap_of

SCHEMA = etree.XMLSchema(file=str(Path(__file__).parents[1] / "support" / "cap12.xsd"))
PAGE = "https://marsad.example"


def faults(message):
    """What the schema finds wrong."""
    SCHEMA.validate(etree.fromstring(message))
    return [fault.message for fault in SCHEMA.error_log]


def alert(level):
    return Alert(1, 1, level, "fired", ("iraq-security",), {}, NOW, NOW, 1)


STORIES = {
    "plain": story(1),
    "no event": replace(story(2), event=None, kind="context"),
    "no sentence": replace(story(3), gist=""),
    "no point": story(4, event=replace(event(), lat=None, lon=None, place=None, governorate=None)),
    "long and wicked": story(5, gist="<b>& \x00\x0b]]>" + "صاروخ " * 60),
    "a minute's fraction": story(6, updated_at=NOW.replace(microsecond=987_654)),
    "another zone": story(7, updated_at=NOW.astimezone(timezone(timedelta(hours=3)))),
    "only the governorate": story(8, event=replace(event(), geo_precision=3)),
    "near zero": story(9, event=replace(event(), lat=0.00001, lon=-0.00001)),
}


@pytest.mark.parametrize("told", STORIES.values(), ids=STORIES)
@pytest.mark.parametrize("page", [PAGE, "http://127.0.0.1:8642", ""])
def test_every_message_is_valid(told, page):
    for level in (None, *Severity):
        for exercise in (False, True):
            given = alert(level) if level else None
            assert faults(cap_of(told, given, page, exercise=exercise)) == []


@pytest.mark.parametrize("standing", ["single source", "corroborated", "disputed", "retracted", "unheard of"])
def test_every_standing_has_a_certainty(standing):
    assert faults(cap_of(replace(story(1), corroboration=standing), None, PAGE)) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"-00:00</sent>", b"Z</sent>"),
        (b"-00:00</sent>", b"</sent>"),
        (b"<sender>marsad", b"<sender>mar sad"),
        (b"<identifier>marsad", b"<identifier>a,b"),
        (b">Actual<", b">actual<"),
        (b">Alert<", b">Alarm<"),
        (b"<scope>Restricted</scope>", b""),
        (b"<urgency>Past</urgency>", b""),
        (b">Security<", b">Crime<"),
        (b"<severity>Severe<", b"<severity>High<"),
        (b"<certainty>Possible<", b"<certainty>Sure<"),
        (b"<circle>33.26250,44.23460 2<", b"<circle>33.26250 44.23460 2<"),
        (b"<circle>33.26250,44.23460 2</circle>", b"<polygon>33,44 34,44 33,44</polygon>"),
        (b"<senderName>Marsad</senderName>", b"<senderName>Marsad</senderName><audience>all</audience>"),
        (b"</restriction>", b"</restriction><references>marsad,1</references>"),
    ],
)
def test_the_schema_refuses_what_the_standard_forbids(right, wrong):
    told = replace(story(1), corroboration="single source")
    message = cap_of(told, alert(Severity.HIGH), PAGE)
    assert right in message
    assert faults(message.replace(right, wrong))


def test_one_report_is_not_called_reports():
    assert b"1 report, 1 independent source;" in cap_of(
        replace(story(1), item_count=1, independent_sources=1), None, PAGE
    )
