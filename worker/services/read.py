"""The read room: claims new items, makes clean documents of them, has them analysed, saves the batch.

One item's fault never stops the others: it counts an attempt and after three the item is set aside.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from worker.domain.model import Document, Item, ReadOutcome, Stage
from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.document import clean_item
from worker.ports import Analyser, Clock, ReadStore

log = structlog.get_logger()

NEARLY_RELEVANT = 0.15
"""From this probability on a teaser's page is worth fetching: the whole text may decide otherwise."""

SAVE_EVERY = timedelta(seconds=15)
"""A batch is one transaction, unless it takes so long that its lease could run out over unsaved work."""


@dataclass(slots=True)
class ReadService:
    """Reads batches; one instance a process."""

    store: ReadStore
    analyser: Analyser
    clock: Clock
    boilerplate: Boilerplate
    outlets: Collection[str] = field(default=frozenset())
    """Names that headlines may end in, as `worker.domain.text.title.name_key` gives them."""
    fetch_articles: bool = True
    lease: timedelta = timedelta(seconds=90)

    def run(self, limit: int = 200) -> int:
        """Read one batch; returns how many items were claimed, so that 0 means that none are due."""
        saved_at = self.clock()
        claimed = self.store.claim_items(saved_at, limit, self.lease)
        outcomes: list[ReadOutcome] = []
        for item in claimed:
            outcome = self._try(item)
            if outcome is not None:
                outcomes.append(outcome)
            if self.clock() - saved_at >= SAVE_EVERY:
                self._save(outcomes)
                outcomes, saved_at = [], self.clock()
        self._save(outcomes)
        return len(claimed)

    def read(self, item: Item) -> ReadOutcome:
        """Read one item; pure but for the analyser's own data. May raise on what nobody thought of."""
        clean = clean_item(
            item.title_raw,
            item.html_raw,
            self.boilerplate,
            article=item.article_html,
            source=item.source,
            url=item.url,
            language_hint=item.language_hint,
            outlets=self.outlets,
        )
        document = Document(
            text=clean.text,
            title_end=clean.title_end,
            language=clean.language,
            published=item.published_at,
            source=item.source,
            url=item.url,
            feed_scope=item.feed_scope,
        )
        analysis = self.analyser.analyse(document)
        wanted = analysis.relevant or analysis.score >= NEARLY_RELEVANT
        allowed = self.fetch_articles and item.fetch_articles and bool(clean.canonical_url)
        return ReadOutcome(
            item=item,
            stage=Stage.READ if analysis.relevant else Stage.PASSED,
            title=clean.title,
            text=clean.text,
            language=clean.language,
            text_hash=clean.text_hash,
            # Once the page was fetched its own word on its address stands (Google News ids say nothing).
            canonical_url=(item.article_html and item.canonical_url) or clean.canonical_url or item.url,
            analysis=analysis,
            wants_article=clean.teaser and wanted and allowed,
        )

    def _try(self, item: Item) -> ReadOutcome | None:
        """Read, or count the attempt and go on."""
        try:
            return self.read(item)
        except Exception as fault:  # noqa: BLE001 - one item must not hold up the batch
            self._fail(item, fault)
            return None

    def _save(self, outcomes: Sequence[ReadOutcome]) -> None:
        """One transaction for all; if the database takes offence at one of them, one each."""
        if not outcomes:
            return
        try:
            self.store.save_read(outcomes, self.clock())
        except Exception:
            if len(outcomes) == 1:
                raise
            log.warning("read.batch_refused", items=len(outcomes), exc_info=True)
            self._save_singly(outcomes)
        for outcome in outcomes:
            if outcome.stage is Stage.READ:
                item = outcome.item
                log.info("relevant", item=item.id, feed=item.feed_id, language=outcome.language)

    def _save_singly(self, outcomes: Sequence[ReadOutcome]) -> None:
        """Find the one that the database refuses; when it refuses all, the database is the fault."""
        refused: list[tuple[ReadOutcome, Exception]] = []
        for outcome in outcomes:
            try:
                self.store.save_read([outcome], self.clock())
            except Exception as error:  # noqa: BLE001 - judged below
                refused.append((outcome, error))
        if len(refused) == len(outcomes):
            raise refused[0][1]
        for outcome, fault in refused:
            self._fail(outcome.item, fault)

    def _fail(self, item: Item, fault: Exception) -> None:
        log.warning("read.failed", item=item.id, error=f"{type(fault).__name__}: {fault}", exc_info=fault)
        self.store.fail_item(item, f"{type(fault).__name__}: {fault}"[:500], self.clock())
