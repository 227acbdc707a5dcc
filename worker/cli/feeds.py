"""`marsad feeds …`: the list of feeds and their health."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from worker.errors import MarsadError

if TYPE_CHECKING:
    from worker.domain.model import Feed, FeedState

_JSON = typer.Option(False, "--json", help="Print JSON.")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    feeds = typer.Typer(
        help="List, add, check, discover, import and export feeds.",
        no_args_is_help=True,
        epilog="Example: marsad feeds discover https://www.example.org",
    )
    feeds.command("list", epilog="Example: marsad feeds list --status failing")(list_feeds)
    feeds.command(epilog="Example: marsad feeds add https://www.example.org/rss --name 'Example'")(add)
    feeds.command(epilog="Example: marsad feeds check https://www.example.org/rss")(check)
    feeds.command(epilog="Example: marsad feeds discover www.example.org")(discover)
    feeds.command("import", epilog="Example: marsad feeds import reader.opml")(import_)
    feeds.command(epilog="Example: marsad feeds export > feeds.opml")(export)
    feeds.command(epilog="Example: marsad feeds pause 12")(pause)
    feeds.command(epilog="Example: marsad feeds resume 12")(resume)
    feeds.command(epilog="Example: marsad feeds redirect 12 --approve")(redirect)
    app.add_typer(feeds, name="feeds")


def _store() -> Any:
    from worker.bootstrap import house

    return house().store


def _now() -> datetime:
    return datetime.now(UTC)


def list_feeds(
    status: str = typer.Option(
        "", help="Only feeds of this status: ok, empty, silent, failing, gone, paused, new."
    ),
    as_json: bool = _JSON,
) -> None:
    """Show every feed with its health: status, rhythm, gaps, and the fault in a sentence."""
    from worker.domain.polling import PollPolicy, health_of

    shown = []
    for feed, state in _store().feeds():
        health = health_of(PollPolicy(), feed, state, _now())
        if not status or health.status == status:
            shown.append(_row(feed, state, health))
    if as_json:
        typer.echo(json.dumps(shown, ensure_ascii=False, default=str))
        return
    for row in shown:
        typer.echo(f"{row['id']:>5}  {row['status']:<8} {row['name'] or row['url']}")
        figures = [row["sentence"], row["interval"]]
        if row["items_a_day"] is not None:
            figures.append(f"{row['items_a_day']:.3g} items a day")
        if row["share_unchanged"] is not None:
            figures.append(f"{row['share_unchanged']:.0%} unchanged")
        if row["gaps"]:
            figures.append(f"entries missed {'once' if row['gaps'] == 1 else str(row['gaps']) + ' times'}")
        if row["redirect"]:
            figures.append(f"moves to {row['redirect']}")
        typer.echo("       " + "; ".join(text for text in figures if text))
    if not shown:
        typer.echo("No such feed." if status else "No feeds yet: `marsad feeds add ADDRESS`.")


def _row(feed: Feed, state: FeedState, health: Any) -> dict[str, Any]:
    return {
        "id": feed.id,
        "name": feed.name,
        "url": feed.url,
        "folder": feed.folder,
        "status": health.status,
        "sentence": health.sentence,
        "interval": health.interval,
        "items_a_day": health.items_a_day,
        "share_unchanged": health.share_unchanged,
        "typical_gap_s": health.gap_s,
        "gaps": health.gaps,
        "last_success_at": state.last_success_at,
        "next_poll_at": state.next_poll_at,
        "failures": state.failures,
        "error_class": state.error_class,
        "redirect": (state.memory.get("redirect") or {}).get("to"),
        "origin": feed.origin.value,
    }


def add(
    url: str = typer.Argument(help="Address of a feed, or of a page that leads to one."),
    name: str = typer.Option("", help="How readers know the outlet."),
    folder: str = typer.Option("", help="Folder, as Middle East/Iraq."),
    language: str = typer.Option("", help="ISO 639 code."),
    urgent: bool = typer.Option(False, "--urgent", help="Poll every minute, whatever its rhythm."),
    force: bool = typer.Option(False, "--force", help="Take the address as it is, without looking."),
) -> None:
    """Add a feed after looking whether it is one; a page's best feed is taken."""
    from worker.domain.model import Feed

    title = name
    if not force:
        found = _discover(url)
        if not found:
            raise MarsadError(f"{url} leads to no feed", remedy="use --force to add it all the same")
        url, title = found[0].url, name or found[0].title
    feed = Feed(url=url, name=title, folder=folder, language=language or None, urgent=urgent)
    changed = _store().upsert_feeds([feed], _now(), only_new=True)
    typer.echo(f"Added {url}" if changed else f"{url} is there already")


