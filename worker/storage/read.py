"""The queries of the read and article rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, and_, delete, func, insert, literal, select, update
from sqlalchemy.dialects import postgresql, sqlite

from worker.domain.model import Analysis, Item, Lease, ReadOutcome, Stage
from worker.ports import ArticleOutcome
from worker.storage import codec, leases, rows
from worker.storage.engine import writing
from worker.storage.tables import ITEM_WAITS, analyses, articles, events, feeds, items, notices
from worker.storage.words import save_words

FEED_COLUMNS = (
    feeds.c.name.label("feed_name"),
    feeds.c.reliability.label("feed_reliability"),
    feeds.c.language.label("feed_language"),
    feeds.c.scope.label("feed_scope"),
    feeds.c.fetch_articles.label("feed_fetch_articles"),
)
"""What an item or report is told about its feed."""


def items_with_feed(*extra: Any) -> Select[Any]:
    """Select items with their feed's labelled columns; give `extra` columns or tables to add."""
    return select(items, *FEED_COLUMNS, *extra).join(feeds, feeds.c.id == items.c.feed_id)


class ReadQueries:
    """See `worker.ports.ReadStore`."""

    engine: Engine

    def claim_items(self, now: datetime, limit: int, lease: timedelta) -> list[Item]:
        """Lease items at stage `new`; those whose worker died three times go into quarantine."""
        with writing(self.engine) as connection:
            claimed = leases.claim(
                connection,
                items,
                and_(items.c.stage == Stage.NEW, ITEM_WAITS),
                [items.c.id],
                now=now,
                limit=limit,
                lease=lease,
                columns=[items.c.id, items.c.generation, items.c.attempts],
            )
            alive = quarantine_exhausted(connection, map(leases.lease_of, claimed), now)
            if not alive:
                return []
            found = connection.execute(
                items_with_feed().where(items.c.id.in_(list(alive))).order_by(items.c.id)
            )
            return [rows.item(row, alive[row.id]) for row in found]

    def save_read(self, outcomes: Sequence[ReadOutcome], now: datetime) -> int:
        """Write text, language, analysis and events; queue wanted pages; move to the next stage."""
        with writing(self.engine) as connection:
            held = leases.held(connection, items, [o.item.lease for o in outcomes if o.item.lease])
            kept = [o for o in outcomes if o.item.lease and o.item.id in held]
            leases.settle_many(
                connection,
                items,
                [
                    {
                        "_id": o.item.id,
                        "_generation": o.item.lease.generation if o.item.lease else -1,
                        "stage": str(o.stage),
                        "stage_at": now,
                        "attempts": 0,
                        "error": None,
                        "canonical_url": o.canonical_url,
                        "title": o.title,
                        "text": o.text,
                        "language": o.language,
                        "text_hash": o.text_hash,
                    }
                    for o in kept
                ],
                [
                    "stage",
                    "stage_at",
                    "attempts",
                    "error",
                    "canonical_url",
                    "title",
                    "text",
                    "language",
                    "text_hash",
                ],
            )
            _save_analyses(connection, [(o.item.id, o.analysis) for o in kept if o.analysis], now)
            save_words(
                connection,
                [
                    (o.item.id, o.text, o.analysis)
                    for o in kept
                    if o.analysis and (o.analysis.relevant or o.item.story_id is not None)
                ],
            )
            _want_articles(connection, [o for o in kept if o.wants_article], now)
        return len(kept)

    def fail_item(self, item: Item, error: str, now: datetime) -> None:
        """Give the item back with its error; the third failure quarantines it with a notice."""
        if item.lease is None:
            return
        with writing(self.engine) as connection:
            fail(connection, item.lease, error, now)

    def claim_articles(self, now: datetime, limit: int, lease: timedelta) -> list[Item]:
        """Lease items whose page is wanted and due; after three lost workers a page is given up."""
        with writing(self.engine) as connection:
            claimed = leases.claim(
                connection,
                articles,
                (articles.c.state == "wanted") & (articles.c.due_at <= now),
                [articles.c.due_at],
                now=now,
                limit=limit,
                lease=lease,
            )
            given_up = [row.item_id for row in claimed if row.attempts > leases.MAX_ATTEMPTS]
            if given_up:
                connection.execute(
                    update(articles)
                    .where(articles.c.item_id.in_(given_up))
                    .values(state="done", verdict="error", reason="given up after three tries")
                )
            alive = {
                row.item_id: leases.lease_of(row, "item_id")
                for row in claimed
                if row.attempts <= leases.MAX_ATTEMPTS
            }
            found = connection.execute(items_with_feed().where(items.c.id.in_(list(alive))))
            return [rows.item(row, alive[row.id]) for row in found]

    def save_article(self, item: Item, outcome: ArticleOutcome, now: datetime) -> bool:
        """Store the page's text and read the item again, or note why there is no text."""
        if item.lease is None:
            return False
        settled = outcome.retry_at is None
        with writing(self.engine) as connection:
            if not leases.settle(
                connection,
                articles,
                item.lease,
                state="done" if settled else "wanted",
                due_at=outcome.retry_at or now,
                attempts=0 if settled else item.lease.attempts + 1,
                verdict=outcome.verdict,
                reason=outcome.reason,
            ):
                return False
            values: dict[str, Any] = {
                "article": {
                    "verdict": outcome.verdict,
                    "reason": outcome.reason,
                    "author": outcome.author,
                    "image": outcome.image,
                    "canonical_url": outcome.canonical_url,
                }
            }
            if outcome.text:
                values |= {
                    "article_text": outcome.text,
                    # The page knows its own address and time better than a feed that gave neither.
                    "canonical_url": outcome.canonical_url or items.c.canonical_url,
                    "published_at": func.coalesce(
                        items.c.published_at,
                        literal(_past(outcome.published_at, now), items.c.published_at.type),
                    ),
                    "stage": str(Stage.NEW),
                    "stage_at": now,
                    # Raising the generation throws away what a reader holds of the teaser.
                    "generation": items.c.generation + 1,
                    "claimed_until": None,
                    "attempts": 0,
                }
            connection.execute(update(items).where(items.c.id == item.id).values(**values))
        return True


