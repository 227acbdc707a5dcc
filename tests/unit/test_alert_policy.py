"""Alert policy: who is told what, now or later, and of what nobody is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.support.alertkit import NOW, change, event, grown, policy, report, rule, story, view
from worker.domain.model import (
    Alert,
    AlertState,
    ChangeKind,
    DeliveryState,
    Kind,
    Neighbour,
    Severity,
    Silence,
    Situation,
)

HERE = Situation(NOW)
TOLL = change(ChangeKind.TOLL, 2, "killed rises from 0 to 5")


def told(outcome, *, state=DeliveryState.SENT, before=(), story_=None):
    """The view after these messages left."""
    sent = tuple(
        replace(d, state=state, id=n, created_at=NOW, sent_at=NOW)
        for n, d in enumerate(outcome.deliveries, 1)
    )
    alert = replace(outcome.alert, id=1)
    return view(story_ or story(), alert=alert, sent=(*before, *sent))


def first(*rules, **more):
    return policy(*rules, **more).judge(view(), [change()], HERE)


def test_several_watches_make_one_message_a_recipient_that_names_them_all():
    outcome = first(rule(), rule("airport", name="airports"), rule("pilgrims", name="no"))
    assert len(outcome.deliveries) == 3
    assert {d.message.watches for d in outcome.deliveries} == {("iraq-security", "airports")}
    assert outcome.alert.severity is Severity.HIGH
    assert "rocket, missile or artillery fire (+4)" in outcome.alert.reasons["severity"]
    assert outcome.reason == "fired: iraq-security: fires; airports: fires"


def test_a_message_says_everything_in_order_and_fits_a_phone():
    message = first().deliveries[0].message
    assert message.headline == "Rocket attack at Baghdad International Airport wounds 2."
    assert message.place == "Baghdad International Airport, Baghdad"
    assert message.map_url == "https://www.openstreetmap.org/?mlat=33.2625&mlon=44.2346&zoom=13"
    assert message.when == "Sun 22 Nov 2026"
    assert message.corroboration == "single source, not confirmed"
    assert message.toll == "nobody killed, 2 wounded"
    assert message.actors == "Kata'ib Hezbollah (suspected)"
    assert message.reasons[0] == "fired by: rocket attack, hashd"
    assert message.links == (("Outlet 1", "en", "https://outlet1.example/news/1"),)
    assert message.data["sub_event_type"] == "Shelling/artillery/missile attack"


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"fresh": False}, "every report was already old"),
        ({"published_at": NOW - timedelta(hours=60)}, "published 60 h ago"),
    ],
)
def test_an_old_report_never_alerts(more, why):
    outcome = policy().judge(view(reports=[report(**more)]), [change()], HERE)
    assert outcome.deliveries == ()
    assert outcome.alert is None
    assert why in outcome.reason


def test_a_new_report_of_an_old_event_is_history():
    old = story(event=event(date=date(2026, 11, 15)))
    outcome = policy().judge(view(old), [change()], HERE)
    assert "the event is 7 days old" in outcome.reason
    week = story(event=event(date=date(2026, 11, 16), date_precision=2))
    assert policy().judge(view(week), [change()], HERE).deliveries
    undated = story(event=event(date=None, date_precision=None))
    assert policy().judge(view(undated), [change()], HERE).deliveries


def test_freshness_is_the_watchs_own_where_it_says_so():
    old = view(reports=[report(published_at=NOW - timedelta(hours=60))])
    assert policy(rule(fresh="3d")).judge(old, [change()], HERE).deliveries


def test_an_update_tells_what_changed_to_those_who_were_told():
    before = told(first())
    after = replace(before, story=grown(story(), 2, killed=5), changes=(change(), TOLL))
    outcome = policy().judge(after, [TOLL], HERE)
    assert {d.message.kind for d in outcome.deliveries} == {"update"}
    assert {d.message.changed[0] for d in outcome.deliveries} == {"killed rises from 0 to 5"}
    assert {d.thread for d in outcome.deliveries} == {"story:7"}
    assert all(d.due_at == NOW for d in outcome.deliveries)


def test_nothing_is_told_twice_and_copies_wake_nobody():
    before = told(first())
    copy = change(ChangeKind.COPY, 2, "another copy")
    assert policy().judge(before, [copy], HERE).deliveries == ()
    assert policy().judge(before, [change()], HERE).deliveries == ()


def test_a_change_brought_by_an_archive_item_is_not_told():
    before = told(first())
    old = report(9, fresh=False)
    toll = change(ChangeKind.TOLL, 2, "killed rises from 0 to 5", item_id=9)
    after = replace(before, reports=(*before.reports, old))
    assert policy().judge(after, [toll], HERE).deliveries == ()


def test_small_changes_wait_for_others_except_where_an_edit_disturbs_nobody():
    before = told(first())
    sharper = change(ChangeKind.PLACE, 2, "place is now the east runway")
    outcome = policy().judge(replace(before, changes=(change(), sharper)), [sharper], HERE)
    due = {d.channel: d.due_at for d in outcome.deliveries}
    assert due["slack"] == NOW
    assert due["email"] == NOW + timedelta(minutes=10)
    assert all(d.message.data["quiet"] for d in outcome.deliveries)


def test_an_update_tells_all_changes_since_the_last_message_that_left():
    before = told(first())
    sharper = change(ChangeKind.PLACE, 2, "place is now the east runway")
    toll = change(ChangeKind.TOLL, 3, "killed rises from 0 to 5")
    after = replace(before, story=grown(story(), 3, killed=5), changes=(change(), sharper, toll))
    outcome = policy().judge(after, [toll], HERE)
    assert outcome.deliveries[0].message.changed[:2] == (
        "place is now the east runway",
        "killed rises from 0 to 5",
    )


def test_changes_of_one_field_are_told_as_one_that_agrees_with_the_lines_above():
    before = told(first())
    two, four = (
        replace(
            change(ChangeKind.CORROBORATED, version, f"reported by {count} independent sources"),
            data={"field": "corroboration", "before": "single source", "after": "corroborated"},
        )
        for version, count in ((2, 2), (6, 4))
    )
    tolls = [
        replace(
            change(ChangeKind.TOLL, version, f"killed up from {low} to {high}"),
            data={"field": "killed", "before": low, "after": high},
        )
        for version, low, high in ((3, 1, 3), (5, 3, 8))
    ]
    now = replace(grown(story(), 6, killed=8), corroboration="corroborated", independent_sources=4)
    after = replace(before, story=now, changes=(change(), two, *tolls, four))
    message = policy().judge(after, [tolls[1], four], HERE).deliveries[0].message
    assert message.corroboration == "corroborated by 4 independent sources"
    assert message.changed[:2] == ("reported by 4 independent sources", "killed up from 1 to 8")


@pytest.mark.parametrize(
    ("kind", "message"), [(ChangeKind.RETRACTED, "retraction"), (ChangeKind.CORRECTED, "correction")]
)
def test_corrections_and_retractions_reach_everybody_who_was_told_at_once(kind, message):
    before = told(first())
    gone = replace(before, story=replace(story(version=2), corroboration="retracted"))
    outcome = policy().judge(gone, [change(kind, 2, "its source withdrew it")], HERE)
    assert {d.message.kind for d in outcome.deliveries} == {message}
    assert len(outcome.deliveries) == 3
    assert all(d.due_at == NOW for d in outcome.deliveries)
    if message == "retraction":
        assert outcome.alert.state is AlertState.RESOLVED


def test_what_was_retracted_before_anybody_was_told_stays_silent():
    gone = view(replace(story(), corroboration="retracted"))
    assert policy().judge(gone, [change()], HERE).deliveries == ()


def test_a_muted_story_stays_silent():
    before = told(first())
    muted = replace(before, alert=replace(before.alert, state=AlertState.MUTED, state_by="Sara"))
    outcome = policy().judge(muted, [TOLL], HERE)
    assert outcome.deliveries == ()
    assert outcome.reason == "silent: muted by Sara"


def test_an_acknowledged_alert_fires_again_only_when_it_gets_graver():
    before = told(first())
    known = replace(before, alert=replace(before.alert, state=AlertState.ACKNOWLEDGED))
    worse = replace(known, story=grown(story(), 2, killed=25), changes=(change(), TOLL))
    assert policy().judge(worse, [TOLL], HERE).alert.state is AlertState.FIRED
    same = replace(known, story=grown(story(), 2, wounded=3), changes=(change(), TOLL))
    assert policy().judge(same, [TOLL], HERE).alert.state is AlertState.ACKNOWLEDGED


def test_a_channel_with_a_higher_threshold_is_told_when_severity_reaches_it():
    watch = rule(channels={"slack": "low", "email": "critical"})
    before = first(watch)
    assert [d.channel for d in before.deliveries] == ["slack"]
    worse = replace(told(before), story=grown(story(), 2, killed=25), changes=(change(), TOLL))
    outcome = policy(watch).judge(worse, [TOLL], HERE)
    assert {(d.channel, d.message.kind) for d in outcome.deliveries} == {
        ("slack", "update"),
        ("email", "alert"),
    }


def test_a_watch_may_name_its_own_recipients():
    watch = rule(channels={"email": {"severity": "low", "to": ["boss@example.org"]}})
    assert [(d.channel, d.recipient) for d in first(watch).deliveries] == [("email", "boss@example.org")]


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ({"severity": "critical"}, "severity high is below critical"),
        ({"confidence": 0.9}, "confidence 0.80 is below 0.90"),
        ({"corroboration": "two sources"}, "waits for 2 independent sources, there is 1"),
        ({"area": {"governorates": ["Nineveh"]}}, "lies outside the watch's area"),
        ({"channels": {"slack": "critical"}}, "no channel of the watches takes high"),
    ],
)
def test_a_watch_that_wants_more_says_why_it_kept_silent(wish, why):
    outcome = policy(rule(**wish)).judge(view(), [change()], HERE)
    assert outcome.deliveries == ()
    assert why in outcome.reason


@pytest.mark.parametrize(
    "wish", [{"languages": ["ar"]}, {"sources": {"only": ["Reuters"]}}, {"sources": {"not": ["outlet 1"]}}]
)
def test_languages_and_sources_narrow_a_watch(wish):
    assert policy(rule(**wish)).judge(view(), [change()], HERE).deliveries == ()


def test_a_second_source_fires_a_watch_that_waited_for_it():
    watch = rule(corroboration="two sources")
    second = change(ChangeKind.CORROBORATED, 2, "a second independent source")
    after = view(story(version=2, independent_sources=2), [report(), report(2)], [change(), second])
    assert {d.message.kind for d in policy(watch).judge(after, [second], HERE).deliveries} == {"alert"}


def test_context_waits_for_the_digest_unless_the_watch_says_otherwise():
    context = view(story(kind=Kind.CONTEXT, event=None))
    held = policy().judge(context, [change()], HERE)
    assert {d.state for d in held.deliveries} == {DeliveryState.HELD}
    assert {d.due_at for d in held.deliveries} == {
        NOW.replace(hour=4) + timedelta(days=1)
    }  # 07:00 in Baghdad
    awake = policy(rule(context="alert")).judge(context, [change()], HERE)
    assert {d.state for d in awake.deliveries} == {DeliveryState.PENDING}
    assert policy(rule(context="ignore")).judge(context, [change()], HERE).deliveries == ()


def test_quiet_hours_hold_until_they_end_and_let_the_critical_through():
    night = replace(HERE, now=NOW.replace(hour=20))
    watch = rule(quiet={"from": "22:00", "to": "06:00"})
    reports = [report(published_at=night.now)]
    (held,) = (
        policy(watch, recipients={"email": ("a@example.org",)})
        .judge(view(reports=reports), [change()], night)
        .deliveries
    )
    assert held.due_at == NOW.replace(hour=3) + timedelta(days=1)
    assert held.error == "quiet hours of iraq-security"
    grave = view(story(event=event(killed=30)), reports)
    (now,) = (
        policy(watch, recipients={"email": ("a@example.org",)}).judge(grave, [change()], night).deliveries
    )
    assert now.due_at == night.now
    both = policy(watch, rule(name="awake"), recipients={"email": ("a@example.org",)})
    assert both.judge(view(reports=reports), [change()], night).deliveries[0].due_at == night.now


def test_beyond_the_throttle_alerts_are_held_and_not_lost():
    full = replace(HERE, lately={("email", "desk@example.org"): tuple((n, NOW) for n in range(50, 55))})
    outcome = policy(rule(throttle=5)).judge(view(), [change()], full)
    states = {d.channel: d.state for d in outcome.deliveries}
    assert states == {
        "console": DeliveryState.PENDING,
        "slack": DeliveryState.PENDING,
        "email": DeliveryState.HELD,
    }
    grave = view(story(event=event(killed=30)))
    assert {d.state for d in policy(rule(throttle=5)).judge(grave, [change()], full).deliveries} == {
        DeliveryState.PENDING
    }


def test_a_silence_sends_its_stories_into_the_digest_with_its_reason():
    silence = Silence("airport", NOW + timedelta(hours=3), "announced exercise", "Sara")
    quiet = replace(HERE, silences=(silence,))
    from tests.support.alertkit import INDEX, VALUES
    from worker.domain.alerting.around import Silences

    asked = policy(silences=Silences(INDEX, VALUES))
    outcome = asked.judge(view(), [change()], quiet)
    assert {d.state for d in outcome.deliveries} == {DeliveryState.HELD}
    assert outcome.deliveries[0].error == "silenced until 22 Nov 15:00 UTC: announced exercise"
    over = replace(HERE, silences=(replace(silence, until=NOW - timedelta(minutes=1)),))
    assert {d.state for d in asked.judge(view(), [change()], over).deliveries} == {DeliveryState.PENDING}


def neighbour(story_id, minutes, **more):
    place = {"place": f"P{story_id}", "place_id": f"p{story_id}", "lat": 33.0 + story_id / 50}
    made = event(**(place | more))
    return Neighbour(
        story_id,
        Severity.HIGH,
        NOW - timedelta(minutes=minutes),
        f"story:{story_id}",
        f"gist {story_id}",
        made,
    )


def test_a_story_covered_by_a_graver_alert_wakes_nobody():
    raid = story(event=event(sub_event_type="Arrests", event_type="Strategic developments", targets=(), weapons=(),
                             killed=None, wounded=None))  # fmt: skip
    here = replace(HERE, neighbours=(neighbour(3, 30, place_id="baghdad_airport", lat=33.2625),))
    outcome = policy().judge(view(raid), [change()], here)
    assert {d.state for d in outcome.deliveries} == {DeliveryState.HELD}
    assert "covered by the graver alert on story 3" in outcome.deliveries[0].error
    elsewhere = replace(HERE, neighbours=(neighbour(3, 30, lat=36.3, lon=43.1),))
    assert {d.state for d in policy().judge(view(raid), [change()], elsewhere).deliveries} == {
        DeliveryState.PENDING
    }


def test_the_third_attack_of_a_kind_becomes_a_wave_in_the_first_ones_thread():
    here = replace(HERE, neighbours=(neighbour(3, 10), neighbour(4, 40)))
    outcome = policy().judge(view(), [change()], here)
    message = outcome.deliveries[0].message
    assert {d.thread for d in outcome.deliveries} == {"story:4"}
    assert message.kind == "wave"
    assert message.headline == "3 events of one kind in Baghdad: Shelling/artillery/missile attack"
    assert message.body.count("•") == 3
    assert outcome.alert.reasons["wave"] == [4, 3]
    two = replace(HERE, neighbours=(neighbour(3, 10),))
    assert policy().judge(view(), [change()], two).deliveries[0].message.kind == "alert"


def test_later_news_of_a_wave_member_is_never_an_edit_of_the_first_story():
    here = replace(HERE, neighbours=(neighbour(3, 10), neighbour(4, 40)))
    before = told(policy().judge(view(), [change()], here))
    after = replace(before, story=grown(story(), 2, killed=5), changes=(change(), TOLL))
    outcome = policy().judge(after, [TOLL], here)
    assert {d.thread for d in outcome.deliveries} == {"story:4"}
    assert all(d.message.data["member"] for d in outcome.deliveries)


def test_a_merge_keeps_the_older_thread_and_points_the_younger_to_it():
    older = told(first())
    young = [
        replace(d, key="story:9:1", thread="story:9", story_id=9, id=20 + n) for n, d in enumerate(older.sent)
    ]
    merged = change(ChangeKind.MERGED, 2, "story 9 is the same event")
    after = replace(older, sent=(*older.sent, *young), merged=(9,), changes=(change(), merged))
    outcome = policy().judge(after, [merged], HERE)
    threads = sorted((d.channel, d.thread) for d in outcome.deliveries)
    assert threads == sorted((c, f"story:{n}") for c in ("console", "slack", "email") for n in (7, 9))
    pointer = next(d for d in outcome.deliveries if d.thread == "story:9")
    assert pointer.message.body.startswith("The same event as story 7")
    again = replace(
        after, sent=(*after.sent, *(replace(d, state=DeliveryState.SENT) for d in outcome.deliveries))
    )
    toll = change(ChangeKind.TOLL, 3, "killed rises from 0 to 5")
    outcome = policy().judge(replace(again, story=grown(story(), 3, killed=5)), [toll], HERE)
    assert {d.thread for d in outcome.deliveries} == {"story:7"}


def test_a_story_that_absorbed_an_alerted_one_updates_it_instead_of_alerting_again():
    old = told(first())
    absorbed = tuple(replace(d, key="story:3:1", thread="story:3", story_id=3) for d in old.sent)
    merged = change(ChangeKind.MERGED, 2, "story 3 is the same event")
    now = view(story(version=2), changes=[change(), merged], sent=absorbed, merged=(3,))
    outcome = policy().judge(now, [merged], HERE)
    assert {(d.message.kind, d.thread) for d in outcome.deliveries} == {("update", "story:3")}


def test_a_settled_story_is_marked_where_marks_disturb_nobody():
    before = told(first())
    settled = change(ChangeKind.SETTLED, 2, "no new report for 48 h")
    outcome = policy().judge(before, [settled], HERE)
    assert [(d.channel, d.message.kind) for d in outcome.deliveries] == [("slack", "resolved")]
    assert outcome.alert.state is AlertState.RESOLVED


def test_a_reminder_comes_when_asked_for_and_nobody_acknowledged():
    watch = rule(reminder="2h")
    before = told(first(watch))
    asked = policy(watch)
    assert asked.remind(before, NOW + timedelta(hours=1)) == []
    due = asked.remind(before, NOW + timedelta(hours=2))
    assert [d.message.changed for d in due] == [("not acknowledged since 22 Nov 12:00 UTC",)] * 3
    seen = replace(before, alert=replace(before.alert, state=AlertState.ACKNOWLEDGED))
    assert asked.remind(seen, NOW + timedelta(hours=2)) == []


def test_rarity_and_corroboration_weigh_in():
    alone = policy().judge(view(), [change()], HERE).alert
    rare = replace(HERE, precedents={("Shelling/artillery/missile attack", "Baghdad"): 0, ("x", "y"): 5})
    known = replace(HERE, precedents={("Shelling/artillery/missile attack", "Baghdad"): 40})
    both = story(corroboration="corroborated", independent_sources=2)
    assert policy().judge(view(), [change()], rare).alert.reasons["points"] == alone.reasons["points"] + 1
    assert policy().judge(view(), [change()], known).alert.reasons["points"] == alone.reasons["points"]
    assert policy().judge(view(both), [change()], HERE).alert.reasons["points"] == alone.reasons["points"] + 1


def test_an_alert_is_a_value_with_reasons():
    alert = first().alert
    assert isinstance(alert, Alert)
    assert alert.reasons["watches"] == {"iraq-security": ["rocket attack", "hashd"]}
