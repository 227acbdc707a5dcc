"""`marsad explain ITEM`: the reasons of every decision that was made about one item."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from worker.domain.model import Item, Report


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: marsad explain 1042")(explain)


def explain(
    item: int = typer.Argument(help="Number of an item, as `marsad story` lists them.", min=1),
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object."),
) -> None:
    """Say what became of an item and why: how it was read, where it was put, which watches it met."""
    import msgspec

    from worker.bootstrap import house
    from worker.errors import MarsadError

    found = house().store.item(item)
    if found is None:
        raise MarsadError(
            f"there is no item {item}", remedy="`marsad stories` and `marsad story ID` list items"
        )
    entry, report, way = found
    if as_json:
        value = {"item": entry, "analysis": report.analysis if report else None, "way": way}
        typer.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))
        return
    for line in lines(entry, report, way):
        typer.echo(line)


def lines(item: Item, report: Report | None, way: dict[str, Any]) -> list[str]:
    """Put the decisions into plain sentences, in the order in which they were made."""
    said = [
        f"Item {item.id}, revision {item.revision}, of {item.source or 'feed ' + str(item.feed_id)}",
        f"  {item.title or item.title_raw}",
        f"  {item.url}",
        f"  published {item.published_at or 'at an unknown time'}, first seen {item.seen_at}",
        f"Stage: {way['stage']} since {way['stage_at']}"
        + (f"; error: {way['error']}" if way["error"] else ""),
    ]
    if not item.fresh:
        said.append(
            "Not fresh: its feed gave no date at the first poll, or re-dated its archive; it never alerts."
        )
    if way["article"]:
        verdict = way["article"]
        said.append(f"Page: {verdict['verdict']}" + (f", {verdict['reason']}" if verdict["reason"] else ""))
    if report is None:
        return said
    analysis = report.analysis
    said.append(
        f"Read as {report.language}: {analysis.kind}, "
        f"{'relevant' if analysis.relevant else 'not relevant'} with probability {analysis.score:.2f}"
    )
    said += [f"  because {reason}" for reason in analysis.reasons]
    for number, event in enumerate(analysis.events, 1):
        where = ", ".join(dict.fromkeys(n for n in (event.place, event.governorate) if n)) or "no place"
        said.append(f"Event {number}: {event.sub_event_type}; {where}; {event.date or 'no date'}")
        said += [f"  {e.field}: “{report.text[e.start : e.end]}”" for e in event.evidence]
    if way["story_id"]:
        said.append(f"Story {way['story_id']}: {way['linked_because']} (likeness {way['likeness']:.2f})")
    for change in way["changes"]:
        judged = change["judgement"] or "not judged yet"
        said.append(f"  version {change['version']}, {change['kind']}: {change['reason']} → {judged}")
    return said