def _past(moment: datetime | None, now: datetime) -> datetime | None:
    """A page's own time, unless it lies in the future."""
    return moment if moment is not None and moment <= now else None


def quarantine_exhausted(connection: Connection, claimed: Iterable[Lease], now: datetime) -> dict[int, Lease]:
    """Set aside what was claimed too often without an answer; the leases of the rest, by item id."""
    alive: dict[int, Lease] = {}
    for lease in claimed:
        if lease.attempts >= leases.MAX_ATTEMPTS:
            _quarantine(connection, lease, "its worker died three times", now)
        else:
            alive[lease.id] = lease
    return alive


def fail(connection: Connection, lease: Lease, error: str, now: datetime) -> None:
    """Record a failed attempt on an item: give it back, or quarantine it after the third."""
    if lease.attempts + 1 >= leases.MAX_ATTEMPTS:
        _quarantine(connection, lease, error, now)
    else:
        leases.settle(connection, items, lease, error=error)


def _quarantine(connection: Connection, lease: Lease, error: str, now: datetime) -> None:
    if not leases.settle(connection, items, lease, stage=str(Stage.QUARANTINED), stage_at=now, error=error):
        return
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    connection.execute(
        upsert(notices)
        .values(
            kind="quarantine",
            subject=f"item:{lease.id}",
            day=now.date(),
            text=f"Item {lease.id} could not be worked on and was set aside: {error}",
            data={},
            at=now,
        )
        .on_conflict_do_nothing()
    )


def _save_analyses(connection: Connection, made: Sequence[tuple[int, Analysis]], now: datetime) -> None:
    if not made:
        return
    ids = [item_id for item_id, _ in made]
    connection.execute(delete(analyses).where(analyses.c.item_id.in_(ids)))
    connection.execute(delete(events).where(events.c.item_id.in_(ids)))
    connection.execute(
        insert(analyses),
        [
            {
                "item_id": item_id,
                "lexicon_version": a.lexicon_version,
                "relevant": a.relevant,
                "score": a.score,
                "kind": str(a.kind),
                "gist": a.gist,
                "terms": list(a.terms),
                "matches": codec.dump(a.matches),
                "reasons": list(a.reasons),
                "events": codec.dump(a.events),
                "made_at": now,
            }
            for item_id, a in made
        ],
    )
    found = [
        {
            "item_id": item_id,
            "position": position,
            "event_type": e.event_type,
            "sub_event_type": e.sub_event_type,
            "event_date": e.date,
            "place": e.place,
            "governorate": e.governorate,
            "lat": e.lat,
            "lon": e.lon,
            "killed": e.killed,
            "wounded": e.wounded,
            "confidence": e.confidence,
        }
        for item_id, a in made
        for position, e in enumerate(a.events)
    ]
    if found:
        connection.execute(insert(events), found)


def _want_articles(connection: Connection, outcomes: Sequence[ReadOutcome], now: datetime) -> None:
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    for outcome in outcomes:
        connection.execute(
            upsert(articles)
            .values(
                item_id=outcome.item.id,
                url=outcome.canonical_url or outcome.item.url,
                state="wanted",
                due_at=now,
            )
            .on_conflict_do_nothing()  # once an item: what was fetched or given up stays so
        )
