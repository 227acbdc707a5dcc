"""Alert policy: from what changed in a story to who is told what, now or later, with the reason.

Pure. One message a story, channel and recipient, whatever the number of watches; a recipient who was
told hears of what is material since, and of nothing twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from worker.domain.alerting.around import Silences, covered_by, wave_of
from worker.domain.alerting.firing import Verdict, ask, freshness
from worker.domain.alerting.holding import MORNING, hold, next_digest
from worker.domain.alerting.index import WatchIndex
from worker.domain.alerting.message import Fired, Wording
from worker.domain.alerting.rule import Rule
from worker.domain.alerting.severity import Rating, SeverityPolicy
from worker.domain.alerting.threads import (
    TOLD,
    Recipient,
    as_wave,
    changes_since,
    last_told,
    summed_up,
    thread_of,
)
from worker.domain.alerting.words import WordTable
from worker.domain.model import (
    Alert,
    AlertState,
    ChangeKind,
    Delivery,
    DeliveryState,
    JudgeOutcome,
    Message,
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
    wording: Wording
    recipients: Mapping[str, Sequence[str]]
    """Configured channels and whom they reach by default."""
    editing: frozenset[str] = frozenset()
    """Channels that change a sent message in place."""
    fresh: timedelta = timedelta(hours=48)
    silences: Silences = field(default_factory=_no_silences)
    gap: timedelta = timedelta(minutes=10)
    """How long small changes wait for others, and loud ones after three updates within an hour."""

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
        deliveries = self._tell(view, awake, "alert", (), (), rating, situation)
        quiet = self._quieted(view, rating, situation, silence)
        if quiet:
            until = next_digest(awake, situation.now, MORNING)
            deliveries = [replace(d, state=DeliveryState.HELD, due_at=until, error=quiet) for d in deliveries]
        if not deliveries:
            wanted = ", ".join(f"{v.rule.name} from {_routes(v.rule)}" for v in awake)
            return self._silent(
                view, new, f"no channel of the watches takes {rating.severity.value}: {wanted}"
            )
        alert = self._alert(view, awake, rating, situation.now)
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
        newcomers = [key for key in self._wishes(awake, rating) if key not in known]
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
        deliveries = self._tell(view, awake or fired, kind, material, also, rating, situation, loud=loud)
        deliveries += self._pointers(view, situation.now)
        alert = self._alert(view, fired, rating, situation.now)
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
        told = [key for key in last_told(view) if key[0] in self.editing]
        message = self._message(view, fired, "resolved", ("settled: no new report",), rating, loud=False)
        deliveries = [self._delivery(view, key, message, situation.now) for key in told]
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

    # --- whom, what and when -------------------------------------------------------------------------

    def _tell(
        self,
        view: StoryView,
        fired: Sequence[Verdict],
        kind: str,
        material: Sequence[StoryChange],
        also: Sequence[str],
        rating: Rating,
        situation: Situation,
        *,
        loud: bool = True,
    ) -> list[Delivery]:
        """One row a recipient: an update for those who were told, the whole story for the others."""
        told, deliveries = last_told(view), []
        wishes = self._wishes(fired, rating)
        for key in dict.fromkeys((*told, *wishes)):
            if key[0] not in self.recipients:
                continue
            if key in told and (material or also):
                since = [*changes_since(view, told[key]), *material]
                changed = (*summed_up(since, view.story), *also)
                message = self._message(view, fired, kind, changed, rating, loud=loud)
                due = self._update_due(view, key, situation.now, loud=loud, urgent=kind != "update")
                deliveries.append(self._delivery(view, key, message, due))
            elif key not in told and kind != "retraction":
                deliveries.append(self._first_delivery(view, key, wishes[key], rating, situation))
        return deliveries

    def _wishes(self, fired: Sequence[Verdict], rating: Rating) -> dict[Recipient, list[Verdict]]:
        """Who is to be told by which rules."""
        wishes: dict[Recipient, list[Verdict]] = {}
        for channel, defaults in self.recipients.items():
            for verdict in fired:
                route = verdict.rule.route(channel)
                if route is None or rating.severity.rank < route.severity.rank:
                    continue
                for recipient in route.to or defaults:
                    wishes.setdefault((channel, recipient), []).append(verdict)
        return wishes

    def _first_delivery(
        self,
        view: StoryView,
        key: Recipient,
        verdicts: Sequence[Verdict],
        rating: Rating,
        situation: Situation,
    ) -> Delivery:
        message = self._message(view, verdicts, "alert", (), rating, loud=True)
        held = hold(verdicts, key, rating, situation, view.story.id)
        delivery = self._delivery(view, key, message, held.until if held else situation.now)
        if held is None:
            return delivery
        return replace(delivery, state=held.state, error=held.why)

    def _update_due(
        self, view: StoryView, key: Recipient, now: datetime, *, loud: bool, urgent: bool
    ) -> datetime:
        """At once, or when small changes have gathered; an edit in place disturbs nobody and never waits."""
        mine = [d for d in view.sent if (d.channel, d.recipient) == key and d.state in TOLD]
        lately = [d for d in mine if d.created_at and now - d.created_at < timedelta(hours=1)]
        if urgent or (loud and len(lately) <= 3) or (not loud and key[0] in self.editing):
            return now
        return now + self.gap

    def _pointers(self, view: StoryView, now: datetime) -> list[Delivery]:
        """Point the threads of stories that were merged into this one to the oldest: once each."""
        main, pointers = thread_of(view), []
        pointed = {(d.channel, d.recipient, d.thread) for d in view.sent if ":merged:" in d.key}
        for told in view.sent:
            key = (told.channel, told.recipient, told.thread)
            if told.thread == main or told.state not in TOLD or key in pointed:
                continue
            pointed.add(key)
            message = Message(
                kind="update",
                severity=told.message.severity,
                headline=told.message.headline,
                body=f"The same event as story {view.story.id}: {view.story.gist} It is told there from now on.",
                changed=(f"found to be the same event as story {view.story.id}",),
                story_id=view.story.id,
                story_url=self.wording.story_url(view.story.id),
                data={"quiet": True},
            )
            delivery = self._delivery(view, (told.channel, told.recipient), message, now)
            merged = f"{told.thread}:merged:{view.story.id}"
            pointers.append(replace(delivery, key=merged, thread=told.thread))
        return pointers

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
        message = self._message(view, (), "reminder", (waited,), rating, loud=True)
        message = replace(message, watches=alert.watches)
        key = f"story:{view.story.id}:{view.story.version}:reminder:{len(reminded) + 1}"
        return [replace(self._delivery(view, to, message, now), key=key) for to in told]

    # --- making the values ---------------------------------------------------------------------------

    def _message(
        self,
        view: StoryView,
        verdicts: Sequence[Verdict],
        kind: str,
        changed: Sequence[str],
        rating: Rating,
        *,
        loud: bool,
    ) -> Message:
        fired: list[Fired] = [v.fired for v in verdicts if v.fired]
        message = self.wording.message(kind, view.story, view.reports, rating, fired, changed)
        flags: dict[str, Any] = {} if loud else {"quiet": True}
        if view.alert and view.alert.state is AlertState.ACKNOWLEDGED and view.alert.state_at:
            flags["seen"] = (
                f"acknowledged by {view.alert.state_by} at {view.alert.state_at:%H:%M UTC on %d %b}"
            )
        if view.alert and view.alert.reasons.get("wave"):
            flags["member"] = True  # its thread was begun by another story, whose message must not be edited
        return replace(message, data={**message.data, **flags})

    def _delivery(self, view: StoryView, key: Recipient, message: Message, due: datetime) -> Delivery:
        return Delivery(
            key=f"story:{view.story.id}:{view.story.version}",
            channel=key[0],
            recipient=key[1],
            thread=thread_of(view),
            message=message,
            due_at=due,
            alert_id=view.alert.id if view.alert else None,
            story_id=view.story.id,
        )

    def _alert(self, view: StoryView, fired: Sequence[Verdict], rating: Rating, now: datetime) -> Alert:
        before = view.alert
        watches = dict.fromkeys((*(before.watches if before else ()), *(v.rule.name for v in fired)))
        reasons = {
            "severity": list(rating.reasons),
            "points": rating.points,
            "thread": thread_of(view),
            "watches": {v.rule.name: _asked(v) for v in fired},
        }
        if before is None:
            return Alert(
                0, view.story.id, rating.severity, AlertState.FIRED, tuple(watches), reasons, now, now,
                view.story.version,
            )  # fmt: skip
        state = AlertState.FIRED if before.state is AlertState.RESOLVED else before.state
        if rating.severity.rank > before.severity.rank:
            state = AlertState.FIRED
        reasons["watches"] = {**dict(before.reasons.get("watches", {})), **dict(reasons["watches"])}  # type: ignore[call-overload]
        return replace(
            before, severity=rating.severity, state=state, watches=tuple(watches), reasons=reasons,
            updated_at=now, story_version=view.story.version,
        )  # fmt: skip

    def _silent(self, view: StoryView, new: Sequence[StoryChange], why: str) -> JudgeOutcome:
        return JudgeOutcome(view.story.id, tuple(new), reason=f"silent: {why}")


def _message_kind(material: Sequence[StoryChange]) -> str:
    kinds = {change.kind for change in material}
    if ChangeKind.RETRACTED in kinds:
        return "retraction"
    return "correction" if ChangeKind.CORRECTED in kinds else "update"


def _is_loud(material: Sequence[StoryChange], risen: bool) -> bool:
    return risen or any(change.kind in LOUD for change in material)


def _asked(verdict: Verdict) -> list[str]:
    if verdict.fired is None:
        return []
    return list(dict.fromkeys(hit.asked for _, hit in verdict.fired.hits))


def _routes(rule: Rule) -> str:
    return ", ".join(f"{route.channel} {route.severity.value}" for route in rule.routes) or "any channel"
