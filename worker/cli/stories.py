"""`marsad stories` and `marsad story`: what is happening, and one story with its reports and changes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from worker.domain.model import FieldView, Story, StoryView
    from worker.storage.store import Store

HANDS = ("merge", "split", "pin")
PAGE = 200


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: marsad stories --since 24h --place Anbar --type drone")(stories)
    app.command(
        epilog="Examples: marsad story 12    marsad story merge 12 15    marsad story split 12 301 302"
    )(story)


def stories(
    since: str = typer.Option("7d", help="How far back: 12h, 7d, or a date such as 2026-03-01."),
    place: str = typer.Option("", help="Only stories at this place or in this governorate."),
    kind: str = typer.Option("", "--type", help="Only this ACLED sub-event type, or part of its name."),
    limit: int = typer.Option(50, help="At most so many, the newest change first.", min=1),
    as_json: bool = typer.Option(False, "--json", help="Print JSON, one story a line."),
) -> None:
    """List stories: what happened where, how many died, who reports it."""
    import msgspec

    from worker.bootstrap import house

    begin = since_time(since, datetime.now(UTC))
    shown = 0
    for found in _matching(house().store, begin, place, _kinds(kind)):
        if as_json:
            typer.echo(json.dumps(msgspec.to_builtins(found), ensure_ascii=False))
        else:
            typer.echo("\n".join(summary(found)))
        shown += 1
        if shown >= limit:
            break
    if not shown and not as_json:
        typer.echo(f"No such story since {begin:%Y-%m-%d %H:%M} UTC.")


def story(
    what: str = typer.Argument(help="Number of a story, or merge, split, pin.", metavar="ID|merge|split|pin"),
    ids: list[int] = typer.Argument(
        None, help="merge KEEP OTHER; split STORY ITEM…; pin STORY.", metavar="[ID]…", show_default=False
    ),
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object."),
) -> None:
    """Show one story: its event with every source's word, reports, changes. Or correct what belongs together.

    What was merged, split or pinned by hand stays so: the machine adds reports, and moves none.
    """
    if what in HANDS:
        _by_hand(what, list(ids or ()))
        return
    import msgspec

    from worker.bootstrap import house
    from worker.errors import MarsadError

    view = house().store.story_view(int(what)) if what.isdigit() else None
    if view is None or ids:
        raise MarsadError(f"there is no story {what!r}", remedy="`marsad stories` lists their numbers")
    if as_json:
        typer.echo(json.dumps(msgspec.to_builtins(view), ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join(page(view)))


def _by_hand(what: str, ids: list[int]) -> None:
    """Merge, split or pin; the service refuses what makes no sense."""
    from worker.bootstrap import house
    from worker.errors import ConfigError

    linker = house().linker
    if what == "merge" and len(ids) == 2:
        kept = linker.merge(ids[0], ids[1], "hand")
        typer.echo(f"Story {ids[1]} is part of story {kept} now.")
    elif what == "split" and len(ids) >= 2:
        made = linker.split(ids[0], ids[1:], "hand")
        typer.echo(f"{len(ids) - 1} reports of story {ids[0]} are story {made} now.")
    elif what == "pin" and len(ids) == 1:
        linker.pin(ids[0], "hand")
        typer.echo(f"Story {ids[0]} keeps its reports now.")
    else:
        usage = {"merge": "merge KEEP OTHER", "split": "split STORY ITEM…", "pin": "pin STORY"}[what]
        raise ConfigError(f"wrong number of ids for {what}", remedy=f"write: marsad story {usage}")


def since_time(value: str, now: datetime) -> datetime:
    """Read `12h`, `7d`, `2w` or a date as a time. Raises `ConfigError` for anything else."""
    from worker.errors import ConfigError

    span = re.fullmatch(r"(\d{1,5})\s*([mhdw])", value.strip().lower())
    if span:
        unit = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}[span[2]]
        return now - timedelta(**{unit: int(span[1])})
    try:
        day = datetime.fromisoformat(value.strip())
    except ValueError:
        raise ConfigError(
            f"{value!r} is no time", where="--since", remedy="write 12h, 7d, 2w or a date such as 2026-03-01"
        ) from None
    return day if day.tzinfo else day.replace(tzinfo=UTC)


def _kinds(part: str) -> frozenset[str] | None:
    """Find the sub-event types that a word stands for; None where all are wanted."""
    from worker.domain.vocabulary import SUB_EVENT_TYPES
    from worker.errors import ConfigError

    if not part:
        return None
    exact = frozenset(k for k in SUB_EVENT_TYPES if k.lower() == part.lower())
    found = exact or frozenset(k for k in SUB_EVENT_TYPES if part.lower() in k.lower())
    if not found:
        raise ConfigError(
            f"{part!r} is part of no sub-event type",
            where="--type",
            remedy=f"choose of: {', '.join(SUB_EVENT_TYPES)}",
        )
    return found


def _matching(store: Store, begin: datetime, place: str, kinds: frozenset[str] | None) -> Iterator[Story]:
    """Page through the stories and keep those asked for."""
    from worker.domain.text.fold import fold_key
    from worker.ports import StoryFilter

    wanted = fold_key(place)
    before: tuple[datetime, int] | None = None
    while True:
        found = [s for s, _ in store.stories(StoryFilter(since=begin, before=before, limit=PAGE))]
        for one in found:
            event = one.event
            if kinds is not None and (event is None or event.sub_event_type not in kinds):
                continue
            names = fold_key(f"{event.place or ''} | {event.governorate or ''}") if event else ""
            if wanted and wanted not in names:
                continue
            yield one
        if len(found) < PAGE:
            return
        before = (found[-1].updated_at, found[-1].id)


def summary(story: Story) -> list[str]:
    """Put a story into two lines."""
    event = story.event
    told = story.gist or "no sentence for it"
    parts = [story.corroboration, story.phase]
    if event is not None:
        where = ", ".join(dict.fromkeys(n for n in (event.place, event.governorate) if n))
        parts = [p for p in (event.sub_event_type, where, str(event.date or ""), *_tolls(story), *parts) if p]
    count = f"{story.item_count} reports of {story.source_count} sources in {', '.join(story.languages)}"
    return [f"{story.id:>6}  {told}", f"        {' · '.join([*parts, count])}"]


def _tolls(story: Story) -> list[str]:
    """Name the tolls with their ranges: `killed 3 to 5`."""
    said = []
    for name in ("killed", "wounded"):
        view = story.fields.get(name)
        if view is not None:
            spread = view.low is not None and view.low != view.high
            said.append(f"{name} {view.low} to {view.high}" if spread else f"{name} {view.believed}")
    return said


def page(view: StoryView) -> list[str]:
    """Put a whole story into lines: the event, who says what, the reports, the changes."""
    story = view.story
    lines = summary(story)
    lines.append(
        f"        version {story.version}, first reported {_at(story.first_published_at)}, "
        f"changed {_at(story.updated_at)}" + (", pinned" if story.pinned else "")
    )
    if view.merged:
        lines.append(f"        took in {', '.join(f'story {i}' for i in view.merged)}")
    if story.event is not None and story.event.lat is not None:
        lines.append(f"        {story.event.lat:.3f}, {story.event.lon:.3f}")
    lines.append("\nWhat is believed, and who says what")
    for name, field in story.fields.items():
        lines += _field(name, field)
    lines.append("\nReports")
    for report in view.reports:
        lines.append(f"  {_at(report.time)}  {report.source} ({report.language})  item {report.item_id}")
        lines.append(f"      {report.title}")
        lines.append(f"      {report.url}")
    lines.append("\nChanges")
    lines += [f"  {_at(c.at)}  version {c.version}  {c.kind}: {c.reason}" for c in view.changes]
    return lines


def _field(name: str, field: FieldView) -> list[str]:
    """Show one field: the believed value, why, and every other value with its sources."""
    spread = f" (from {field.low} to {field.high})" if field.low not in (None, field.high) else ""
    lines = [f"  {name.replace('_', ' ')}: {_value(field.believed)}{spread}: {field.why}"]
    lines += [
        f"      {_value(c.value)}: {', '.join(c.sources)}, since {_at(c.first_at)}" for c in field.claims
    ]
    return lines


def _value(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return ", ".join(str(v) for v in value) or "none"
    return str(value)


def _at(time: datetime | None) -> str:
    return f"{time:%Y-%m-%d %H:%M}" if time else "at an unknown time"
