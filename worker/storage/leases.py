"""Claims rows for one worker at a time: a lease with a generation, on both databases.

PostgreSQL skips rows that another transaction holds (`FOR UPDATE SKIP LOCKED`); on SQLite the
claim is one `BEGIN IMMEDIATE` transaction. Whatever is claimed and overdue is due again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, and_, bindparam, or_, select, update

from worker.domain.model import Lease

MAX_ATTEMPTS = 3


def unclaimed(table: Table, now: datetime) -> ColumnElement[bool]:
    """Rows that nobody holds at `now`."""
    return or_(table.c.claimed_until.is_(None), table.c.claimed_until <= now)


def claim(
    connection: Connection,
    table: Table,
    due: ColumnElement[bool],
    order: Sequence[Any],
    *,
    now: datetime,
    limit: int,
    lease: timedelta,
    columns: Sequence[Any] | None = None,
) -> list[Row[Any]]:
    """Lease up to `limit` due rows and return them, in `order`, with the raised generation.

    `attempts` counts claims that were never settled: a row whose worker died is seen here again
    with its count raised by one.
    """
    key = next(iter(table.primary_key.columns))
    wanted: Select[Any] = select(key).where(and_(due, unclaimed(table, now))).order_by(*order).limit(limit)
    if connection.dialect.name == "postgresql":
        wanted = wanted.with_for_update(skip_locked=True, of=table)
    ids = [row[0] for row in connection.execute(wanted)]
    if not ids:
        return []
    connection.execute(
        update(table)
        .where(key.in_(ids))
        .values(
            claimed_until=now + lease,
            generation=table.c.generation + 1,
            attempts=table.c.attempts + 1,
        )
    )
    chosen = select(*(columns or table.c)).where(key.in_(ids)).order_by(*order)
    return list(connection.execute(chosen))


def lease_of(row: Row[Any], key: str = "id") -> Lease:
    """The lease that `claim` gave for this row; `attempts` does not count the present one."""
    values = row._mapping  # noqa: SLF001 - SQLAlchemy's documented accessor
    return Lease(id=values[key], generation=values["generation"], attempts=values["attempts"] - 1)


def held(connection: Connection, table: Table, leases: Iterable[Lease]) -> set[int]:
    """Ids of those leases that still hold, locked until the transaction ends."""
    wanted = {lease.id: lease.generation for lease in leases}
    if not wanted:
        return set()
    key = next(iter(table.primary_key.columns))
    query = select(key, table.c.generation).where(key.in_(list(wanted)))
    if connection.dialect.name == "postgresql":
        query = query.order_by(key).with_for_update()
    return {row[0] for row in connection.execute(query) if row[1] == wanted[row[0]]}


def settle(connection: Connection, table: Table, lease: Lease, **values: Any) -> bool:
    """End one lease and write `values`; False (and nothing written) when it was lost."""
    key = next(iter(table.primary_key.columns))
    done = connection.execute(
        update(table)
        .where(key == lease.id, table.c.generation == lease.generation)
        .values(claimed_until=None, **values)
    )
    return done.rowcount == 1


def settle_many(
    connection: Connection, table: Table, rows: Sequence[dict[str, Any]], columns: Sequence[str]
) -> None:
    """End many leases at once; each row gives `_id`, `_generation` and a value for every column."""
    if not rows:
        return
    key = next(iter(table.primary_key.columns))
    statement = (
        update(table)
        .where(key == bindparam("_id"), table.c.generation == bindparam("_generation"))
        .values(claimed_until=None, **{name: bindparam(f"v_{name}") for name in columns})
    )
    connection.execute(
        statement,
        [
            {"_id": row["_id"], "_generation": row["_generation"], **{f"v_{n}": row[n] for n in columns}}
            for row in rows
        ],
    )
