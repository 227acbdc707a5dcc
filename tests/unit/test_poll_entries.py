"""Which entries are new: identity, edits, dates, and what was missed between two polls."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pollkit import NOW
from worker.domain.model import Entry
from worker.domain.polling import believed_date, decide_entries, fingerprint, keys_of
from worker.domain.polling.entries import KnownEntry, link_key


def entry(guid="", url="", title="", html="", published=None):
    return Entry(guid=guid, url=url, title=title, html=html, published=published)


class Shelf:
    """What is stored of one feed, across polls."""

    def __init__(self):
        self.known = {}
        self.memory = {}
        self.polls = 0
        self.now = NOW

    def poll(self, *entries, after=timedelta(hours=1)):
        if self.polls:
            self.now += after
        decision = decide_entries(
            keys_of(entries), self.known, first=self.polls == 0, now=self.now, memory=self.memory
        )
        for item in decision.items:
            one = KnownEntry(item.identity, item.alias, item.fingerprint, item.published_at)
            self.known[item.identity] = self.known[item.alias] = one
        self.memory |= decision.memory
        if decision.newest:
            self.memory["newest"] = decision.newest.isoformat()
        self.polls += 1
        return decision


def test_an_entry_is_known_by_its_guid_even_when_link_and_title_change():
    shelf = Shelf()
    shelf.poll(entry("g1", "https://a.example/1", "Old title", "text", NOW))
    second = shelf.poll(entry("g1", "https://a.example/1-new", "New title", "text", NOW))
    assert (second.new, second.revised) == (0, 1)
    assert second.items[0].identity == shelf.known[second.items[0].identity].identity
    assert shelf.poll(entry("g1", "https://a.example/1-new", "New title", "text", NOW)).items == ()


def test_without_guid_the_link_counts_and_tracking_words_do_not():
    shelf = Shelf()
    shelf.poll(entry("", "https://www.a.example/1?id=7&utm_source=rss", "T", "text"))
    assert shelf.poll(entry("", "http://a.example/1?utm_medium=feed&id=7", "T", "text")).items == ()
    assert shelf.poll(entry("", "http://a.example/1?id=8", "T", "text")).new == 1


def test_without_guid_and_link_title_and_date_count():
    shelf = Shelf()
    shelf.poll(entry(title="Bulletin", published=NOW))
    assert shelf.poll(entry(title="Bulletin", published=NOW)).items == ()
    assert shelf.poll(entry(title="Bulletin", published=NOW + timedelta(minutes=30))).new == 1


def test_entries_that_share_a_guid_are_all_kept():
    shelf = Shelf()
    same = [entry("0", f"https://a.example/{n}", f"Story {n}", "t", NOW) for n in range(5)]
    assert shelf.poll(*same).new == 5
    assert shelf.poll(*same).items == ()
    extra = entry("0", "https://a.example/9", "Story 9", "t", NOW)
    assert shelf.poll(extra, *same[:4]).new == 1
    assert shelf.poll(same[2]).items == ()


def test_entries_that_share_guid_and_link_differ_by_title():
    shelf = Shelf()
    one, two = entry("", "https://a.example/", "One", "t"), entry("", "https://a.example/", "Two", "t")
    assert shelf.poll(one, two).new == 2
    assert shelf.poll(two, one).items == ()


def test_the_same_entry_twice_in_a_document_is_one():
    assert (
        Shelf()
        .poll(entry("g", "https://a.example/1", "T", "t"), entry("g", "https://a.example/1", "T", "t"))
        .new
        == 1
    )


def test_guids_that_change_on_every_fetch_bring_nothing_new():
    shelf = Shelf()
    for fetch in range(4):
        entries = [
            entry(f"{n}-{fetch}", f"https://a.example/{n}", f"Story {n}", "text", NOW - timedelta(hours=n))
            for n in range(10)
        ]
        decision = shelf.poll(*entries)
        assert decision.new == (10 if fetch == 0 else 0)


def test_a_recycled_guid_is_a_new_entry():
    shelf = Shelf()
    shelf.poll(entry("1", "https://a.example/attack", "Attack in the north", "t", NOW))
    second = shelf.poll(
        entry("1", "https://a.example/match", "Cup final tonight", "u", NOW + timedelta(hours=3))
    )
    assert (second.new, second.revised) == (1, 0)
    again = shelf.poll(
        entry("1", "https://a.example/match", "Cup final tonight", "u", NOW + timedelta(hours=3))
    )
    assert again.items == ()


def test_a_bulletin_with_fixed_title_and_link_is_new_each_time():
    shelf = Shelf()
    shelf.poll(entry("g1", "https://a.example/news", "News at ten", "Monday", NOW))
    assert (
        shelf.poll(
            entry("g2", "https://a.example/news", "News at ten", "Tuesday", NOW + timedelta(days=1))
        ).new
        == 1
    )


def test_an_edit_is_a_revision_and_markup_alone_is_no_edit():
    shelf = Shelf()
    shelf.poll(entry("g", "https://a.example/1", "T", '<p>Three killed <img src="x?token=1"></p>', NOW))
    assert (
        shelf.poll(
            entry("g", "https://a.example/1", "T", '<div>Three killed <img src="x?token=2"></div>', NOW)
        ).items
        == ()
    )
    assert shelf.poll(entry("g", "https://a.example/1", "T", "<p>Five killed</p>", NOW)).revised == 1


def test_a_text_that_never_stops_changing_is_given_up_as_an_edit():
    row = keys_of([entry("g", "https://a.example/1", "T", "text 2", NOW)])
    for revision, expected in ((1, 1), (23, 1), (24, 0)):
        known = KnownEntry(row[0].identity, row[0].alias, "0" * 32, NOW, revision)
        decision = decide_entries(row, {row[0].identity: known}, first=False, now=NOW, memory={})
        assert decision.revised == expected


def test_future_dates_are_clamped_and_the_zero_of_generators_is_no_date():
    assert believed_date(entry(published=NOW + timedelta(days=400)), NOW) == NOW
    assert believed_date(entry(published=datetime(9999, 1, 1, tzinfo=UTC)), NOW) == NOW
    assert believed_date(entry(published=NOW + timedelta(minutes=3)), NOW) == NOW + timedelta(minutes=3)
    assert believed_date(entry(published=datetime(1970, 1, 1, tzinfo=UTC)), NOW) is None
    assert believed_date(entry(), NOW) is None


def test_undated_entries_of_a_first_poll_are_not_fresh_and_later_ones_are():
    shelf = Shelf()
    first = shelf.poll(entry("a", title="A"), entry("b", title="B", published=NOW))
    assert [item.fresh for item in first.items] == [False, True]
    assert [item.fresh for item in shelf.poll(entry("c", title="C")).items] == [True]


def test_a_first_document_dated_all_now_is_an_archive_and_not_fresh():
    entries = [entry(str(n), f"https://a.example/{n}", f"T{n}", "t", NOW) for n in range(8)]
    first = Shelf().poll(*entries)
    assert {(item.fresh, item.published_at) for item in first.items} == {(False, None)}


def test_a_feed_that_redates_everything_brings_nothing_new_and_its_dates_are_not_believed():
    shelf = Shelf()
    names = [f"T{n}" for n in range(6)]
    shelf.poll(*(entry(n, f"https://a.example/{n}", n, "t", NOW - timedelta(days=1)) for n in names))
    now = NOW + timedelta(hours=1)
    decision = shelf.poll(*(entry(n, f"https://a.example/{n}", n, "t", now) for n in [*names, "T9"]))
    assert decision.new == 1
    assert decision.items[0].published_at is None
    assert shelf.memory["redates"] is True


def test_a_document_without_overlap_records_what_was_missed():
    shelf = Shelf()
    shelf.poll(*(entry(f"a{n}", title=f"A{n}", published=NOW - timedelta(hours=n)) for n in range(1, 4)))
    later = NOW + timedelta(days=2)
    decision = shelf.poll(
        *(entry(f"b{n}", title=f"B{n}", published=later - timedelta(hours=n)) for n in range(4)),
        after=timedelta(days=2),
    )
    assert decision.new == 4
    assert decision.missed == (NOW - timedelta(hours=1), later - timedelta(hours=3))


def test_overlap_or_an_empty_document_is_no_gap():
    shelf = Shelf()
    old = entry("a", title="A", published=NOW - timedelta(hours=1))
    shelf.poll(old)
    assert shelf.poll().missed is None
    assert shelf.poll(old, entry("b", title="B", published=NOW + timedelta(hours=1))).missed is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://a.example/x?utm_source=1&b=2", "http://www.a.example/x?b=2"),
        ("https://a.example/x?fbclid=1", "https://a.example/x"),
        ("https://a.example/x?b=2&utm_campaign=z#top", "https://a.example/x?b=2#top"),
    ],
)
def test_addresses_that_differ_in_tracking_alone_have_one_key(one, other):
    assert link_key(one) == link_key(other)


texts = st.text(max_size=30)
entries_of = st.lists(
    st.builds(
        Entry,
        guid=st.sampled_from(["", "1", "2", "3"]) | texts,
        url=st.sampled_from(["", "https://a.example/", "https://a.example/x?utm_source=1"]) | texts,
        title=texts,
        html=texts,
        published=st.none() | st.datetimes(timezones=st.just(UTC)),
    ),
    max_size=12,
)


@given(entries_of)
def test_the_same_document_again_brings_nothing(entries):
    shelf = Shelf()
    shelf.poll(*entries)
    again = shelf.poll(*entries)
    assert (again.new, again.revised) == (0, 0)


@given(entries_of)
def test_identities_of_one_document_are_distinct(entries):
    identities = [row.identity for row in keys_of(entries)]
    assert len(identities) == len(set(identities))
    assert all(len(fingerprint(one)) == 32 for one in entries)
