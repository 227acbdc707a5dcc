"""Watches: what a definition may hold, and what is said when it holds something else."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from config.watchfile import dump_watches, load_watches, read_watches
from tests.support.alertkit import KNOWN, event, rule
from worker.domain.alerting.area import Corridor, distance_km, inside
from worker.domain.alerting.watch import check, definition_of, watch_of
from worker.domain.model import Origin, Severity
from worker.errors import ConfigError


def test_the_shipped_watch_is_the_users_own_words():
    (given,) = load_watches()
    watch = watch_of(given.definition, origin=Origin.FILE, where=given.where)
    made = check(watch, KNOWN, given.where)
    assert (made.name, made.query) == ("iraq-security", "rocket attack OR Hashd OR convoy")
    assert made.routes == ()
    assert made.route("email").severity is Severity.LOW


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("- {name: a, query: rocket, severty: high}", "watches.yaml:1, severty: there is no key 'severty' here — did you mean severity?"),
        ("- name: a\n  query: rocket\n  severity: grave", "watches.yaml:3, severity: 'grave' is none of low"),
        ("- name: a\n  query: rocket OR", "watches.yaml:2, query: column 10: the query ends"),
        ("- name: A b\n  query: rocket", "'A b' is no name for a watch"),
        ("- name: a", "a watch needs a query"),
        ("- name: a\n  query: x\n  channels: {slakc: low}", "there is no channel 'slakc' — did you mean slack?"),
        ("- name: a\n  query: x\n  quiet: {from: 25:99, to: '06:00'}", "is no time of day"),
        ("- name: a\n  query: x\n  area: {governorates: [Anbar]}", "'Anbar' is no governorate — did you mean Al Anbar?"),
        ("- name: a\n  query: x\n  area:\n    near: [{place: Atlantis, km: 5}]", "watches.yaml:4, area.near: 'Atlantis' is no place in the gazetteer"),
        ("- name: a\n  query: x\n  area: {near: [{place: Taji, km: -5}]}", "-5 is no number above 0"),
        ("- name: a\n  query: x\n  timezone: Mars/Base", "'Mars/Base' is no time zone"),
        ("- name: a\n  query: x\n  throttle: lots", "no number of alerts an hour"),
        ("- name: a\n  query: x\n  languages: [xx]", "'xx' is no language"),
        ("- name: a\n  query: x\n  digest: {weekly: 'someday 07:00'}", "'someday' is no weekday"),
        ("- name: a\n  query: x\n  fresh: soon", "'soon' is no span of time — write 30m"),
        ("- just text", "a watch is a mapping"),
        ("watches: {a: b}", "holds no list of watches"),
        ("- name: [", "is no YAML"),
    ],
)  # fmt: skip
def test_a_bad_watch_is_told_in_one_line_with_file_line_and_remedy(text, says):
    from dataclasses import replace

    known = replace(KNOWN, channels=frozenset(("slack", "email")))

    def take_in():
        for given in read_watches(text, "watches.yaml"):
            check(watch_of(given.definition, origin=Origin.FILE, where=given.where), known, given.where)

    with pytest.raises((ConfigError, ValueError)) as caught:
        take_in()
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_exported_is_read_again_unchanged():
    text = """
watches:
- name: anbar
  query: convoy governorate:"Al Anbar"
  severity: moderate
  area: {governorates: [Al Anbar], near: [{place: Taji, km: 20}]}
  channels: {slack: high, email: {severity: low, to: [a@example.org]}}
  quiet: {from: '22:00', to: '06:00', but: high}
"""
    watches = [watch_of(g.definition, origin=Origin.FILE) for g in read_watches(text, "a")]
    again = [
        watch_of(g.definition, origin=Origin.FILE)
        for g in read_watches(dump_watches([definition_of(w) for w in watches]), "b")
    ]
    assert again == watches


def test_an_area_holds_what_lies_in_it_and_nothing_without_a_place():
    near = rule("convoy", area={"near": [{"place": "Taji", "km": 40}]}).area
    assert near.judge(event())[0]
    assert "km from Taji" in near.judge(event())[1]
    assert not near.judge(event(lat=31.0, lon=46.0))[0]
    assert not near.judge(event(lat=None, lon=None, governorate=None, place=None))[0]
    assert not near.judge(None)[0]
    assert not near.judge(event(geo_precision=3))[0]
    tolerant = rule("convoy", area={"governorates": ["Nineveh"], "without_place": True}).area
    assert tolerant.judge(None)[0]
    assert not tolerant.judge(event())[0]


def test_a_corridor_follows_the_road():
    made = rule(
        "convoy",
        area={
            "corridors": [{"name": "Route 1", "along": ["Baghdad", "Taji", [34.2, 43.87]], "width_km": 10}]
        },
    ).area
    assert made.judge(event(lat=33.44, lon=44.34))[0]
    assert not made.judge(event(lat=33.44, lon=44.60))[0]
    road = Corridor(((33.0, 44.0), (34.0, 44.0)), 20)
    assert road.why((33.5, 44.1)) == "9.3 km from the road"
    assert road.why((34.5, 44.0)) is None


def test_a_drawn_outline_holds_what_is_inside():
    square = ((33.0, 44.0), (33.0, 45.0), (34.0, 45.0), (34.0, 44.0))
    assert inside((33.5, 44.5), square)
    assert not inside((33.5, 45.5), square)


def test_distances_are_great_circles():
    assert distance_km((33.3152, 44.3661), (36.34, 43.13)) == pytest.approx(354, abs=3)


@pytest.mark.parametrize(
    ("clock", "until"),
    [
        ("2026-11-22T20:00", "2026-11-23T03:00"),  # 23:00 in Baghdad: quiet until 06:00 there
        ("2026-11-22T02:30", "2026-11-22T03:00"),
        ("2026-11-22T12:00", None),
        ("2026-11-22T03:00", None),
    ],
)
def test_quiet_hours_run_over_midnight_in_the_watchs_own_zone(clock, until):
    quiet = rule("convoy", quiet={"from": "22:00", "to": "06:00"}).quiet
    found = quiet.until(datetime.fromisoformat(clock).replace(tzinfo=UTC), ZoneInfo("Asia/Baghdad"))
    assert found == (datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None)


def test_an_unquoted_time_of_yaml_is_understood():
    (given,) = read_watches("- {name: a, query: convoy, quiet: {from: 22:30, to: 06:15}}", "w")
    quiet = check(watch_of(given.definition, origin=Origin.FILE), KNOWN).quiet
    assert (quiet.start.isoformat(), quiet.end.isoformat()) == ("22:30:00", "06:15:00")


def test_digest_times_look_back_to_the_last_moment_they_were_due():
    daily, weekly = rule("convoy", digest={"daily": "07:00", "weekly": "mon 08:00"}).digests
    now, zone = datetime(2026, 11, 22, 3, 59, tzinfo=UTC), ZoneInfo("Asia/Baghdad")
    assert daily.last(now, zone) == datetime(2026, 11, 21, 4, tzinfo=UTC)
    assert daily.last(now + timedelta(minutes=1), zone) == datetime(2026, 11, 22, 4, tzinfo=UTC)
    assert weekly.last(now, zone) == datetime(2026, 11, 16, 5, tzinfo=UTC)
