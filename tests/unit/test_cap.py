"""CAP 1.2 messages against what the standard asks, written as a schema in `tests/support/cap12.xsd`."""

from dataclasses import replace
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from lxml import etree

from tests.support.alertkit import NOW, event, story
from worker.domain.model import Alert, Severity
from worker.services.cap import CapMessage, cap_of, leave

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


def kinds(message):
    """What sort of message it is, and which it names."""
    root = etree.fromstring(message)
    space = {"cap": "urn:oasis:names:tc:emergency:cap:1.2"}
    return root.findtext("cap:msgType", namespaces=space), root.findtext("cap:references", namespaces=space)


EARLIER = [
    CapMessage(1, 1, "marsad@marsad.example", NOW - timedelta(hours=2)),
    CapMessage(1, 3, "marsad@old.example", NOW - timedelta(hours=1)),
]


def test_the_first_message_about_a_story_is_an_alert_that_names_none():
    assert kinds(cap_of(story(1), None, PAGE)) == ("Alert", None)


def test_a_later_message_is_an_update_that_names_the_earlier_ones_as_the_standard_has_it():
    message = cap_of(story(1, 4), alert(Severity.HIGH), PAGE, earlier=EARLIER)
    assert kinds(message) == (
        "Update",
        (
            "marsad@marsad.example,marsad-story-1-v1,2026-11-22T10:00:00-00:00 "
            "marsad@old.example,marsad-story-1-v3,2026-11-22T11:00:00-00:00"
        ),
    )
    assert faults(message) == []


def test_a_story_that_was_retracted_cancels_what_was_said_of_it():
    message = cap_of(replace(story(1, 4), corroboration="retracted"), None, PAGE, earlier=EARLIER)
    assert kinds(message)[0] == "Cancel"
    assert faults(message) == []
    assert kinds(cap_of(replace(story(1), corroboration="retracted"), None, PAGE))[0] == "Alert"


class Book:
    """Messages that left, in memory."""

    def __init__(self, *held):
        self.held = list(held)

    def cap_messages(self, story_ids):
        return {story_ids[0]: list(self.held)}

    def note_cap(self, messages):
        self.held += messages


def test_what_leaves_is_written_down_once_and_named_by_what_comes_later():
    book = Book()
    assert leave(book, [story(1, 2)], PAGE) == {1: []}
    assert leave(book, [story(1, 2)], PAGE) == {1: []}
    assert [(m.story_id, m.version, m.sender) for m in book.held] == [(1, 2, "marsad@marsad.example")]
    assert [m.version for m in leave(book, [story(1, 5)], PAGE)[1]] == [2]
    assert leave(book, [story(1, 2)], PAGE) == {1: []}, "an old version does not name a newer one"


def test_messages_of_a_story_that_was_merged_into_this_one_are_named_too():
    book = Book(CapMessage(8, 9, "marsad", NOW))
    assert [m.identifier for m in leave(book, [story(1, 2)], PAGE)[1]] == ["marsad-story-8-v9"]
