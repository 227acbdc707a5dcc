"""Generates an archive for measuring the desk: items as feeds give them, stories as linking leaves them.

Texts are built of templates and places of the gazetteer and read by the real analyser, a few hundred of
them; stories are made of their reports by the real consolidation. What is invented is how often each
occurs: two thirds of the items lie in stories of one to sixty reports, the rest is other news.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from config.catalogue import load_lexicon
from worker.domain.model import Document, Message, Report, Severity, Story
from worker.domain.stories.consolidation import Member, consolidate
from worker.domain.stories.trace import make_trace
from worker.domain.understanding.analyser import Analyser
from worker.domain.understanding.words.lexicon import lexicon_of
from worker.storage import codec, tables
from worker.storage.engine import writing
from worker.storage.linkrows import STORY_COLUMNS, story_row
from worker.storage.words import save_words

WORDS = {
    "en": (
        (
            "{n} killed as gunmen attack checkpoint near {place}\nGunmen opened fire on a checkpoint near {place} on {day}, "
            "killing {n} soldiers and wounding {m}, a security source said. Army units sealed off the road and began to "
            "search the surrounding orchards. Islamic State group claimed responsibility for the attack."
        ),
        (
            "Rocket attack hits base near {place}\nThree Katyusha rockets landed inside a base near {place} on {day}, the "
            "Security Media Cell said. {m} people were wounded. No group claimed responsibility; officials suspect "
            "Kata'ib Hezbollah."
        ),
        (
            "Roadside bomb hits convoy in {place}\nA roadside bomb exploded as a convoy passed through {place} on {day}, "
            "killing {n} people and wounding {m}. Police said the convoy carried supplies for the coalition."
        ),
        (
            "Turkish drone strike kills {n} near {place}\nA Turkish drone strike killed {n} people near {place} on {day}, "
            "counter-terrorism officials said. The PKK has bases in the mountains nearby."
        ),
    ),
    "ar": (
        (
            "مقتل {n} جنود بهجوم مسلح على نقطة تفتيش قرب {place}\nقتل {n} جنود وأصيب {m} بجروح في هجوم مسلح على نقطة "
            "تفتيش قرب {place} يوم {day}، حسب مصدر أمني. وفرضت قوات الجيش طوقا أمنيا حول المكان."
        ),
        (
            "سقوط صواريخ كاتيوشا على قاعدة قرب {place}\nسقطت ثلاثة صواريخ كاتيوشا داخل قاعدة قرب {place} يوم {day}، "
            "وأصيب {m} أشخاص بجروح، حسب خلية الإعلام الأمني."
        ),
        (
            "انفجار عبوة ناسفة على رتل في {place}\nانفجرت عبوة ناسفة لدى مرور رتل في {place} يوم {day} ما أدى إلى "
            "مقتل {n} أشخاص وإصابة {m}."
        ),
    ),
    "fr": (
        (
            "Attaque contre un barrage près de {place} : {n} morts\nDes hommes armés ont attaqué un barrage près de "
            "{place} {day}, tuant {n} soldats et en blessant {m}, selon une source de sécurité."
        ),
    ),
}
OTHER = (
    (
        "Parliament debates the budget law\nDeputies met in Baghdad to debate the federal budget. The session was adjourned "
        "after two hours without a vote, the media office said. Oil revenue and the salaries of the region are open."
    ),
    "البرلمان يناقش قانون الموازنة\nعقد النواب جلسة في بغداد لمناقشة الموازنة الاتحادية، ورفعت الجلسة بعد ساعتين.",
    "Premier League round-up\nTwo late goals settled a lively match in front of forty thousand people on Saturday.",
)
RARE = "gyrocopter"
"""A word of eight reports in the whole archive: what a search reads the archive for."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much there is."""

    items: int = 100_000
    stories: int = 20_000
    feeds: int = 200
    days: int = 120


def fill(engine: Engine, size: Size, now: datetime, seed: int = 7) -> None:
    """Fill an empty, migrated database."""
    rng = random.Random(seed)
    read = list(_readings(rng, now))
    with writing(engine) as connection:
        connection.execute(insert(tables.feeds), list(_feeds(size, now)))
        connection.execute(insert(tables.watches).values(
            name="iraq-security", query="rocket attack OR hashd OR convoy", definition={}, enabled=True,
            origin="file", created_at=now, updated_at=now,
        ))  # fmt: skip
    counts = _counts(size, rng)
    item = 1
    for first in range(0, size.stories, 1000):
        rows: dict[str, list[Any]] = {}
        for number in range(first + 1, min(first + 1000, size.stories) + 1):
            at = now - timedelta(days=size.days) * (1 - number / size.stories)
            reports = _reports(rng, read, counts[number - 1], item, at, size)
            item += len(reports)
            _story(rows, number, reports, at, rng)
        _write(engine, rows)
    for first in range(item, size.items + 1, 5000):
        rows = {}
        for number in range(first, min(first + 5000, size.items + 1)):
            at = now - timedelta(days=size.days) * rng.random()
            _other(rows, number, rng, at, size)
        _write(engine, rows)


