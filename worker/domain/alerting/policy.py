"""Alert policy: from what changed in a story to who is told what, now or later, with the reason.

Pure. One message a story, channel and recipient, whatever the number of watches; a recipient who was
told hears of what is material since, and of nothing twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from worker.domain.alerting.around import Silences, covered_by, wave_of
from worker.domain.alerting.firing import Verdict, ask, freshness
from worker.domain.alerting.holding import MORNING, next_digest
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.rule import Rule
from worker.domain.alerting.severity import Rating, SeverityPolicy
from worker.domain.alerting.telling import Telling, alert_of
from worker.domain.alerting.threads import (
    TOLD,
    as_wave,
    last_told,
    summed_up,
)
from worker.domain.alerting.words import WordTable
from worker.domain.model import (
    AlertState,
    ChangeKind,
    Delivery,
    DeliveryState,
    JudgeOutcome,
    Silence,
    Situation,
    Story,
    StoryChange,
    StoryView,
)

LOUD = frozenset(
    (ChangeKind.TOLL, ChangeKind.CLAIMED, ChangeKind.CORRECTED, ChangeKind.RETRACTED, ChangeKind.DISPUTED,
     ChangeKind.SPLIT, ChangeKind.MERGED)
)  # fmt: skip
"""Changes that a reader wants at once; the other material ones wait a little and come together."""

MAX_REMINDERS = 3


def _no_silences() -> Silences:
    return Silences(WordTable({}, {}, {}, {}))


@dataclass(frozen=True, slots=True)
class AlertPolicy:
    """The rules in force, bound once and asked for every story."""

    index: WatchIndex
    severity: SeverityPolicy
    telling: Telling
    fresh: timedelta = timedelta(hours=48)
    silences: Silences = field(default_factory=_no_silences)

    def judge(self, view: StoryView, new: Sequence[StoryChange], situation: Situation) -> JudgeOutcome:
        """Fire, update, hold or keep silent for one story."""
        story, alert = view.story, view.alert
        if story.merged_into:
            return self._silent(view, new, f"merged into story {story.merged_into}, which is told instead")
        if alert and alert.state is AlertState.MUTED:
            return self._silent(view, new, f"muted by {alert.state_by or 'a reader'}")
        rating = self.severity.rate(story, situation.precedents)
        silence = self.silences.over(view, situation.silences, rating, situation.now)
        verdicts = ask(self.index, story, view.reports, rating, situation.now)
        fired = [verdict for verdict in verdicts if verdict.fired]
        if alert is None and not any(view.sent):
            return self._first(view, new, situation, rating, fired, verdicts, silence)
        if silence:
            return self._silent(
                view, new, f"silenced until {silence.until:%d %b %H:%M} UTC: {silence.reason}"
            )
        return self._again(view, new, situation, rating, fired)

    # --- the first time ----------------------------------------------------------------------------

    def _first(
        self,
        view: StoryView,
        new: Sequence[StoryChange],
        situation: Situation,
        rating: Rating,
        fired: Sequence[Verdict],
        verdicts: Sequence[Verdict],
        silence: Silence | None,
    ) -> JudgeOutcome:
        if not fired:
            why = "; ".join(v.why for v in verdicts) or "no watch asks for this"
            return self._silent(view, new, why)
        if view.story.corroboration == "retracted":
            return self._silent(view, new, "retracted before anybody was told")
        awake, stale = self._awake(view.story, fired, situation.now)
        if not awake:
            return self._silent(view, new, stale)
        deliveries = self.telling.tell(view, awake, "alert", (), (), rating, situation)
        quiet = self._quieted(view, rating, situation, silence)
        if quiet:
            until = next_digest(awake, situation.now, MORNING)
            deliveries = [replace(d, state=DeliveryState.HELD, due_at=until, error=quiet) for d in deliveries]
        if not deliveries:
            wanted = ", ".join(f"{v.rule.name} from {_routes(v.rule)}" for v in awake)
            return self._silent(
                view, new, f"no channel of the watches takes {rating.severity.value}: {wanted}"
            )
        alert = alert_of(view, awake, rating, situation.now)
        why = "; ".join(v.why for v in awake) + (f"; held: {quiet}" if quiet else "")
        wave = () if quiet else wave_of(view.story, situation.neighbours, situation.now)
        if wave:
            alert, deliveries = as_wave(view.story, alert, deliveries, wave)
            why += f"; one of a wave of {len(wave) + 1}"
        return JudgeOutcome(view.story.id, tuple(new), alert, tuple(deliveries), f"fired: {why}")

    def _quieted(self, view: StoryView, rating: Rating, situation: Situation, silence: Silence | None) -> str:
        """Why nobody is woken by this story now, though watches fire; empty when somebody is."""
        if silence:
            return f"silenced until {silence.until:%d %b %H:%M} UTC: {silence.reason}"
        cover = covered_by(view.story, rating, situation.neighbours, situation.now)
        return f"covered by the graver alert on story {cover.story_id}" if cover else ""

    def _awake(self, story: Story, fired: Sequence[Verdict], now: datetime) -> tuple[list[Verdict], str]:
        awake, why = [], ""
        for verdict in fired:
            fresh, said = freshness(story, verdict.reports, verdict.rule.fresh or self.fresh, now)
            if fresh:
                awake.append(verdict)
            else:
                why = f"not fresh: {said}"
        return awake, why

    # --- from then on --------------------------------------------------------------------------------

    def _again(
        self,
        view: StoryView,
        new: Sequence[StoryChange],
        situation: Situation,
        rating: Rating,
        fired: Sequence[Verdict],
    ) -> JudgeOutcome:
        material = [change for change in new if self._tells(change, view)]
        risen = view.alert is not None and rating.severity.rank > view.alert.severity.rank
        awake, _ = self._awake(view.story, fired, situation.now)
        known = {(d.channel, d.recipient) for d in view.sent}
        newcomers = [key for key in self.telling.wishes(awake, rating) if key not in known]
        if not material and not risen and not newcomers:
            if view.alert and any(change.kind is ChangeKind.SETTLED for change in new):
                return self._resolve(view, new, rating, fired, situation)
            return self._silent(view, new, "nothing material changed for those who were told")
        kind = _message_kind(material)
        also = (
            [f"severity rose from {view.alert.severity.value} to {rating.severity.value}"]
            if risen and view.alert
            else []
        )
        loud = _is_loud(material, risen)
        deliveries = self.telling.tell(
            view, awake or fired, kind, material, also, rating, situation, loud=loud
        )
        deliveries += self.telling.pointers(view, situation.now)
        alert = alert_of(view, fired, rating, situation.now)
        if kind == "retraction":
            alert = replace(alert, state=AlertState.RESOLVED, state_by="retraction", state_at=situation.now)
        said = "; ".join([*summed_up(material, view.story), *also]) or "another recipient's watch fires"
        reason = f"{kind}: {said}" if deliveries else f"nobody to tell: {said}"
        return JudgeOutcome(view.story.id, tuple(new), alert, tuple(deliveries), reason)

    def _tells(self, change: StoryChange, view: StoryView) -> bool:
        """Material, and not brought by a report that was old when it was first seen."""
        if not change.kind.material or change.kind is ChangeKind.NEW:
            return False
        brought = next((r for r in view.reports if r.item_id == change.item_id), None)
        return brought is None or brought.fresh

    def _resolve(
        self,
        view: StoryView,
        new: Sequence[StoryChange],
        rating: Rating,
        fired: Sequence[Verdict],
        situation: Situation,
    ) -> JudgeOutcome:
        """A settled story: messages that can be edited say so, nobody is woken."""
        assert view.alert is not None
        told = [key for key in last_told(view) if key[0] in self.telling.editing]
        message = self.telling.message(
            view, fired, "resolved", ("settled: no new report",), rating, loud=False
        )
        deliveries = [self.telling.delivery(view, key, message, situation.now) for key in told]
        state = view.alert.state
        alert = replace(
            view.alert,
            state=AlertState.RESOLVED if state is AlertState.FIRED else state,
            state_by="settled" if state is AlertState.FIRED else view.alert.state_by,
            state_at=situation.now if state is AlertState.FIRED else view.alert.state_at,
        )
        return JudgeOutcome(
            view.story.id, tuple(new), alert, tuple(deliveries), "resolved: the story settled"
        )

    def remind(self, view: StoryView, now: datetime) -> list[Delivery]:
        """Remind of an alert that nobody acknowledged: as often as its watches ask, three times at most."""
        alert = view.alert
        if alert is None or alert.state is not AlertState.FIRED:
            return []
        spans = [r.reminder for r in self.index.rules if r.name in alert.watches and r.reminder]
        told = last_told(view)
        if not spans or not told:
            return []
        reminded = {d.key for d in view.sent if ":reminder:" in d.key}
        last = max((d.created_at or now for d in view.sent if d.state in TOLD), default=now)
        if len(reminded) >= MAX_REMINDERS or now - last < min(spans):
            return []
        rating = self.severity.rate(view.story)
        waited = f"not acknowledged since {alert.fired_at:%d %b %H:%M} UTC"
        message = self.telling.message(view, (), "reminder", (waited,), rating, loud=True)
        message = replace(message, watches=alert.watches)
        key = f"story:{view.story.id}:{view.story.version}:reminder:{len(reminded) + 1}"
        return [replace(self.telling.delivery(view, to, message, now), key=key) for to in told]

    def _silent(self, view: StoryView, new: Sequence[StoryChange], why: str) -> JudgeOutcome:
        return JudgeOutcome(view.story.id, tuple(new), reason=f"silent: {why}")


def _message_kind(material: Sequence[StoryChange]) -> str:
    kinds = {change.kind for change in material}
    if ChangeKind.RETRACTED in kinds:
        return "retraction"
    return "correction" if ChangeKind.CORRECTED in kinds else "update"


def _is_loud(material: Sequence[StoryChange], risen: bool) -> bool:
    return risen or any(change.kind in LOUD for change in material)


def _routes(rule: Rule) -> str:
    return ", ".join(f"{route.channel} {route.severity.value}" for route in rule.routes) or "any channel"
