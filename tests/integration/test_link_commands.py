"""`marsad stories` and `marsad story` on a real database, as a person uses them."""

import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import insert
from typer.testing import CliRunner

from worker import bootstrap
from worker.cli import build
from worker.cli.stories import since_time
from worker.domain.model import Event
from worker.errors import ConfigError, MarsadError
from worker.services.link import LinkService
from worker.storage import codec
from worker.storage.engine import writing
from worker.storage.migrate import migrate
from worker.storage.tables import analyses, entries, feeds, items

NOW = datetime.now(UTC)
TAJI = Event(
    "Shelling/artillery/missile attack", "Explosions/Remote violence", date=NOW.date(), date_precision=1, place="Taji",
    governorate="Baghdad", lat=33.51, lon=44.26, geo_precision=1, targets=("base",), weapons=("rocket",), killed=2,
)  # fmt: skip
ARBIL = replace(
    TAJI, sub_event_type="Air/drone strike", place="Erbil International Airport", governorate="Erbil",
    lat=36.24, lon=43.96, weapons=("drone",), killed=0,
)  # fmt: skip


@pytest.fixture
def marsad(tmp_path, monkeypatch):
    """Four linked reports of two events, and a way to run commands on them."""
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/marsad.sqlite")
    monkeypatch.setattr(bootstrap, "_house", None)
    house = bootstrap.house()
    migrate(house.engine)
    with writing(house.engine) as connection:
        for number, (source, language, event) in enumerate(
            [
                ("Tigris Wire", "en", TAJI),
                ("Rafidain", "ar", replace(TAJI, killed=4)),
                ("Levant", "en", ARBIL),
                ("Zagros", "ckb", ARBIL),
            ],
            start=1,
        ):
            at = NOW - timedelta(hours=3, minutes=-10 * number)
            connection.execute(
                insert(feeds).values(id=number, url=f"https://o{number}.example/rss", name=source, options={},
                                     memory={}, origin="file", created_at=at)
            )  # fmt: skip
            connection.execute(
                insert(entries).values(id=number, feed_id=number, identity=str(number), fingerprint="f", first_seen_at=at)
            )  # fmt: skip
            title = f"{source} on {event.place}"
            connection.execute(
                insert(items).values(id=number, entry_id=number, feed_id=number, revision=1, title_raw=title,
                                     html_raw="", url=f"https://o{number}.example/a", published_at=at, seen_at=at,
                                     fresh=True, stage="read", stage_at=at, title=title, text=title,
                                     canonical_url=f"https://o{number}.example/a", language=language, text_hash=title)
            )  # fmt: skip
            connection.execute(
                insert(analyses).values(item_id=number, lexicon_version="1", relevant=True, score=0.9, kind="incident",
                                        gist=f"{event.killed} killed at {event.place}", terms=[], matches=[], reasons=[],
                                        events=codec.dump((event,)), made_at=at)
            )  # fmt: skip
    assert LinkService(house.store, clock=lambda: datetime.now(UTC)).run(10) == 4

    def run(*words):
        done = CliRunner().invoke(build(words), list(words))
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return done.stdout

    yield run
    house.engine.dispose()


def test_stories_are_listed_with_their_event_their_toll_and_their_sources(marsad):
    shown = marsad("stories")
    assert re.search(r"killed 2 to 4 · corroborated · developing · 2 reports of 2 sources in ar, en", shown)
    assert "Erbil International Airport, Erbil" in shown


def test_the_list_is_narrowed_by_place_type_and_time(marsad):
    assert "Taji" in marsad("stories", "--place", "baghdad")
    assert "Erbil" not in marsad("stories", "--place", "baghdad")
    assert "Taji" not in marsad("stories", "--type", "drone")
    assert "No such story since" in marsad("stories", "--place", "Mosul")
    lines = marsad("stories", "--json", "--since", "24h").splitlines()
    assert {json.loads(line)["event"]["place"] for line in lines} == {"Taji", "Erbil International Airport"}


def test_a_story_shows_values_with_sources_reports_and_changes(marsad):
    (number,) = (json.loads(x)["id"] for x in marsad("stories", "--json", "--place", "Taji").splitlines())
    shown = marsad("story", str(number))
    for part in (
        "killed: 4 (from 2 to 4): the latest word",
        "2: Tigris Wire, since",
        "4: Rafidain, since",
        "https://o2.example/a",
        "toll: killed up from 2 to 4",
        "corroborated: reported by 2 independent sources",
    ):
        assert part in shown
    whole = json.loads(marsad("story", str(number), "--json"))
    assert [r["item_id"] for r in whole["reports"]] == [1, 2]


def test_stories_are_merged_split_and_pinned_by_hand(marsad):
    taji, airport = sorted(json.loads(x)["id"] for x in marsad("stories", "--json").splitlines())
    assert (
        marsad("story", "merge", str(taji), str(airport)) == f"Story {airport} is part of story {taji} now.\n"
    )
    assert "took in story" in marsad("story", str(airport))
    told = marsad("story", "split", str(taji), "3", "4")
    made = int(re.search(r"are story (\d+) now", told)[1])
    assert "Zagros" in marsad("story", str(made))
    assert "Zagros on" not in marsad("story", str(taji))
    assert "pinned" in marsad("story", str(taji))
    assert marsad("story", "pin", str(made)) == f"Story {made} keeps its reports now.\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("story", "999"), "there is no story"),
        (("story", "none"), "there is no story"),
        (("story", "merge", "1"), "marsad story merge KEEP OTHER"),
        (("stories", "--type", "meteor"), "part of no sub-event type"),
        (("stories", "--since", "yesterday"), "write 12h, 7d, 2w"),
    ],
)
def test_what_cannot_be_understood_is_refused_with_a_remedy(marsad, words, told):
    with pytest.raises(MarsadError, match=told):
        marsad(*words)


def test_spans_and_dates_are_read_as_times():
    now = datetime(2026, 3, 8, 12, tzinfo=UTC)
    assert since_time("12h", now) == datetime(2026, 3, 8, tzinfo=UTC)
    assert since_time("2w", now) == now - timedelta(days=14)
    assert since_time("2026-03-01", now).date() == date(2026, 3, 1)
    with pytest.raises(ConfigError, match="is no time"):
        since_time("soon", now)