def _readings(rng: random.Random, now: datetime) -> Iterator[Report]:
    data = load_lexicon(None)
    words = lexicon_of(data)
    analyser = Analyser(words, data.model)
    places = [p for p in data.places.values() if p["type"] in ("town", "subdistrict") and p["governorate"]]
    for number in range(400):
        language = rng.choice(("en", "en", "en", "ar", "ar", "ar", "fr"))
        place = rng.choice(places)
        name = place["ar"].partition("|")[0] or place["name"] if language == "ar" else place["name"]
        text = rng.choice(WORDS[language]).format(
            place=name,
            n=rng.randint(1, 9),
            m=rng.randint(2, 30),
            day={"en": "Monday", "ar": "الاثنين", "fr": "lundi"}[language],
        )
        document = Document(text, text.index("\n"), language, now, "outlet.example", "", "iraq")
        said = analyser.analyse(document)
        if said.events:
            yield Report(
                number, 1, "", "", "", "B", language, text.split("\n", 1)[0], text, "", now, now, True, said
            )


def _feeds(size: Size, now: datetime) -> Iterator[dict[str, object]]:
    for number in range(1, size.feeds + 1):
        failing = number % 20 == 0
        yield {
            "id": number, "url": f"https://outlet{number}.example/rss", "name": f"Outlet {number}", "options": {},
            "language": ("en", "ar", "fr")[number % 3], "origin": "file", "reliability": "BCD"[number % 3],
            "created_at": now - timedelta(days=120), "memory": {}, "polls": 5000, "last_polled_at": now,
            "last_success_at": now - timedelta(minutes=number), "last_new_at": now - timedelta(hours=number % 9),
            "next_poll_at": now + timedelta(minutes=5), "failures": 4 * failing,
            "error_class": "timeout" if failing else None,
            "error": "the server did not answer in time" if failing else None,
        }  # fmt: skip


def _counts(size: Size, rng: random.Random) -> list[int]:
    """Reports of each story; two thirds of the items in all, a few stories with many."""
    wanted = [1 + min(59, int(rng.paretovariate(1.3))) for _ in range(size.stories)]
    share = size.items * 2 / 3 / sum(wanted)
    return [max(1, round(count * share)) for count in wanted]


