"""The word index: which stories hold certain words or concepts, however old they are.

Terms are written with an item's analysis and never taken away while the item lives: too many only make a
search look at a story in vain, too few would hide it. Items of before the index are taken in by a chore;
until it is through, searches read the archive itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select, text
from sqlalchemy.dialects import postgresql, sqlite

from worker.domain.alerting.seek import Alternative, Clause, terms_of
from worker.domain.model import Analysis
from worker.storage import rows
from worker.storage.engine import reading, writing
from worker.storage.tables import analyses, facts, item_words, items
from worker.storage.wordindex import WORDS_POSTGRES

UNFILLED = "words_unfilled_to"
"""The fact that holds the highest item whose words are still to be written; not there: all are."""

_HOLDING_SQLITE = text(
    "SELECT s.story_id FROM (SELECT rowid AS item_id FROM word_index WHERE word_index MATCH :sought LIMIT :most) w "
    "LEFT JOIN story_items s ON s.item_id = w.item_id"
)
_HOLDING_POSTGRES = text(
    f"SELECT s.story_id FROM (SELECT item_id FROM item_words WHERE {WORDS_POSTGRES} "  # noqa: S608 - a constant of ours
    "@@ cast(:sought AS tsquery) LIMIT :most) w LEFT JOIN story_items s ON s.item_id = w.item_id"
)


class WordQueries:
    """See `worker.services.browse.Shelf` and `worker.services.keep`."""

    engine: Engine

    def holding(self, clauses: Sequence[Clause], most: int) -> frozenset[int] | None:
        """Stories that fulfil all clauses; None when more than `most` reports fulfil the narrowest, or nobody knows."""
        found: frozenset[int] | None = None
        with reading(self.engine) as connection:
            if connection.execute(select(facts.c.key).where(facts.c.key == UNFILLED)).first():
                return None
            if connection.dialect.name == "postgresql":
                # A statement that is prepared once for all words is planned as if none were rare.
                connection.execute(text("SET LOCAL enable_seqscan = off"))
            for clause in clauses:
                here = _holding(connection, clause, most)
                if here is not None:
                    found = here if found is None else found & here
        return found

    def fill_words(self, limit: int = 500, *, now: datetime) -> int:
        """Write the words of one batch of items that were read before there was an index; how many were looked at."""
        with writing(self.engine) as connection:
            to = connection.execute(select(facts.c.value).where(facts.c.key == UNFILLED)).scalar()
            if to is None:
                return 0
            query = (
                select(items.c.id, items.c.story_id, items.c.text, analyses)
                .join(analyses, analyses.c.item_id == items.c.id)
                .where(items.c.id <= to)
                .order_by(items.c.id.desc())
                .limit(limit)
            )
            found = list(connection.execute(query))
            wanted = [row for row in found if row.relevant or row.story_id is not None]
            save_words(connection, [(row.id, row.text or "", rows.analysis(row)) for row in wanted])
            connection.execute(delete(facts).where(facts.c.key == UNFILLED))
            if len(found) == limit:
                later = {"key": UNFILLED, "value": found[-1].id - 1, "at": now}
                connection.execute(insert(facts).values(later))
        return len(found)


def save_words(connection: Connection, read: Iterable[tuple[int, str, Analysis]]) -> None:
    """Write under which terms these items are found, besides those under which they were before."""
    terms = {item: terms_of(text, analysis) for item, text, analysis in read}
    if not terms:
        return
    before = select(item_words).where(item_words.c.item_id.in_(list(terms)))
    for row in connection.execute(before):
        terms[row.item_id].update(row.words.split(" "))
    upsert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement: Any = upsert(item_words)
    statement = statement.on_conflict_do_update(
        index_elements=["item_id"], set_={"words": statement.excluded.words}
    )
    connection.execute(
        statement, [{"item_id": item, "words": " ".join(sorted(found))} for item, found in terms.items()]
    )


def _holding(connection: Connection, clause: Clause, most: int) -> frozenset[int] | None:
    postgres = connection.dialect.name == "postgresql"
    asked = {"sought": (_for_postgres if postgres else _for_sqlite)(clause), "most": most + 1}
    found = connection.execute(_HOLDING_POSTGRES if postgres else _HOLDING_SQLITE, asked).scalars().all()
    return None if len(found) > most else frozenset(one for one in found if one is not None)


def _for_sqlite(clause: Clause) -> str:
    def term(one: str) -> str:
        bare = one.rstrip("*").replace('"', '""')
        return f'"{bare}"*' if one.endswith("*") else f'"{bare}"'

    return _joined(clause, term, " AND ", " OR ")


def _for_postgres(clause: Clause) -> str:
    def term(one: str) -> str:
        bare = one.rstrip("*").replace("\\", "\\\\").replace("'", "''")
        return f"'{bare}':*" if one.endswith("*") else f"'{bare}'"

    return _joined(clause, term, " & ", " | ")


def _joined(clause: Clause, term: Any, both: str, either: str) -> str:
    def all_of(one: Alternative) -> str:
        return "(" + both.join(term(word) for word in sorted(one)) + ")"

    return either.join(sorted(map(all_of, clause)))
