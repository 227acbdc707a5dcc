"""Stories, reports and a small lexicon for the tests of alerting, and a way to put stories into a store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec
from sqlalchemy import insert, select, update

from config.watchfile import load_severity
from worker.domain.alerting.bind import Values
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.message import Wording
from worker.domain.alerting.policy import AlertPolicy
from worker.domain.alerting.severity import SeverityPolicy
from worker.domain.alerting.telling import Telling
from worker.domain.alerting.watch import Known, check, watch_of
from worker.domain.alerting.words import WordTable
from worker.domain.model import (
    Analysis,
    ChangeKind,
    Event,
    Kind,
    Match,
    Origin,
    Report,
    Story,
    StoryChange,
    StoryView,
)
from worker.domain.stories.trace import make_trace
from worker.storage import codec, tables
from worker.storage.engine import writing
from worker.storage.words import save_words

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)

PHRASES = [
    ("rocket attack", "rocket_attack"), ("tir de roquette", "rocket_attack"), ("rocket", "rocket"),
    ("صاروخ كاتيوشا", "rocket"), ("roquette", "rocket"), ("convoy", "convoy"), ("convoi", "convoy"),
    ("رتل", "convoy"), ("hashd", "hashd"), ("hashd", "actor:hashd"), ("الحشد الشعبي", "actor:hashd"),
    ("airport", "airport"), ("green zone", "green_zone"), ("baghdad", "place:baghdad"),
    ("بغداد", "place:baghdad"), ("taji", "place:taji"), ("islamic state", "isis"), ("isis", "isis"),
]  # fmt: skip
INDEX = WordTable.build(
    PHRASES,
    narrower={"actor:hashd": ["actor:kataib_hezbollah", "actor:badr"]},
    worded={"rocket_attack": ["rocket"], "hashd": ["actor:hashd", "actor:kataib_hezbollah"]},
    labels={
        "rocket": "rocket", "rocket_attack": "rocket attack", "actor:hashd": "Popular Mobilization Forces",
        "actor:kataib_hezbollah": "Kata'ib Hezbollah", "actor:isis": "Islamic State", "hashd": "Hashd",
    },
)  # fmt: skip
VALUES = Values(
    {
        "type": ("Shelling/artillery/missile attack", "Air/drone strike", "Armed clash",
                 "Remote explosive/landmine/IED", "Explosions/Remote violence"),
        "actor": ("hashd", "kataib_hezbollah", "isis", "badr"),
        "governorate": ("Al Anbar", "Baghdad", "Nineveh"),
        "lang": ("en", "ar", "fr", "ckb"),
        "kind": ("incident", "context", "other"),
        "severity": ("low", "moderate", "high", "critical"),
    }
)  # fmt: skip


class Places:
    """Two places."""

    def point(self, name):
        return {"baghdad": (33.3406, 44.4009), "taji": (33.5294, 44.2775)}.get(name.casefold())


KNOWN = Known(INDEX, Places(), VALUES, frozenset(("en", "ar", "fr", "ckb")))


def rule(query="rocket attack OR hashd OR convoy", name="iraq-security", **more):
    """A checked watch."""
    return check(watch_of({"name": name, "query": query, **more}, origin=Origin.FILE), KNOWN)


def event(**more):
    """A rocket attack at Baghdad airport today."""
    given = {
        "sub_event_type": "Shelling/artillery/missile attack",
        "event_type": "Explosions/Remote violence",
        "date": NOW.date(),
        "date_precision": 1,
        "place": "Baghdad International Airport",
        "place_id": "baghdad_airport",
        "governorate": "Baghdad",
        "lat": 33.2625,
        "lon": 44.2346,
        "geo_precision": 1,
        "actors": ("kataib_hezbollah",),
        "suspected": ("kataib_hezbollah",),
        "targets": ("airport",),
        "weapons": ("rocket",),
        "killed": 0,
        "wounded": 2,
        "confidence": 0.8,
    }
    return Event(**(given | more))


def report(item_id=1, text="Rocket attack hits Baghdad airport\nThree rockets fell near the runway.", **more):
    """An English report whose rockets are matched."""
    words = {"Rocket attack": "rocket_attack", "rockets": "rocket", "rocket": "rocket", "convoy": "convoy",
             "صاروخ كاتيوشا": "rocket", "roquette": "rocket", "Hashd": "actor:hashd"}  # fmt: skip
    matches = tuple(
        Match(concept, word, text.index(word), text.index(word) + len(word))
        for word, concept in words.items()
        if word in text
    )
    given = {
        "item_id": item_id,
        "feed_id": 1,
        "url": f"https://outlet{item_id}.example/news/{item_id}",
        "canonical_url": f"https://outlet{item_id}.example/news/{item_id}",
        "source": f"Outlet {item_id}",
        "reliability": "B",
        "language": "en",
        "title": text.split("\n", 1)[0],
        "text": text,
        "text_hash": str(item_id),
        "published_at": NOW - timedelta(minutes=20),
        "seen_at": NOW - timedelta(minutes=5),
        "fresh": True,
        "analysis": Analysis(True, 0.95, Kind.INCIDENT, ("rocket_attack", "airport"), matches, ()),
        "entry_id": item_id,
        "revision": 1,
    }
    return Report(**(given | more))


def story(story_id=7, version=1, **more):
    """A story about that event."""
    given = {
        "id": story_id,
        "version": version,
        "created_at": NOW - timedelta(minutes=5),
        "updated_at": NOW,
        "kind": Kind.INCIDENT,
        "gist": "Rocket attack at Baghdad International Airport wounds 2.",
        "event": event(),
        "item_count": 1,
        "source_count": 1,
        "independent_sources": 1,
        "languages": ("en",),
        "terms": ("rocket_attack", "airport"),
        "first_published_at": NOW - timedelta(minutes=20),
        "last_published_at": NOW - timedelta(minutes=20),
    }
    return Story(**(given | more))


def change(kind=ChangeKind.NEW, version=1, reason="a new story", item_id=1, story_id=7, **more):
    """An entry of the log."""
    return StoryChange(story_id, version, kind, reason, NOW, item_id, **more)


def view(told=None, reports=None, changes=None, alert=None, **more):
    """A story as judging sees it."""
    told = told or story()
    return StoryView(told, tuple(reports or [report()]), tuple(changes or [change()]), alert, **more)


def policy(*rules, recipients=None, editing=("slack",), **more):
    """The real policy over the shipped severity file."""
    return AlertPolicy(
        index=WatchIndex.build(rules or [rule()]),
        severity=SeverityPolicy.read(load_severity()),
        telling=Telling(
            Wording(INDEX, "https://marsad.example"),
            recipients or {"console": ("log",), "slack": ("#iraq",), "email": ("desk@example.org",)},
            frozenset(editing),
        ),
        **more,
    )


def put_story(engine, told, changes, reports=()):
    """Write a story, its reports and its log the way linking would."""
    with writing(engine) as connection:
        if reports and connection.execute(select(tables.feeds.c.id)).first() is None:
            connection.execute(insert(tables.feeds).values(
                id=1, url="https://outlet.example/feed", name="Outlet", options={}, origin="file",
                created_at=NOW, memory={},
            ))  # fmt: skip
        body = codec.dump(told)
        values = {
            "version": told.version, "created_at": told.created_at, "updated_at": told.updated_at,
            "kind": str(told.kind), "gist": told.gist, "corroboration": told.corroboration,
            "phase": told.phase, "item_count": told.item_count, "source_count": told.source_count,
            "first_published_at": told.first_published_at, "last_published_at": told.last_published_at,
            "merged_into": told.merged_into, "body": body,
            "sub_event_type": told.event.sub_event_type if told.event else None,
            "governorate": told.event.governorate if told.event else None,
        }  # fmt: skip
        there = connection.execute(select(tables.stories.c.id).where(tables.stories.c.id == told.id)).first()
        if there:
            connection.execute(update(tables.stories).where(tables.stories.c.id == told.id).values(**values))
        else:
            connection.execute(insert(tables.stories).values(id=told.id, **values))
        for one in reports:
            _put_report(connection, one, told.id)
        for number, one in enumerate(changes):
            connection.execute(insert(tables.story_changes).values(
                story_id=told.id, version=one.version, position=number, kind=str(one.kind),
                reason=one.reason, at=one.at, item_id=one.item_id, data=dict(one.data),
            ))  # fmt: skip


def _put_report(connection, one, story_id):
    connection.execute(insert(tables.entries).values(
        id=one.item_id, feed_id=1, identity=f"e{one.item_id}", fingerprint="f", revision=1, first_seen_at=NOW,
    ))  # fmt: skip
    connection.execute(insert(tables.items).values(
        id=one.item_id, entry_id=one.item_id, feed_id=1, revision=1, url=one.url, title_raw=one.title,
        html_raw="", published_at=one.published_at, seen_at=one.seen_at, fresh=one.fresh, stage="linked",
        stage_at=NOW, canonical_url=one.canonical_url, title=one.title, text=one.text, language=one.language,
        text_hash=one.text_hash, story_id=story_id,
    ))  # fmt: skip
    analysis = one.analysis
    connection.execute(insert(tables.analyses).values(
        item_id=one.item_id, lexicon_version="t", relevant=True, score=analysis.score, kind=str(analysis.kind),
        gist="", terms=list(analysis.terms), matches=codec.dump(list(analysis.matches)), reasons=[],
        events=codec.dump(list(analysis.events)), made_at=NOW,
    ))  # fmt: skip
    connection.execute(insert(tables.story_items).values(
        item_id=one.item_id, story_id=story_id, why="begins a story", likeness=1.0, added_at=NOW,
        trace=msgspec.msgpack.encode(make_trace(one, {})),
    ))  # fmt: skip
    save_words(connection, [(one.item_id, one.text, analysis)])


def grown(told, version, **changes):
    """The story at a later version; event fields may be given as `killed=5`."""
    fields = {k: v for k, v in changes.items() if hasattr(told, k)}
    rest = {k: v for k, v in changes.items() if k not in fields}
    return replace(told, version=version, event=replace(told.event, **rest), **fields)
