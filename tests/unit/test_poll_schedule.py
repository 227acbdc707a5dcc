"""When to poll next, and what failures and silence mean."""

from datetime import UTC, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.pollkit import NOW
from worker.domain.model import Feed, FeedState
from worker.domain.polling import (
    PollPolicy,
    after_failure,
    health_of,
    next_poll,
    rhythm_of,
    same_site,
    silence_notice,
    watch_redirect,
)
from worker.domain.polling.failures import is_outage
from worker.domain.polling.headers import cache_seconds, http_date, links
from worker.errors import FetchError

POLICY = PollPolicy()
FEED = Feed(url="https://desk.example/feed", name="Desk")


def following(memory, *, now=NOW, brought=True, cache_s=None, feed=FEED, jitter=0.5):
    return next_poll(POLICY, feed, memory, now=now, brought=brought, cache_s=cache_s, jitter=jitter)


def every(minutes, count=20, newest=NOW):
    return rhythm_of([newest - timedelta(minutes=minutes * n) for n in range(count)], NOW)


def test_the_interval_is_half_the_feeds_own_gap():
    assert following(every(20)).interval_s == 600
    assert "every 20 min" in following(every(20)).reason


def test_floor_and_ceiling_hold():
    assert following(every(0.2)).interval_s == 60
    assert following(every(60 * 24 * 30)).interval_s == 86_400


def test_a_quiet_feed_is_asked_less_and_less():
    memory = every(240)
    quiet = following(memory, now=NOW + timedelta(days=5))
    assert quiet.interval_s == 5 * 86_400 / 12
    assert "quiet for 5 d" in quiet.reason


def test_a_document_that_holds_little_is_asked_often_enough_to_lose_nothing():
    """A burst in a short window: the median gap is long, the whole document is an hour."""
    memory = every(30, count=3)
    assert memory["span_s"] == 3600
    assert following(memory, now=NOW + timedelta(hours=30)).interval_s == 1200


@pytest.mark.parametrize(
    ("hint", "cache_s", "expected"),
    [
        ({"ttl_s": 1800}, None, 1800),
        ({"period_s": 1800}, None, 1800),
        ({}, 1800, 1800),
        ({"ttl_s": 86_400}, None, 3600),
        ({"ttl_s": 60}, 30, 600),
    ],
)
def test_what_server_and_document_ask_for_is_kept_within_reason(hint, cache_s, expected):
    assert following({**every(20), **hint}, cache_s=cache_s).interval_s == expected


def test_skip_hours_and_days_move_the_poll_out():
    memory = {**every(20), "skip_hours": [12, 13], "skip_days": []}
    assert following(memory).at.hour == 14
    sunday = {**every(20), "skip_days": ["Sunday"]}
    assert following(sunday).at.strftime("%A") == "Monday"
    assert following({**every(20), "skip_hours": list(range(24))}).interval_s == 600


def test_unknown_rhythm_adapts_to_what_polls_bring():
    assert following({}).interval_s == 900
    assert following({"interval_s": 900}, brought=True).interval_s == 540
    assert following({"interval_s": 900}, brought=False).interval_s == 1170


def test_jitter_spreads_polls_and_urgent_feeds_have_none():
    early, late = following(every(20), jitter=0.0).at, following(every(20), jitter=1.0).at
    assert (late - early).total_seconds() == pytest.approx(120)
    urgent = Feed(url="u", urgent=True, interval_s=45)
    assert following(every(20), feed=urgent, jitter=1.0).at == NOW + timedelta(seconds=45)


def test_a_gap_shortens_the_interval():
    assert following({**every(20), "shrink": 0.5}).interval_s == 300


@given(
    st.lists(st.datetimes(timezones=st.just(UTC)), max_size=20),
    st.floats(0, 1),
    st.none() | st.floats(0, 1e9),
    st.booleans(),
)
def test_the_next_poll_is_always_within_floor_and_ceiling(dates, jitter, cache_s, brought):
    at = following(rhythm_of(dates, NOW), jitter=jitter, cache_s=cache_s, brought=brought).at
    assert timedelta(seconds=60) <= at - NOW <= timedelta(days=1)


def error(kind, status=None, retry=None):
    return FetchError("x", kind=kind, status=status, retry_after_s=retry)


def test_failures_wait_longer_each_time_up_to_a_day():
    waits = [after_failure(POLICY, FeedState(failures=n), error("http", 500), 0.5).wait_s for n in range(20)]
    assert waits[:3] == [300, 600, 1200]
    assert waits == sorted(waits)
    assert waits[-1] == 86_400


