"""What became different in a story: each material difference is an event of its own, a copy is not."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from worker.domain.model import ChangeKind, Event, Story, StoryChange
from worker.domain.stories.beliefs import TOLLS
from worker.domain.stories.consolidation import Member
from worker.domain.stories.trace import GENERIC
from worker.domain.vocabulary import ACTORS


def changes(before: Story | None, after: Story, member: Member | None, now: datetime) -> list[StoryChange]:
    """List what one report made different; at least one entry, `COPY` where it was nothing.

    `before` None means that the story is new. `member` is the report that was added, if one was.
    """
    item = member.trace.item_id if member else None

    def change(kind: ChangeKind, reason: str, **data: Any) -> StoryChange:
        return StoryChange(after.id, after.version, kind, reason, now, item_id=item, data=data)

    if before is None:
        source = member.trace.source if member else ""
        return [change(ChangeKind.NEW, f"first report, by {source}" if source else "first report")]
    found: list[StoryChange] = []
    old, new = before.event, after.event
    corrected = member is not None and member.trace.revision > 1
    if new is not None:
        found.extend(_tolls(before, after, change, corrected=corrected))
        if old is not None:
            found.extend(_fields(old, new, change))
        else:
            found.append(change(ChangeKind.TYPE, f"an event is reported: {new.sub_event_type}",
                                field="sub_event_type", before=None, after=new.sub_event_type))  # fmt: skip
    if after.corroboration != before.corroboration:
        found.extend(_standing(before, after, change))
    if not found:
        why = member.why if member else "looked at again"
        found.append(change(ChangeKind.COPY, f"adds nothing new: {why}"))
    return found


def _tolls(before: Story, after: Story, change: Any, *, corrected: bool) -> list[StoryChange]:
    """Say when a toll grew, or was corrected downwards."""
    found = []
    for name in TOLLS:
        old, new = before.fields.get(name), after.fields.get(name)
        if new is None or (old is not None and (old.believed, old.high) == (new.believed, new.high)):
            continue
        was = old.believed if old else None
        data = {"field": name, "before": was, "after": new.believed, "low": new.low, "high": new.high}
        if old is None:
            if new.believed:
                found.append(change(ChangeKind.TOLL, f"{new.believed} {name}", **data))
        elif new.high > max(old.high, old.believed) or new.believed > old.believed:
            figure = f"{new.believed}" if new.believed == new.high else f"{new.believed}–{new.high}"
            grown = (
                f"{name} up from {was} to {figure}" if was != new.believed else f"{name} perhaps {new.high}"
            )
            found.append(change(ChangeKind.TOLL, grown, **data))
        elif new.believed < old.believed:
            kind = ChangeKind.CORRECTED if corrected else ChangeKind.TOLL
            found.append(change(kind, f"{name} down from {was} to {new.believed}: {new.why}", **data))
    return found


def _fields(old: Event, new: Event, change: Any) -> list[StoryChange]:
    """Say when type, place, date or actor became another or known."""
    found = []
    if old.sub_event_type != new.sub_event_type:
        found.append(change(ChangeKind.TYPE, f"now {new.sub_event_type}, before {old.sub_event_type}",
                            field="sub_event_type", before=old.sub_event_type, after=new.sub_event_type))  # fmt: skip
    if new.place and old.place != new.place:
        reason = f"placed at {new.place}" + (f", before {old.place}" if old.place else "")
        found.append(change(ChangeKind.PLACE, reason, field="place", before=old.place, after=new.place))
    if new.date and old.date != new.date:
        found.append(change(ChangeKind.DATE, f"dated {new.date}", field="date",
                            before=old.date and old.date.isoformat(), after=new.date.isoformat()))  # fmt: skip
    claimed = [a for a in new.claimed_by if a not in old.claimed_by]
    if claimed:
        found.append(change(ChangeKind.CLAIMED, f"claimed by {_names(claimed)}", field="claimed_by",
                            before=list(old.claimed_by), after=list(new.claimed_by)))  # fmt: skip
    named = [a for a in new.actors if a not in old.actors and a not in GENERIC and a not in claimed]
    if named:
        found.append(change(ChangeKind.ACTOR, f"names {_names(named)}", field="actors",
                            before=list(old.actors), after=list(new.actors)))  # fmt: skip
    return found


def _names(actors: list[str]) -> str:
    return ", ".join(ACTORS.get(actor, actor) for actor in actors)


def _standing(before: Story, after: Story, change: Any) -> list[StoryChange]:
    """Say when a story became corroborated, disputed or retracted."""
    data = {"field": "corroboration", "before": before.corroboration, "after": after.corroboration}
    if after.corroboration == "corroborated":
        names = f"{after.independent_sources} independent sources"
        return [change(ChangeKind.CORROBORATED, f"reported by {names}", **data)]
    if after.corroboration == "disputed":
        return [change(ChangeKind.DISPUTED, "a source denies it", **data)]
    if after.corroboration == "retracted":
        return [change(ChangeKind.RETRACTED, "no source stands by it any more", **data)]
    return [change(ChangeKind.CORRECTED, "one source alone stands by it now", **data)]