def _discover(url: str) -> Any:
    from worker.bootstrap import house
    from worker.feeds.discover import discover as look

    made = house()
    return made.wait(look(made.fetcher, url))


def discover(url: str = typer.Argument(help="Any page of a site."), as_json: bool = _JSON) -> None:
    """Find a site's feeds: its link tags, its anchors, the usual places."""
    found = _discover(url)
    if as_json:
        rows = [{name: getattr(one, name) for name in one.__slots__} for one in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, default=str))
        return
    for one in found:
        typer.echo(
            f"{one.url}\n       {one.title}; {one.entries} entries, newest {one.newest or 'undated'}; by {one.how}"
        )
    if not found:
        raise MarsadError(
            f"{url} leads to no feed", remedy="look on the page for the publisher's list of feeds"
        )


def check(url: str = typer.Argument(help="Address of a feed."), as_json: bool = _JSON) -> None:
    """Fetch and parse one feed now, and say what was found; nothing is stored."""
    from worker.bootstrap import house
    from worker.feeds.parse import parse_feed
    from worker.ports import Request

    made = house()
    answer = made.wait(made.fetcher.fetch(Request(url=url)))
    feed = parse_feed(answer.body, content_type=answer.headers.get("content-type", ""), url=answer.url)
    rows = {
        "address": answer.url,
        "format": feed.format,
        "title": feed.title,
        "entries": len(feed.entries),
        "undated": sum(1 for entry in feed.entries if entry.published is None and entry.updated is None),
        "bytes": len(answer.body),
        "validators": [name for name in ("etag", "last-modified") if name in answer.headers],
        "hubs": list(feed.hubs),
        "permanent_redirect": answer.permanent_url,
        "repaired": feed.bozo,
        "seconds": round(answer.elapsed_s, 2),
    }
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    for name, value in rows.items():
        typer.echo(f"{name.replace('_', ' '):>20}  {', '.join(value) if isinstance(value, list) else value}")
    for entry in feed.entries[:3]:
        typer.echo(f"{'':>20}  {entry.published or entry.updated or 'undated'}  {entry.title[:90]}")


def import_(
    file: Path = typer.Argument(help="OPML, YAML, or one address a line."),
) -> None:
    """Take feeds in from another reader; those that are there already are left alone."""
    from worker.cli._once import read_list

    added = _store().upsert_feeds(read_list(file), _now(), only_new=True)
    typer.echo(f"{added} feeds added")


def export(file: Path = typer.Argument(None, help="Where to; standard output by default.")) -> None:
    """Write all feeds as OPML 2.0 with their folders."""
    from worker.feeds.opml import write_opml

    body = write_opml([feed for feed, _ in _store().feeds()], now=_now())
    if file is None:
        sys.stdout.buffer.write(body)
    else:
        file.write_bytes(body)
        typer.echo(f"Written to {file}")


def pause(feed: int = typer.Argument(help="Number, as `marsad feeds list` shows it.")) -> None:
    """Stop polling a feed until it is resumed."""
    _set(feed, enabled=False)


def resume(feed: int = typer.Argument(help="Number, as `marsad feeds list` shows it.")) -> None:
    """Poll a feed again, at once."""
    _set(feed, enabled=True)


def _set(feed: int, *, enabled: bool) -> None:
    if not _store().set_feed_enabled(feed, enabled=enabled):
        raise MarsadError(f"there is no feed {feed}", remedy="`marsad feeds list` shows their numbers")
    typer.echo(f"Feed {feed} is {'polled again' if enabled else 'paused'}")


def redirect(
    feed: int = typer.Argument(help="Number, as `marsad feeds list` shows it."),
    approve: bool = typer.Option(
        None, "--approve/--reject", help="Take the new address over, or keep the old one."
    ),
) -> None:
    """Decide on a feed that moved to another domain."""
    store = _store()
    memory = next((state.memory for one, state in store.feeds() if one.id == feed), None)
    seen = (memory or {}).get("redirect")
    if not seen:
        raise MarsadError(
            f"feed {feed} does not move anywhere", remedy="`marsad feeds list` shows those that do"
        )
    if approve is None:
        typer.echo(f"Feed {feed} moves to {seen['to']} since {seen['since'][:10]}; say --approve or --reject")
        return
    store.remember_of_feed(feed, {"redirect": {**seen, "approved": approve}}, due=approve)
    typer.echo(f"{seen['to']} is {'taken over with the next poll' if approve else 'not taken over'}")
