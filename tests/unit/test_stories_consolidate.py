"""What a story believes of its event, who says what, and which differences are news."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from worker.bootstrap import house
from worker.domain.model import Analysis, ChangeKind, Event, Kind, Report
from worker.domain.stories.book import LinkSettings, StoryBook
from worker.domain.understanding.gist import gist

DAY = datetime(2026, 3, 1, 9, tzinfo=UTC)
BLAST = Event(
    "Remote explosive/landmine/IED", "Explosions/Remote violence", date=date(2026, 3, 1), date_precision=1,
    place="Muqdadiyah", governorate="Diyala", lat=33.98, lon=44.94, geo_precision=1, targets=("civilians",),
    weapons=("ied",), killed=3, confidence=0.7,
)  # fmt: skip


class Desk:
    """Feeds reports to a book, one hour apart, each in words of its own."""

    def __init__(self, tell=None):
        self.book = StoryBook(LinkSettings(tell=tell))
        self.number = 0

    def hears(self, source, event, *, body="", reliability="C", entry=None, revision=1, kind=Kind.INCIDENT):
        self.number += 1
        at = DAY + timedelta(hours=self.number)
        title = f"{source} {self.number}"
        whole = f"{title}\n{body}"
        events = (event,) if event else ()
        made = Report(
            item_id=self.number, feed_id=1, url=f"https://{source}.example/{self.number}", canonical_url="",
            source=source, reliability=reliability, language="en", title=title, text=whole, text_hash=whole,
            published_at=at, seen_at=at, fresh=True, entry_id=entry or self.number, revision=revision,
            analysis=Analysis(True, 0.9, kind, events=events, gist=f"{source}: {event.killed if event else ''}"),
        )  # fmt: skip
        return self.book.add(made)

    @property
    def story(self):
        (only,) = self.book.stories()
        return only

    def kinds(self):
        return [c.kind for c in self.book.log]


@pytest.fixture
def desk():
    return Desk()


def test_the_range_of_a_toll_and_who_says_what(desk):
    desk.hears("a", BLAST)
    desk.hears("b", replace(BLAST, killed=5))
    view = desk.story.fields["killed"]
    assert (view.believed, view.low, view.high) == (5, 3, 5)
    assert view.why == "the latest word"
    assert [(c.value, c.sources) for c in view.claims] == [(3, ("a",)), (5, ("b",))]
    assert view.changed_at == DAY + timedelta(hours=2)
    assert (desk.story.event.killed, desk.story.event.killed_max) == (5, None)


def test_a_newer_higher_figure_is_believed_at_once(desk):
    for source, killed in (("a", 3), ("b", 3), ("c", 8)):
        desk.hears(source, replace(BLAST, killed=killed))
    view = desk.story.fields["killed"]
    assert (view.believed, view.low, view.high) == (8, 3, 8)


def test_a_lower_figure_needs_a_second_voice_against_two(desk):
    for source, killed in (("a", 3), ("b", 3), ("c", 2)):
        desk.hears(source, replace(BLAST, killed=killed))
    view = desk.story.fields["killed"]
    assert (view.believed, view.low, view.high) == (3, 2, 3)
    assert view.why == "2 independent sources stand by it"


def test_an_official_source_has_the_last_word(desk):
    for source, killed, letter in (("a", 3, "C"), ("b", 3, "C"), ("ministry", 4, "A")):
        desk.hears(source, replace(BLAST, killed=killed), reliability=letter)
    assert desk.story.fields["killed"].believed == 4
    assert desk.story.fields["killed"].why == "the last word of an official source"


def test_a_source_that_corrects_itself_counts_with_its_last_word_only(desk):
    desk.hears("a", replace(BLAST, killed=11))
    desk.hears("a", replace(BLAST, killed=8), entry=1, revision=2)
    view = desk.story.fields["killed"]
    assert (view.believed, view.low, view.high) == (8, 8, 8)
    assert desk.kinds() == [ChangeKind.NEW, ChangeKind.CORRECTED]


def test_copies_of_one_wire_text_are_one_voice_however_many_carry_it(desk):
    wire = "A roadside bomb hit a minibus on the road to the market and killed three, the police said. " * 3
    for source in "abcdef":
        desk.hears(source, BLAST, body=wire)
    story = desk.story
    assert (story.item_count, story.source_count, story.independent_sources) == (6, 6, 1)
    assert story.corroboration == "single source"
    assert [c.sources for c in story.fields["killed"].claims] == [("a",)]
    assert desk.kinds() == [ChangeKind.NEW] + 5 * [ChangeKind.COPY]


def test_two_own_reports_corroborate_and_say_so_once(desk):
    for source in "abc":
        desk.hears(source, BLAST)
    assert desk.story.corroboration == "corroborated"
    assert desk.kinds() == [ChangeKind.NEW, ChangeKind.CORROBORATED, ChangeKind.COPY]


def test_two_feeds_of_one_outlet_do_not_corroborate_each_other(desk):
    desk.hears("a", BLAST)
    desk.hears("a", replace(BLAST, wounded=4))
    assert (desk.story.corroboration, desk.story.independent_sources) == ("single source", 1)


def test_a_denial_makes_it_disputed_and_not_its_own_story(desk):
    desk.hears("a", BLAST)
    desk.hears("b", BLAST)
    desk.hears("ministry", replace(BLAST, denied=True))
    assert desk.story.corroboration == "disputed"
    assert desk.kinds()[-1] is ChangeKind.DISPUTED
    assert not desk.story.event.denied


def test_what_its_only_source_withdraws_is_retracted(desk):
    desk.hears("a", BLAST)
    desk.hears("a", None, entry=1, revision=2, kind=Kind.CONTEXT)
    assert desk.story.corroboration == "retracted"
    assert desk.kinds() == [ChangeKind.NEW, ChangeKind.RETRACTED]
    assert desk.story.event is not None, "what was retracted is still shown"


def test_what_one_of_two_sources_withdraws_stands_on_the_other(desk):
    desk.hears("a", BLAST)
    desk.hears("b", BLAST)
    desk.hears("b", None, entry=2, revision=2, kind=Kind.CONTEXT)
    assert desk.story.corroboration == "single source"
    assert desk.kinds()[-1] is ChangeKind.CORRECTED


def test_a_sharper_place_a_named_actor_and_a_claim_are_changes(desk):
    vague = replace(BLAST, place="Diyala", geo_precision=3, lat=33.8, lon=45.1)
    desk.hears("a", vague)
    desk.hears("b", BLAST)
    desk.hears("c", replace(BLAST, actors=("isis",)))
    desk.hears("d", replace(BLAST, actors=("isis",), claimed_by=("isis",)))
    assert desk.kinds() == [
        ChangeKind.NEW, ChangeKind.PLACE, ChangeKind.CORROBORATED, ChangeKind.ACTOR, ChangeKind.CLAIMED,
    ]  # fmt: skip
    event = desk.story.event
    assert (event.place, event.geo_precision, event.lat) == ("Muqdadiyah", 1, 33.98)
    assert (event.actors, event.claimed_by) == (("isis",), ("isis",))
    assert desk.story.fields["place"].why == "the most exact place that a source names"


def test_the_type_is_what_most_independent_sources_say(desk):
    desk.hears("a", replace(BLAST, sub_event_type="Suicide bomb"))
    desk.hears("b", BLAST)
    desk.hears("c", BLAST)
    assert desk.story.event.sub_event_type == "Remote explosive/landmine/IED"
    assert ChangeKind.TYPE in desk.kinds()


def test_an_actor_is_suspected_as_long_as_nobody_says_more(desk):
    desk.hears("a", replace(BLAST, actors=("isis",), suspected=("isis",)))
    assert desk.story.event.suspected == ("isis",)
    desk.hears("b", replace(BLAST, actors=("isis",)))
    assert desk.story.event.suspected == ()


def test_every_change_carries_before_and_after_and_its_report(desk):
    desk.hears("a", BLAST)
    desk.hears("a", replace(BLAST, killed=6))
    change = desk.book.log[-1]
    assert (change.kind, change.item_id, change.version) == (ChangeKind.TOLL, 2, 2)
    assert change.reason == "killed up from 3 to 6"
    assert (change.data["before"], change.data["after"]) == (3, 6)


def test_confidence_grows_with_independent_sources_and_not_with_copies(desk):
    desk.hears("a", BLAST)
    alone = desk.story.event.confidence
    desk.hears("a", BLAST)
    assert desk.story.event.confidence == alone
    desk.hears("b", BLAST)
    assert desk.story.event.confidence > alone


def test_the_gist_follows_what_is_believed():
    desk = Desk()
    desk.hears("a", BLAST)
    desk.hears("b", replace(BLAST, killed=5))
    assert desk.story.gist == "b: 5"


def test_the_headline_is_made_of_what_the_story_believes_and_not_of_the_last_report():
    desk = Desk(tell=gist)
    desk.hears("a", replace(BLAST, killed=0, wounded=0))
    desk.hears("b", replace(BLAST, killed=0))  # says only that nobody died
    assert "nobody hurt" in desk.story.gist
    desk.hears("c", replace(BLAST, killed=2, wounded=5))
    assert "2 killed, 5 wounded" in desk.story.gist


def test_the_service_tells_a_story_by_what_it_believes():
    assert house().linker._settings.tell is gist


def test_a_book_forgets_what_lies_outside_its_window():
    desk = Desk()
    desk.hears("a", BLAST)
    first = desk.story.id
    desk.number = 24 * 40
    desk.hears("b", replace(BLAST, date=date(2026, 4, 10)))
    assert desk.book.prune() == 1
    assert [s.id for s in desk.book.stories()] != [first]
    assert desk.book.story_of(1) == first, "its reports still know where they were"