def _reports(rng: random.Random, read: Sequence[Report], count: int, first: int, at: datetime,
             size: Size) -> list[Report]:  # fmt: skip
    begin = rng.choice(read)
    same = [r for r in read if r.analysis.events[0].place_id == begin.analysis.events[0].place_id]
    made = []
    for number in range(first, first + count):
        source = rng.choice(same)
        feed = rng.randint(1, size.feeds)
        when = at - timedelta(minutes=rng.randint(0, 600))
        text = source.text + (f" A {RARE} was seen." if number % (size.items // 8) == 77 else "")
        url = f"https://outlet{feed}.example/news/{number}"
        event = replace(source.analysis.events[0], date=at.date())
        made.append(replace(
            source, item_id=number, feed_id=feed, url=url, canonical_url=url, source=f"outlet{feed}.example",
            text=text, text_hash=str(number), published_at=when, seen_at=when + timedelta(minutes=3), entry_id=number,
            revision=1, analysis=replace(source.analysis, events=(event, *source.analysis.events[1:])),
        ))  # fmt: skip
    return made


def _story(rows: dict[str, list[Any]], number: int, reports: Sequence[Report], at: datetime,
           rng: random.Random) -> None:  # fmt: skip
    members = [Member(make_trace(one, {}), "same place, day and type", 0.9) for one in reports]
    story = replace(
        consolidate(members, None, story_id=number, now=at), created_at=at - timedelta(hours=6), updated_at=at
    )
    put = rows.setdefault
    put("stories", []).append(
        {"id": number, **dict(zip(STORY_COLUMNS, story_row(story), strict=True)), "body": codec.dump(story)}
    )
    for one, member in zip(reports, members, strict=True):
        _item(rows, one, number)
        put("story_items", []).append({
            "item_id": one.item_id, "story_id": number, "why": member.why, "likeness": 0.9, "trace": b"",
            "added_at": one.seen_at,
        })  # fmt: skip
    for version in range(1, min(len(reports), 12) + 1):
        put("story_changes", []).append({
            "story_id": number, "version": version, "position": 0, "kind": "new" if version == 1 else "corroborated",
            "reason": "another outlet reports it", "at": at, "item_id": reports[0].item_id, "data": {},
            "judged_at": at, "judgement": "iraq-security: fired",
        })  # fmt: skip
    if rng.random() < 0.4:
        _alert(rows, story, at, rng)


def _alert(rows: dict[str, list[Any]], story: Story, at: datetime, rng: random.Random) -> None:
    level = rng.choice(list(Severity))
    put = rows.setdefault
    put("alerts", []).append({
        "story_id": story.id, "story_version": 1, "severity": str(level), "watches": ["iraq-security"],
        "state": rng.choice(("fired", "fired", "acknowledged", "resolved")), "reasons": {}, "fired_at": at,
        "updated_at": at,
    })  # fmt: skip
    message = codec.dump(Message("alert", level, story.gist, story_id=story.id))
    for channel in ("slack", "email"):
        dead = rng.random() < 0.002
        put("deliveries", []).append({
            "key": f"story:{story.id}:1", "channel": channel, "recipient": "#iraq", "thread": f"story:{story.id}",
            "story_id": story.id, "message": message, "state": "dead" if dead else "sent", "reference": {},
            "due_at": at, "created_at": at, "sent_at": None if dead else at + timedelta(seconds=20),
            "error": "the channel refused it" if dead else "",
        })  # fmt: skip


def _item(rows: dict[str, list[Any]], one: Report, story: int | None) -> None:
    put = rows.setdefault
    put("entries", []).append({
        "id": one.item_id, "feed_id": one.feed_id, "identity": f"e{one.item_id}", "fingerprint": "f", "revision": 1,
        "first_seen_at": one.seen_at,
    })  # fmt: skip
    put("items", []).append({
        "id": one.item_id, "entry_id": one.item_id, "feed_id": one.feed_id, "revision": 1, "url": one.url,
        "title_raw": one.title, "html_raw": f"<p>{one.text}</p>", "published_at": one.published_at,
        "seen_at": one.seen_at, "fresh": True, "stage": "linked", "stage_at": one.seen_at,
        "canonical_url": one.url, "title": one.title, "text": one.text, "language": one.language,
        "text_hash": str(one.item_id), "story_id": story,
    })  # fmt: skip
    said = one.analysis
    put("words", []).append((one.item_id, one.text, said))
    put("analyses", []).append({
        "item_id": one.item_id, "lexicon_version": "bench", "relevant": said.relevant, "score": said.score,
        "kind": str(said.kind), "gist": said.gist, "terms": list(said.terms), "made_at": one.seen_at,
        "matches": codec.dump(list(said.matches)), "reasons": list(said.reasons),
        "events": codec.dump(list(said.events)),
    })  # fmt: skip
    for position, event in enumerate(said.events):
        put("events", []).append({
            "item_id": one.item_id, "position": position, "event_type": event.event_type,
            "sub_event_type": event.sub_event_type, "event_date": event.date, "place": event.place,
            "governorate": event.governorate, "lat": event.lat, "lon": event.lon, "killed": event.killed,
            "wounded": event.wounded, "confidence": event.confidence,
        })  # fmt: skip


def _other(rows: dict[str, list[Any]], number: int, rng: random.Random, at: datetime,
           size: Size) -> None:  # fmt: skip
    feed = rng.randint(1, size.feeds)
    text = rng.choice(OTHER)
    url = f"https://outlet{feed}.example/news/{number}"
    put = rows.setdefault
    put("entries", []).append({
        "id": number, "feed_id": feed, "identity": f"e{number}", "fingerprint": "f", "revision": 1, "first_seen_at": at,
    })  # fmt: skip
    put("items", []).append({
        "id": number, "entry_id": number, "feed_id": feed, "revision": 1, "url": url,
        "title_raw": text.split("\n", 1)[0], "html_raw": f"<p>{text}</p>", "published_at": at, "seen_at": at, "fresh": True,
        "stage": "linked", "stage_at": at, "canonical_url": url, "title": text.split("\n", 1)[0], "text": text,
        "language": "ar" if text.startswith("ا") else "en", "text_hash": str(number),
    })  # fmt: skip
    put("analyses", []).append({
        "item_id": number, "lexicon_version": "bench", "relevant": False, "score": 0.05, "kind": "other", "gist": "",
        "terms": [], "matches": [], "reasons": [], "events": [], "made_at": at,
    })  # fmt: skip


ORDER = (
    "entries",
    "items",
    "analyses",
    "events",
    "stories",
    "story_items",
    "story_changes",
    "alerts",
    "deliveries",
)


def _write(engine: Engine, rows: dict[str, list[Any]]) -> None:
    with writing(engine) as connection:
        for name in ORDER:
            if rows.get(name):
                connection.execute(insert(tables.metadata.tables[name]), rows[name])
        save_words(connection, rows.get("words", ()))
