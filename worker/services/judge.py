"""The judge room: claims story changes, asks the policy, saves alerts and outbox rows together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from worker.domain.alerting.threads import advance
from worker.domain.model import JudgeOutcome, Situation, StoryChange, StoryView
from worker.ports import Clock, JudgeStore, Policy

log = structlog.get_logger("marsad.judge")

PRECEDENTS_FOR = timedelta(minutes=10)
"""How long a count of 90 days is good for."""


@dataclass(slots=True)
class JudgeService:
    """One batch a call; whatever is left is rung for again."""

    store: JudgeStore
    policy: Callable[[], Policy]
    """Gives the policy in force: watches change while the service runs."""
    clock: Clock
    lease: timedelta = timedelta(seconds=90)
    _precedents: tuple[datetime, dict[tuple[str, str], int]] | None = field(default=None, repr=False)

    def run(self, limit: int = 200) -> tuple[int, int]:
        """Judge one batch; returns how many stories were judged and how many messages that made."""
        now = self.clock()
        claimed = self.store.claim_changes(now, limit, self.lease)
        if not claimed:
            return 0, 0
        by_story: dict[int, list[StoryChange]] = {}
        for change in claimed:
            by_story.setdefault(change.story_id, []).append(change)
        views = self.store.story_views(list(by_story))
        policy = self.policy()
        situation = replace(self.store.situation(now), precedents=self._counted(now))
        outcomes: list[JudgeOutcome] = []
        for story_id, changes in by_story.items():
            try:
                outcome = _judge(policy, views.get(story_id), story_id, changes, situation)
            except Exception as fault:  # one story's fault must not hold up the others
                log.warning("not judged", story=story_id, exc_info=fault)
                self.store.fail_changes(changes, f"{type(fault).__name__}: {fault}", now)
                continue
            outcomes.append(outcome)
            situation = advance(situation, outcome, views[story_id].story) if story_id in views else situation
        written = self.store.save_judgement(outcomes, now)
        for outcome in outcomes:
            alert = outcome.alert.id or None if outcome.alert else None
            say = log.info if outcome.deliveries else log.debug
            say(
                "judged",
                story=outcome.story_id,
                alert=alert,
                messages=len(outcome.deliveries),
                reason=outcome.reason,
            )
        return written, sum(len(outcome.deliveries) for outcome in outcomes)

    def _counted(self, now: datetime) -> dict[tuple[str, str], int]:
        if self._precedents is None or now - self._precedents[0] > PRECEDENTS_FOR:
            self._precedents = (now, self.store.precedents(now))
        return self._precedents[1]


def _judge(
    policy: Policy,
    view: StoryView | None,
    story_id: int,
    changes: Sequence[StoryChange],
    situation: Situation,
) -> JudgeOutcome:
    if view is None:
        return JudgeOutcome(story_id, tuple(changes), reason="silent: the story is gone")
    if view.story.id != story_id:
        reason = f"silent: merged into story {view.story.id}, which is told instead"
        return JudgeOutcome(story_id, tuple(changes), reason=reason)
    outcome = policy.judge(view, changes, situation)
    return replace(outcome, base=view.alert.updated_at if view.alert else None)
