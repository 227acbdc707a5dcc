"""Writes many rows of one table at a time, alike on SQLite and PostgreSQL.

SQLite takes the rows one by one, which is quick within a process. Over a connection to PostgreSQL each
row would cost a message: there all of them travel as one JSON document, which the server makes rows of.
"""

# ruff: noqa: S608 - tables and columns are constants of ours; values always travel beside the statement

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Date, Table
from sqlalchemy.dialects import postgresql

from worker.storage.plain import Plain
from worker.storage.tables import JsonColumn, UtcDateTime, Whole

Rows = Sequence[tuple[Any, ...]]
_json = msgspec.json.Encoder().encode
_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


class Bulk:
    """Rows of some columns of one table; values are Python's own, a JSON column's any that msgspec knows."""

    def __init__(self, table: Table, columns: Sequence[str], *, key: Sequence[str] = ()) -> None:
        """`columns` in the order of the rows' values; an update finds rows by `key`, which ends each row."""
        self._names = (*columns, *key)
        types = [table.c[name].type for name in self._names]
        declared = [f"{n} {_declared(t)}" for n, t in zip(self._names, types, strict=True)]
        read = [
            f"decode(x.{n}, 'base64')" if _binary(t) else f"x.{n}"
            for n, t in zip(self._names, types, strict=True)
        ]
        rows = f"json_to_recordset(?::json) AS x({', '.join(declared)})"
        names, marks = ", ".join(self._names), ", ".join("?" * len(self._names))
        self._insert = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"
        self._insert_postgres = f"INSERT INTO {table.name} ({names}) SELECT {', '.join(read)} FROM {rows}"
        changed = [f"{n} = {r}" for n, r in zip(columns, read, strict=False)]
        where = " AND ".join(f"{n} = ?" for n in key)
        self._update = f"UPDATE {table.name} SET {', '.join(f'{n} = ?' for n in columns)} WHERE {where}"
        found = " AND ".join(f"t.{n} = x.{n}" for n in key)
        self._update_postgres = f"UPDATE {table.name} AS t SET {', '.join(changed)} FROM {rows} WHERE {found}"
        self._instead = f" ON CONFLICT ({columns[0]}) DO UPDATE SET " + ", ".join(
            f"{n} = excluded.{n}" for n in columns[1:]
        )
        self._times = [i for i, t in enumerate(types) if isinstance(t, UtcDateTime)]
        self._kept = [(i, keep) for i, t in enumerate(types) if (keep := _kept(t))]

    def insert(self, plain: Plain, rows: Rows) -> None:
        """Add rows."""
        self._run(plain, self._insert, self._insert_postgres, rows)

    def put(self, plain: Plain, rows: Rows) -> None:
        """Add rows, or write them over those with the same value of the first column."""
        self._run(plain, self._insert + self._instead, self._insert_postgres + self._instead, rows)

    def update(self, plain: Plain, rows: Rows) -> None:
        """Change the rows that the key finds."""
        self._run(plain, self._update, self._update_postgres, rows)

    def _run(self, plain: Plain, sqlite: str, postgres: str, rows: Rows) -> None:
        if not rows:
            return
        if plain.postgres:
            document = _json([dict(zip(self._names, row, strict=True)) for row in rows])
            plain.run(postgres, (document.decode(),))
            return
        made = []
        for row in rows:
            values = list(row)
            for i in self._times:
                values[i] = plain.time(values[i])
            for i, keep in self._kept:
                if values[i] is not None:
                    values[i] = keep(values[i])
            made.append(values)
        plain.many(sqlite, made)


def _declared(kind: Any) -> str:
    return "text" if _binary(kind) else str(kind.dialect_impl(_DIALECT).compile(dialect=_DIALECT))


def _binary(kind: Any) -> bool:
    return bool(kind.__visit_name__ == "large_binary")


def _kept(kind: Any) -> Callable[[Any], Any] | None:
    """How SQLite keeps a value of this type, where the driver does not know it."""
    if isinstance(kind, Date):
        return date.isoformat
    json = kind is JsonColumn or isinstance(kind, Whole)
    return (lambda value: _json(value).decode()) if json else None
