"""What the judge room reads and writes, and the outbox behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, or_, select, update
from sqlalchemy.dialects import postgresql, sqlite

from worker.domain.model import (
    Alert,
    AlertState,
    DeliveryState,
    JudgeOutcome,
    Lease,
    Neighbour,
    Severity,
    Situation,
    Story,
    StoryChange,
    StoryView,
)
from worker.storage import codec, leases, rows
from worker.storage.desk import views
from worker.storage.digest import DigestQueries
from worker.storage.engine import reading, writing
from worker.storage.outbox import OutboxQueries, put
from worker.storage.tables import alerts, deliveries, feedback, stories, story_changes
from worker.storage.watches import WatchQueries, silences_in_force

PRECEDENT_DAYS = 90
NEIGHBOUR_HOURS = 6


class AlertQueries(OutboxQueries, DigestQueries, WatchQueries):
    """See `worker.ports.JudgeStore` and `worker.ports.DeliverStore`."""

    engine: Engine

    # --- judging -----------------------------------------------------------------------------------

    def claim_changes(self, now: datetime, limit: int, lease: timedelta) -> list[StoryChange]:
        """Lease unjudged changes, whole stories at a time; a story in somebody's hands is left alone."""
        other = story_changes.alias()
        in_hand = (
            select(other.c.id)
            .where(
                other.c.story_id == story_changes.c.story_id,
                other.c.judged_at.is_(None),
                other.c.claimed_until > now,
            )
            .exists()
        )
        waiting = story_changes.c.judged_at.is_(None) & ~in_hand
        order = (story_changes.c.id,)
        with writing(self.engine) as connection:
            found = leases.claim(connection, story_changes, waiting, order, now=now, limit=limit, lease=lease)
            ids = {row.story_id for row in found}
            if len(found) == limit:
                rest = story_changes.c.judged_at.is_(None) & story_changes.c.story_id.in_(ids)
                found += leases.claim(
                    connection, story_changes, rest, order, now=now, limit=10_000, lease=lease
                )
            return [rows.change(row, leases.lease_of(row)) for row in found]

    def story_views(self, ids: Sequence[int]) -> dict[int, StoryView]:
        """Read stories with reports, changes, alert and what was sent of them and of merged ones."""
        with reading(self.engine) as connection:
            found = views(connection, list(ids))
            mine = {i: {view.story.id, *view.merged} for i, view in found.items()}
            wanted = set().union(*mine.values()) if mine else set()
            query = select(deliveries).where(deliveries.c.story_id.in_(wanted)).order_by(deliveries.c.id)
            sent = [rows.delivery(row) for row in connection.execute(query)]
            return {
                i: replace(view, sent=tuple(d for d in sent if d.story_id in mine[i]))
                for i, view in found.items()
            }

    def situation(self, now: datetime) -> Situation:
        """Read silences in force, what recipients were first told lately, and recent alerts."""
        with reading(self.engine) as connection:
            return Situation(
                now=now,
                silences=silences_in_force(connection, now),
                lately=_lately(connection, now),
                neighbours=_neighbours(connection, now - timedelta(hours=NEIGHBOUR_HOURS)),
            )

    def precedents(self, now: datetime) -> dict[tuple[str, str], int]:
        """Count live stories of the last 90 days by sub-event type and governorate."""
        query = (
            select(stories.c.sub_event_type, stories.c.governorate, func.count())
            .where(
                stories.c.created_at >= now - timedelta(days=PRECEDENT_DAYS),
                stories.c.sub_event_type.is_not(None),
                stories.c.governorate.is_not(None),
                stories.c.merged_into.is_(None),
            )
            .group_by(stories.c.sub_event_type, stories.c.governorate)
        )
        with reading(self.engine) as connection:
            return {(row[0], row[1]): row[2] for row in connection.execute(query)}

    def save_judgement(self, outcomes: Sequence[JudgeOutcome], now: datetime) -> int:
        """Write alerts and outbox rows together; returns how many outcomes were written."""
        written = 0
        with writing(self.engine) as connection:
            held = leases.held(
                connection,
                story_changes,
                [c.lease for outcome in outcomes for c in outcome.changes if c.lease],
            )
            for outcome in outcomes:
                mine = [change.lease for change in outcome.changes if change.lease]
                if any(lease.id not in held for lease in mine):
                    continue
                if _overtaken(connection, outcome):
                    _settle(connection, mine, judged_at=None)
                    continue
                alert_id = _write_alert(connection, outcome)
                put(
                    connection, [replace(d, alert_id=d.alert_id or alert_id) for d in outcome.deliveries], now
                )
                _settle(connection, mine, judged_at=now, judgement=outcome.reason, attempts=0)
                written += 1
        return written

    def fail_changes(self, changes: Sequence[StoryChange], error: str, now: datetime) -> None:
        """Settle what failed three times with its error; the others are due again when the lease ends."""
        spent = [c.lease for c in changes if c.lease and c.lease.attempts + 1 >= leases.MAX_ATTEMPTS]
        with writing(self.engine) as connection:
            held = leases.held(connection, story_changes, spent)
            lost = [lease for lease in spent if lease.id in held]
            _settle(connection, lost, judged_at=now, judgement=f"could not be judged: {error}")

    # --- alerts ----------------------------------------------------------------------------------------

    def set_alert_state(self, story_id: int, state: AlertState, by: str, now: datetime) -> bool:
        """Acknowledge, mute or resolve; a mute also stops what still waits."""
        with writing(self.engine) as connection:
            done = connection.execute(
                update(alerts)
                .where(alerts.c.story_id == story_id)
                .values(state=str(state), state_by=by, state_at=now, updated_at=now)
            )
            if state is AlertState.MUTED:
                waiting = [str(s) for s in (DeliveryState.PENDING, DeliveryState.RETRY, DeliveryState.HELD)]
                connection.execute(
                    update(deliveries)
                    .where(deliveries.c.story_id == story_id, deliveries.c.state.in_(waiting))
                    .where(leases.unclaimed(deliveries, now))
                    .values(state=str(DeliveryState.SUPERSEDED), error=f"muted by {by}")
                )
            return done.rowcount == 1

    def unacknowledged(self, now: datetime) -> list[StoryView]:
        """Give the stories of alerts of the last day that nobody has acknowledged: reminders look at them."""
        query = select(alerts.c.story_id).where(
            alerts.c.state == str(AlertState.FIRED), alerts.c.fired_at > now - timedelta(days=1)
        )
        with reading(self.engine) as connection:
            ids = list(connection.execute(query).scalars())
        return list(self.story_views(ids).values())

    def give_feedback(self, story_id: int, by: str, now: datetime, *, relevant: bool) -> bool:
        """Note whether a reader found an alert relevant: the last word of each; False: no such alert."""
        with writing(self.engine) as connection:
            found = connection.execute(select(alerts.c.watches).where(alerts.c.story_id == story_id)).first()
            if found is None:
                return False
            upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
            values = {"relevant": relevant, "watches": found.watches, "at": now}
            connection.execute(
                upsert(feedback)
                .values(story_id=story_id, by=by, **values)
                .on_conflict_do_update(index_elements=["story_id", "by"], set_=values)
            )
            return True

    def feedback(self) -> list[tuple[int, str, bool, tuple[str, ...], datetime]]:
        """List what readers said: story, reader, relevant, watches, when."""
        with reading(self.engine) as connection:
            found = connection.execute(select(feedback).order_by(feedback.c.at))
            return [(row.story_id, row.by, row.relevant, tuple(row.watches), row.at) for row in found]

    def alerts(self, limit: int = 50) -> list[tuple[Alert, Story]]:
        """List alerts with their stories, newest change first."""
        query = (
            select(alerts, stories.c.id.label("told_id"))
            .join(stories, stories.c.id == alerts.c.story_id)
            .order_by(alerts.c.updated_at.desc(), alerts.c.id.desc())
            .limit(limit)
        )
        with reading(self.engine) as connection:
            fired = [rows.alert(row) for row in connection.execute(query)]
            told = connection.execute(select(stories).where(stories.c.id.in_([a.story_id for a in fired])))
            by_id = {row.id: rows.story(row) for row in told}
            return [(alert, by_id[alert.story_id]) for alert in fired]


