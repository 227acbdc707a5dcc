"""The outbox: one row a message, recipient and version; claimed by lease, settled once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, and_, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from worker.domain.model import Delivery, DeliveryState, Notice, Sent
from worker.storage import codec, leases, rows
from worker.storage.engine import reading, writing
from worker.storage.tables import deliveries, notices

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
"""When a message is due that only a person may send again."""

WAITING = [str(s) for s in (DeliveryState.PENDING, DeliveryState.RETRY)]
CLAIMABLE = [
    str(s)
    for s in (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.SENDING, DeliveryState.UNCERTAIN)
]


class OutboxQueries:
    """See `worker.ports.DeliverStore`."""

    engine: Engine

    def due_channels(self, now: datetime) -> list[str]:
        """Name the channels with due deliveries."""
        query = select(deliveries.c.channel).where(_due(now)).distinct().order_by(deliveries.c.channel)
        with reading(self.engine) as connection:
            return list(connection.execute(query).scalars())

    def claim_deliveries(self, channel: str, now: datetime, limit: int, lease: timedelta) -> list[Delivery]:
        """Lease due deliveries of one channel; one whose sender died in the attempt comes back uncertain.

        A message waits for the older one of its thread and recipient, so that an update never
        overtakes what it updates.
        """
        older = deliveries.alias()
        blocked = (
            select(older.c.id)
            .where(
                older.c.thread == deliveries.c.thread,
                older.c.channel == deliveries.c.channel,
                older.c.recipient == deliveries.c.recipient,
                older.c.id < deliveries.c.id,
                older.c.state.in_(CLAIMABLE),
                older.c.due_at < NEVER,
            )
            .exists()
        )
        due = and_(deliveries.c.channel == channel, _due(now), ~blocked)
        order = (deliveries.c.severity_rank.desc(), deliveries.c.id)
        with writing(self.engine) as connection:
            found = leases.claim(connection, deliveries, due, order, now=now, limit=limit, lease=lease)
            return [_claimed(row) for row in found]

    def begin(self, delivery: Delivery) -> bool:
        """Note that an attempt begins: from here on a dead sender leaves a doubt. False: lease lost."""
        if delivery.lease is None:
            return False
        lease = delivery.lease
        with writing(self.engine) as connection:
            done = connection.execute(
                update(deliveries)
                .where(deliveries.c.id == lease.id, deliveries.c.generation == lease.generation)
                .values(state=str(DeliveryState.SENDING))
            )
            return done.rowcount == 1

    def save_delivery(
        self, delivery: Delivery, state: DeliveryState, sent: Sent, due_at: datetime | None, now: datetime
    ) -> bool:
        """Write what became of an attempt; False when the lease was lost."""
        if delivery.lease is None:
            return False
        values: dict[str, Any] = {
            "state": str(state),
            "error": "" if state is DeliveryState.SENT else sent.reason,
            "due_at": due_at or NEVER,
        }
        if sent.reference:
            values["reference"] = codec.dump(dict(sent.reference))
        if state is DeliveryState.SENT:
            values["sent_at"] = now
        with writing(self.engine) as connection:
            return leases.settle(connection, deliveries, delivery.lease, **values)

    def give_back(self, delivery: Delivery, due_at: datetime) -> bool:
        """Return a claimed delivery untouched: it was never attempted."""
        if delivery.lease is None:
            return False
        state = (
            DeliveryState.UNCERTAIN if delivery.state is DeliveryState.UNCERTAIN else DeliveryState.PENDING
        )
        with writing(self.engine) as connection:
            attempts = delivery.lease.attempts
            return leases.settle(
                connection, deliveries, delivery.lease, state=str(state), due_at=due_at, attempts=attempts
            )

    def sent_in_thread(self, thread: str, channel: str, recipient: str) -> list[Delivery]:
        """List what this recipient got, or may have got, about it, oldest first."""
        told = [str(DeliveryState.SENT), str(DeliveryState.UNCERTAIN)]
        query = (
            select(deliveries)
            .where(
                deliveries.c.thread == thread,
                deliveries.c.channel == channel,
                deliveries.c.recipient == recipient,
                deliveries.c.state.in_(told),
            )
            .order_by(deliveries.c.id)
        )
        with reading(self.engine) as connection:
            return [rows.delivery(row) for row in connection.execute(query)]

    def deliveries(
        self,
        *,
        state: DeliveryState | None = None,
        story_id: int | None = None,
        channel: str | None = None,
        limit: int = 100,
    ) -> list[Delivery]:
        """List messages newest first, for people."""
        query = select(deliveries).order_by(deliveries.c.id.desc()).limit(limit)
        for column, value in (
            (deliveries.c.state, state), (deliveries.c.story_id, story_id), (deliveries.c.channel, channel),
        ):  # fmt: skip
            if value is not None:
                query = query.where(column == (str(value) if isinstance(value, DeliveryState) else value))
        with reading(self.engine) as connection:
            return [rows.delivery(row) for row in connection.execute(query)]

    def delivery(self, delivery_id: int) -> Delivery | None:
        """Give one message; None when there is none of that number."""
        with reading(self.engine) as connection:
            query = select(deliveries).where(deliveries.c.id == delivery_id)
            row = connection.execute(query).one_or_none()
            return rows.delivery(row) if row else None

    def requeue(self, delivery_id: int, now: datetime) -> bool:
        """Send a dead or uncertain letter again, by a person's decision."""
        given_up = [str(DeliveryState.DEAD), str(DeliveryState.UNCERTAIN)]
        with writing(self.engine) as connection:
            done = connection.execute(
                update(deliveries)
                .where(deliveries.c.id == delivery_id, deliveries.c.state.in_(given_up))
                .where(leases.unclaimed(deliveries, now))
                .values(state=str(DeliveryState.PENDING), due_at=now, attempts=0, error="")
            )
            return done.rowcount == 1

    def enqueue(self, given: Sequence[Delivery], now: datetime) -> int:
        """Put messages that no judgement made into the outbox; returns how many are new."""
        with writing(self.engine) as connection:
            return put(connection, given, now)

    def held(self, now: datetime) -> list[Delivery]:
        """List what is kept for a digest that is due."""
        query = (
            select(deliveries)
            .where(deliveries.c.state == str(DeliveryState.HELD), deliveries.c.due_at <= now)
            .order_by(deliveries.c.severity_rank.desc(), deliveries.c.id)
        )
        with reading(self.engine) as connection:
            return [rows.delivery(row) for row in connection.execute(query)]

    def tell_in_digest(self, held: Sequence[Delivery], digest: Sequence[Delivery], now: datetime) -> int:
        """Enqueue digests and settle what they tell, together; what left the hold meanwhile stays."""
        with writing(self.engine) as connection:
            added = put(connection, digest, now)
            ids = [d.id for d in held]
            if ids:
                connection.execute(
                    update(deliveries)
                    .where(deliveries.c.id.in_(ids), deliveries.c.state == str(DeliveryState.HELD))
                    .values(state=str(DeliveryState.SUPERSEDED), error="told in the digest")
                )
            return added

    def open_notices(self, since: datetime) -> list[Notice]:
        """List notices that were made since and still hold, oldest first."""
        query = (
            select(notices)
            .where(notices.c.at > since, notices.c.resolved_at.is_(None))
            .order_by(notices.c.at, notices.c.id)
            .limit(200)
        )
        with reading(self.engine) as connection:
            return [
                Notice(r.kind, r.subject, r.text, r.at, r.data or {}, r.id, r.resolved_at)
                for r in connection.execute(query)
            ]

    def add_notices(self, given: Sequence[Notice], now: datetime) -> list[Notice]:
        """Store notices; returns those that are new today (kind, subject, day)."""
        new = []
        with writing(self.engine) as connection:
            upsert = _upsert(connection)
            for notice in given:
                values = {
                    "kind": notice.kind, "subject": notice.subject[:200], "day": now.date(), "text": notice.text,
                    "data": codec.dump(dict(notice.data)), "at": notice.at,
                }  # fmt: skip
                row = upsert(notices).values(**values).on_conflict_do_nothing().returning(notices.c.id)
                if connection.execute(row).first() is not None:
                    new.append(notice)
        return new


