"""What readers filter stories by, as queries that end soon on a large archive."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects import postgresql

from worker.ports import StoryFilter
from worker.storage.tables import alerts, feeds, items, stories, story_items

FEW = 3000
"""Reports that are followed to their stories; of what more have in common, the newest soon fill a page."""


def narrowed(connection: Connection, wanted: StoryFilter) -> StoryFilter:
    """Name the stories of a language or source that few reports have, so that not all are asked for it."""
    if wanted.language:
        query = select(items.c.story_id).where(
            items.c.language == wanted.language, items.c.story_id.is_not(None)
        )
        few = _few(connection, query)
        if few is not None:
            wanted = replace(wanted, language=None, among=_both(wanted.among, few))
    if wanted.source:
        # Items first, as many as may be followed: the index of feeds alone is read, not the archive.
        first = select(items.c.id).where(
            items.c.feed_id.in_(select(feeds.c.id).where(feeds.c.name == wanted.source))
        )
        some = first.limit(FEW + 1).subquery()
        query = select(story_items.c.story_id).select_from(
            some.outerjoin(story_items, story_items.c.item_id == some.c.id)
        )
        few = _few(connection, query)
        if few is not None:
            wanted = replace(wanted, source=None, among=_both(wanted.among, few))
    return wanted


def _few(connection: Connection, query: Select[Any]) -> frozenset[int] | None:
    found = connection.execute(query.limit(FEW + 1)).scalars().all()
    return frozenset(one for one in found if one is not None) if len(found) <= FEW else None


def _both(one: frozenset[int] | None, other: frozenset[int]) -> frozenset[int]:
    return other if one is None else one & other


def story_query(wanted: StoryFilter, dialect: str) -> Select[Any]:
    """Select the stories that a reader filters for, the newest change first."""
    # The plus keeps SQLite from the index of merged stories, which would make it sort all of them. PostgreSQL
    # would guess from it that few stories are left, and sort the many that are.
    plus = "+" if dialect == "sqlite" else ""
    conditions: list[ColumnElement[bool]] = [text(f"{plus}stories.merged_into IS NULL"), *_span(wanted)]  # type: ignore[list-item]
    if wanted.among is not None:
        conditions.append(_listed(wanted.among, dialect))
    for value, column in (
        (wanted.governorate, stories.c.governorate),
        (wanted.sub_event_type, stories.c.sub_event_type),
        (wanted.kind, stories.c.kind),
    ):
        if value:
            conditions.append(column == value)
    if wanted.severity:
        conditions.append(
            exists().where(alerts.c.story_id == stories.c.id, alerts.c.severity == str(wanted.severity))
        )
    if wanted.actor:
        conditions.append(_names_actor(wanted.actor, dialect))
    for value, column in ((wanted.language, items.c.language), (wanted.source, feeds.c.name)):
        if value:
            # Correlated, so that a page of the newest stories ends the search.
            conditions.append(
                exists()
                .where(items.c.story_id == stories.c.id, column == value, feeds.c.id == items.c.feed_id)
                .correlate(stories)
            )
    return (
        select(stories)
        .where(*conditions)
        .order_by(stories.c.updated_at.desc(), stories.c.id.desc())
        .limit(wanted.limit)
    )


def _span(wanted: StoryFilter) -> list[ColumnElement[bool]]:
    """When they changed."""
    conditions: list[ColumnElement[bool]] = []
    if wanted.since:
        conditions.append(stories.c.updated_at >= wanted.since)
    if wanted.until:
        conditions.append(stories.c.updated_at < wanted.until)
    if wanted.before:
        at, last = wanted.before
        conditions.append(
            or_(stories.c.updated_at < at, and_(stories.c.updated_at == at, stories.c.id < last))
        )
    return conditions


def _listed(ids: frozenset[int], dialect: str) -> ColumnElement[bool]:
    """These ids as one value: a list of thousands as single ones is slow to send."""
    if dialect == "postgresql":
        return stories.c.id == func.any(literal(list(ids), postgresql.ARRAY(BigInteger)))
    return stories.c.id.in_(select(func.json_each(json.dumps(list(ids))).table_valued("value").c.value))


def _names_actor(actor: str, dialect: str) -> ColumnElement[bool]:
    """Whether the story's event names an actor, in the JSON that holds it."""
    return exists().where(actors_of(dialect).c.value == actor).correlate(stories)


def actors_of(dialect: str) -> Any:
    """The actors of a story's event as rows of one column, `value`."""
    if dialect == "postgresql":
        listed = func.jsonb_array_elements_text(stories.c.body["event"]["actors"])
    else:
        listed = func.json_each(stories.c.body, "$.event.actors")
    return listed.table_valued("value")