def _overtaken(connection: Connection, outcome: JudgeOutcome) -> bool:
    """Whether another judge, or a reader's answer, wrote this story's alert since the decision was made."""
    if outcome.alert is None and not outcome.deliveries:
        return False
    if connection.dialect.name == "postgresql":
        connection.execute(select(stories.c.id).where(stories.c.id == outcome.story_id).with_for_update())
    query = select(alerts.c.updated_at).where(alerts.c.story_id == outcome.story_id)
    return connection.execute(query).scalar() != outcome.base


def _write_alert(connection: Connection, outcome: JudgeOutcome) -> int | None:
    alert = outcome.alert
    if alert is None:
        return None
    values = {
        "story_version": alert.story_version,
        "severity": str(alert.severity),
        "state": str(alert.state),
        "state_by": alert.state_by,
        "state_at": alert.state_at,
        "watches": list(alert.watches),
        "reasons": codec.dump(dict(alert.reasons)),
        "fired_at": alert.fired_at,
        "updated_at": alert.updated_at,
    }
    if alert.id:
        connection.execute(update(alerts).where(alerts.c.id == alert.id).values(**values))
        return alert.id
    done = connection.execute(insert(alerts).values(story_id=alert.story_id, **values))
    return int(done.inserted_primary_key[0])  # type: ignore[index]


