"""A desk over a store of invented stories, and a browser-like client for it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import insert

from config.watchfile import load_governorates, load_outline, load_severity, load_towns
from tests.support.alertkit import KNOWN, NOW, change, put_story, report, story
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.watch import check
from worker.domain.desk.people import Person, Role
from worker.services.access import Access, form_token
from worker.services.answers import Answers
from worker.services.link import LinkService
from worker.services.trial import try_watch
from worker.storage import tables
from worker.storage.access import AccessStore
from worker.storage.browse import BrowseQueries
from worker.storage.engine import open_engine, writing
from worker.storage.migrate import migrate
from worker.storage.store import Store
from worker.web.app import create_app
from worker.web.desk import Desk, DeskOptions
from worker.web.geo import Sheet

pytest.importorskip("httpx2", reason="starlette's test client needs httpx2")
from starlette.testclient import TestClient


class Clock:
    """Stands still until a test moves it."""

    def __init__(self, at=NOW):
        self.at = at

    def __call__(self):
        return self.at


def never(*_args, **_more):
    """A part that this test does not use."""
    raise AssertionError("this part was not expected to be used")


def make_desk(engine, clock, **parts):
    """The parts over one database, with the small lexicon of the alerting tests."""
    store, people = Store(engine), AccessStore(engine)
    given = {
        "store": store,
        "browse": BrowseQueries(engine),
        "people": people,
        "access": Access(people, clock),
        "answers": lambda: Answers(store, {}, clock),
        "linker": lambda: LinkService(store, clock=clock),
        "severity": severity,
        "check": lambda watch: check(watch, KNOWN),
        "rules": list,
        "label": KNOWN.index.label,
        "analyse": lambda title, body, source: {"text": f"{title}\n{body}", "source": source},
        "match": never,
        "attempt": lambda rule, since: try_watch(store, rule, [], severity(), since=since, now=clock()),
        "discover": never,
        "preview": never,
        "sheet": Sheet.of(load_governorates(), load_outline(), load_towns()),
        "channels": {"console": ["log"]},
        "public_url": "https://marsad.example",
        "confirm": never,
        "accept": never,
        "take_push": never,
        "clock": clock,
    }
    return Desk(**(given | parts))


def severity():
    """The shipped severity file."""
    return SeverityPolicy.read(load_severity())


def open_store(path):
    """A migrated SQLite database."""
    engine = open_engine(f"sqlite:///{path}/desk.sqlite", synchronous="OFF")
    migrate(engine)
    return engine


def fire(engine, story_id, *, level="high", state="fired", watches=("iraq-security",)):
    """Write an alert for a story."""
    with writing(engine) as connection:
        connection.execute(insert(tables.alerts).values(
            story_id=story_id, story_version=1, severity=level, state=state, watches=list(watches), reasons={},
            fired_at=NOW, updated_at=NOW,
        ))  # fmt: skip


def client_of(desk, *, provider=None, **options):
    """A client that keeps cookies; use it as a context."""
    app = create_app(lambda: desk, options=DeskOptions(**{"any_host": True, **options}), provider=provider)
    return TestClient(app, base_url="http://127.0.0.1", follow_redirects=False)


def log_in(client, desk, role=Role.ADMIN, name="noor"):
    """Give the client a session, and its form token back."""
    token = desk.people.begin_session(Person(name, role), None, desk.clock())
    client.cookies.set("marsad", token)
    return form_token(Person(name, role, token))


ARABIC = (
    "صاروخ كاتيوشا يسقط قرب مطار بغداد\nسقط صاروخ كاتيوشا فجر اليوم قرب المطار <script>alert(1)</script>."
)


def filled(engine):
    """Two stories: a rocket attack told in English and Arabic, and a convoy; the first alerted."""
    first = story(1, gist="Rocket attack at Baghdad airport wounds 2.", languages=("ar", "en"), item_count=2)
    put_story(engine, first, [change(story_id=1)], [report(1), report(2, ARABIC, language="ar")])
    second = story(2, gist="Bomb hits convoy near Taji.", updated_at=NOW - timedelta(hours=3))
    words = "Bomb hits convoy near Taji\nA convoy was hit."
    put_story(engine, second, [change(story_id=2, item_id=3)], [report(3, words)])
    fire(engine, 1)
    return first, second
