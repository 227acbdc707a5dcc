"""Makes the domain's values from rows; the one place that knows both shapes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import Row

from worker.domain.model import (
    Alert,
    AlertState,
    Analysis,
    ChangeKind,
    Delivery,
    DeliveryState,
    Event,
    Feed,
    Item,
    Kind,
    Lease,
    Match,
    Message,
    Origin,
    Report,
    Severity,
    Stage,
    Story,
    StoryChange,
)
from worker.storage import codec


def feed(row: Row[Any]) -> Feed:
    """Read a feed's description from a row of `feeds`."""
    return Feed(
        id=row.id,
        url=row.url,
        name=row.name,
        language=row.language,
        country=row.country,
        scope=row.scope,
        reliability=row.reliability,
        reliability_reason=row.reliability_reason,
        homepage=row.homepage,
        documented_at=row.documented_at,
        folder=row.folder,
        enabled=row.enabled,
        urgent=row.urgent,
        interval_s=row.interval_s,
        fetch_articles=row.fetch_articles,
        options=row.options or {},
        origin=Origin(row.origin),
    )


def item(row: Row[Any], lease: Lease | None = None) -> Item:
    """Read an item from a row of `items` joined with its feed (`feed_name`, `feed_language` …)."""
    return Item(
        id=row.id,
        feed_id=row.feed_id,
        entry_id=row.entry_id,
        revision=row.revision,
        url=row.url,
        title_raw=row.title_raw,
        html_raw=row.html_raw,
        published_at=row.published_at,
        seen_at=row.seen_at,
        fresh=row.fresh,
        stage=Stage(row.stage),
        source=row.feed_name,
        reliability=row.feed_reliability,
        language_hint=row.feed_language,
        feed_scope=row.feed_scope,
        fetch_articles=row.feed_fetch_articles,
        canonical_url=row.canonical_url,
        title=row.title,
        text=row.text,
        language=row.language,
        text_hash=row.text_hash,
        article_html=row.article_text,
        story_id=row.story_id,
        lease=lease,
    )


def analysis(row: Row[Any]) -> Analysis:
    """Read an analysis from the columns of `analyses`."""
    return Analysis(
        relevant=row.relevant,
        score=row.score,
        kind=Kind(row.kind),
        terms=tuple(row.terms),
        matches=codec.load(row.matches, tuple[Match, ...]),
        events=codec.load(row.events, tuple[Event, ...]),
        gist=row.gist,
        reasons=tuple(row.reasons),
        lexicon_version=row.lexicon_version,
    )


def report(row: Row[Any], *, pinned: bool = False) -> Report:
    """Read a report from `items` joined with `analyses` and the feed's labelled columns."""
    return Report(
        item_id=row.id,
        feed_id=row.feed_id,
        url=row.url,
        canonical_url=row.canonical_url or row.url,
        source=row.feed_name,
        reliability=row.feed_reliability,
        language=row.language or "other",
        title=row.title or "",
        text=row.text or "",
        text_hash=row.text_hash or "",
        published_at=row.published_at,
        seen_at=row.seen_at,
        fresh=row.fresh,
        analysis=analysis(row),
        entry_id=row.entry_id,
        revision=row.revision,
        story_id=row.story_id,
        pinned=pinned,
    )


def story(row: Row[Any]) -> Story:
    """Read a story; the columns win over the body where both hold a value that merges change."""
    told = codec.load(row.body, Story)
    said = (row.id, row.version, row.merged_into, row.pinned)
    if said == (told.id, told.version, told.merged_into, told.pinned):
        return told
    return replace(told, id=row.id, version=row.version, merged_into=row.merged_into, pinned=row.pinned)


def change(row: Row[Any], lease: Lease | None = None) -> StoryChange:
    """Read an entry of the story log."""
    return StoryChange(
        id=row.id,
        story_id=row.story_id,
        version=row.version,
        kind=ChangeKind(row.kind),
        reason=row.reason,
        at=row.at,
        item_id=row.item_id,
        data=row.data or {},
        lease=lease,
    )


def alert(row: Row[Any]) -> Alert:
    """Read an alert."""
    return Alert(
        id=row.id,
        story_id=row.story_id,
        severity=Severity(row.severity),
        state=AlertState(row.state),
        watches=tuple(row.watches),
        reasons=row.reasons or {},
        fired_at=row.fired_at,
        updated_at=row.updated_at,
        story_version=row.story_version,
        state_by=row.state_by,
        state_at=row.state_at,
    )


def delivery(row: Row[Any], lease: Lease | None = None) -> Delivery:
    """Read a row of the outbox."""
    return Delivery(
        id=row.id,
        key=row.key,
        channel=row.channel,
        recipient=row.recipient,
        thread=row.thread,
        message=codec.load(row.message, Message),
        due_at=row.due_at,
        state=DeliveryState(row.state),
        attempts=row.attempts,
        reference=row.reference or {},
        error=row.error,
        alert_id=row.alert_id,
        story_id=row.story_id,
        created_at=row.created_at,
        sent_at=row.sent_at,
        lease=lease,
    )