def _settle(connection: Connection, settled: Sequence[Lease], **values: Any) -> None:
    if not settled:
        return
    connection.execute(
        update(story_changes)
        .where(or_(*(
            (story_changes.c.id == lease.id) & (story_changes.c.generation == lease.generation)
            for lease in settled
        )))
        .values(claimed_until=None, **values)
    )  # fmt: skip


def _lately(connection: Connection, now: datetime) -> dict[tuple[str, str], tuple[tuple[int, datetime], ...]]:
    quiet = [str(s) for s in (DeliveryState.HELD, DeliveryState.SUPERSEDED, DeliveryState.DEAD)]
    query = select(
        deliveries.c.channel, deliveries.c.recipient, deliveries.c.story_id, deliveries.c.created_at
    ).where(
        deliveries.c.created_at > now - timedelta(hours=1),
        deliveries.c.story_id.is_not(None),
        deliveries.c.state.not_in(quiet),
        deliveries.c.message["kind"].as_string().in_(("alert", "wave")),
    )
    found: dict[tuple[str, str], list[tuple[int, datetime]]] = {}
    for row in connection.execute(query):
        found.setdefault((row.channel, row.recipient), []).append((row.story_id, row.created_at))
    return {key: tuple(times) for key, times in found.items()}


def _neighbours(connection: Connection, since: datetime) -> tuple[Neighbour, ...]:
    query = (
        select(
            alerts.c.severity.label("alert_severity"),
            alerts.c.state.label("alert_state"),
            alerts.c.fired_at,
            alerts.c.reasons,
            stories,
        )
        .join(stories, stories.c.id == alerts.c.story_id)
        .where(alerts.c.fired_at > since, stories.c.merged_into.is_(None))
        .order_by(alerts.c.fired_at.desc())
        .limit(200)
    )
    found = []
    for row in connection.execute(query):
        story = rows.story(row)
        thread = str((row.reasons or {}).get("thread") or f"story:{story.id}")
        severity, state = Severity(row.alert_severity), AlertState(row.alert_state)
        found.append(Neighbour(story.id, severity, row.fired_at, thread, story.gist, story.event, state))
    return tuple(found)