def test_gone_stops_and_a_rate_limit_rests_the_host():
    assert after_failure(POLICY, FeedState(), error("gone", 410), 0.5).gone
    assert after_failure(POLICY, FeedState(), error("rate-limited", 429, 777.0), 0.0).host_wait_s == 777
    assert after_failure(POLICY, FeedState(), error("http", 500), 0.0).host_wait_s == 0


def test_only_several_hosts_without_any_answer_are_an_outage():
    lost = [(f"h{n}", "connect") for n in range(3)]
    assert is_outage(lost, [])
    assert not is_outage(lost, ["h9"])
    assert not is_outage(lost[:2] * 4, [])
    assert not is_outage([("a", "tls"), ("b", "http"), ("c", "tls")], [])


def test_a_feed_silent_for_long_by_its_own_measure_is_told_of_once():
    memory = every(60)
    state = FeedState(last_success_at=NOW, memory=memory)
    assert silence_notice(POLICY, FEED, state, NOW + timedelta(hours=5)) is None
    notice = silence_notice(POLICY, FEED, state, NOW + timedelta(hours=7))
    assert notice is not None
    assert "nothing for 7 h" in notice.text
    told = FeedState(last_success_at=NOW, memory={**memory, "silent": NOW.isoformat()})
    assert silence_notice(POLICY, FEED, told, NOW + timedelta(hours=9)) is None


def test_a_feed_that_rests_at_night_is_not_silent_in_the_morning():
    days = [NOW - timedelta(days=d, hours=h) for d in range(6) for h in range(8)]
    state = FeedState(last_success_at=NOW, memory=rhythm_of(days, NOW))
    assert silence_notice(POLICY, FEED, state, NOW + timedelta(hours=16)) is None


def test_health_is_a_word_and_a_sentence():
    def word(**values):
        return health_of(POLICY, FEED, FeedState(**values), NOW).status

    assert word() == "new"
    assert word(last_success_at=NOW, memory={"size": 3}) == "ok"
    assert word(last_success_at=NOW, memory={"size": 0}) == "empty"
    assert word(failures=2, error="the server refuses us (403)") == "failing"
    assert word(failures=1, error_class="gone", error="gone") == "gone"
    assert (
        word(last_success_at=NOW, memory={**every(30, newest=NOW - timedelta(days=2)), "size": 1}) == "silent"
    )
    figures = health_of(
        POLICY, FEED, FeedState(polls=10, memory={**every(30), "unchanged": 4, "size": 9}), NOW
    )
    assert (figures.share_unchanged, figures.items_a_day, figures.gap_s) == (0.4, 48, 1800)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://news.example.com/f", "https://feeds.example.com/f", True),
        ("http://example.com/f", "https://www.example.com/g", True),
        ("https://a.co.uk/f", "https://b.co.uk/f", False),
        ("https://desk.gov.iq/f", "https://other.gov.iq/f", False),
        ("https://example.com/f", "https://example.net/f", False),
        ("http://192.0.2.1/f", "http://192.0.2.2/f", False),
    ],
)
def test_a_move_within_a_house_is_told_from_one_out_of_it(one, other, same):
    assert same_site(one, other) is same


def test_a_rejected_redirect_is_neither_saved_nor_asked_again():
    since = (NOW - timedelta(days=9)).isoformat()
    memory = {"redirect": {"to": "https://other.example/f", "since": since, "polls": 9, "approved": False}}
    verdict = watch_redirect(POLICY, FEED, "https://other.example/f", memory, NOW)
    assert (verdict.save, verdict.notice) == (None, None)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "200"}, 400),
        ({"cache-control": "no-cache, max-age=600"}, None),
        ({"expires": "Sun, 01 Mar 2026 13:00:00 GMT", "date": "Sun, 01 Mar 2026 12:00:00 GMT"}, 3600),
        ({"expires": "0"}, None),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, 0),
        ({}, None),
    ],
)
def test_cache_headers_are_read(headers, seconds):
    assert cache_seconds(headers, NOW) == seconds


def test_odd_dates_and_link_headers_are_read():
    assert http_date("Sunday, 01-Mar-26 12:00:00 GMT") == NOW
    assert http_date("soon") is None
    header = '<https://hub.example/>; rel="hub", <https://desk.example/feed>; rel=self; type="x"'
    assert links({"link": header}, "hub") == ("https://hub.example/",)
    assert links({"link": header}, "self") == ("https://desk.example/feed",)