def put(connection: Connection, given: Sequence[Delivery], now: datetime) -> int:
    """Add rows, superseding what still waits of the same story for the recipient; existing keys stay."""
    added = 0
    upsert = _upsert(connection)
    for delivery in given:
        if delivery.story_id is not None:
            waiting = [*WAITING, str(DeliveryState.HELD)]
            connection.execute(
                update(deliveries)
                .where(
                    deliveries.c.story_id == delivery.story_id,
                    deliveries.c.thread == delivery.thread,
                    deliveries.c.channel == delivery.channel,
                    deliveries.c.recipient == delivery.recipient,
                    deliveries.c.key != delivery.key,
                    deliveries.c.state.in_(waiting),
                    leases.unclaimed(deliveries, now),
                )
                .values(state=str(DeliveryState.SUPERSEDED), error=f"superseded by {delivery.key}")
            )
        row = upsert(deliveries).values(**_values(delivery, now)).on_conflict_do_nothing()
        added += connection.execute(row.returning(deliveries.c.id)).first() is not None
    return added


def _upsert(connection: Connection) -> Any:
    return postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert


def _values(delivery: Delivery, now: datetime) -> dict[str, Any]:
    return {
        "key": delivery.key[:120],
        "channel": delivery.channel,
        "recipient": delivery.recipient,
        "thread": delivery.thread,
        "alert_id": delivery.alert_id,
        "story_id": delivery.story_id,
        "severity_rank": delivery.message.severity.rank,
        "message": codec.dump(delivery.message),
        "state": str(delivery.state),
        "reference": codec.dump(dict(delivery.reference)),
        "error": delivery.error,
        "due_at": delivery.due_at,
        "created_at": now,
    }


def _due(now: datetime) -> ColumnElement[bool]:
    waits = or_(*(deliveries.c.state == state for state in CLAIMABLE))
    return and_(waits, deliveries.c.due_at <= now, leases.unclaimed(deliveries, now))


def _claimed(row: Any) -> Delivery:
    delivery = rows.delivery(row, leases.lease_of(row))
    doubtful = delivery.state in (DeliveryState.SENDING, DeliveryState.UNCERTAIN)
    return replace(delivery, state=DeliveryState.UNCERTAIN) if doubtful else delivery
