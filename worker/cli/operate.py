"""What an operator does: `status`, `doctor`, `prune`, `backup`, `restore`, `reanalyse`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import typer

from worker.errors import ConfigError, MarsadError


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: marsad status --json")(status)
    app.command(epilog="Example: marsad doctor")(doctor)
    app.command(epilog="Example: marsad prune --days 30 --dry-run")(prune)
    app.command(epilog="Example: marsad backup /srv/backups/marsad.sqlite")(backup)
    app.command(epilog="Example: marsad restore backups/marsad-20261122T030000Z.sqlite")(restore)
    app.command(epilog="Example: marsad reanalyse --since 7d --now")(reanalyse)


def status(
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object."),
    check: bool = typer.Option(
        False, "--check", help="Exit with 1 when the tick stands still (for health checks)."
    ),
) -> None:
    """Show queues, the oldest due work, the outbox by state, the last tick and the rates of the last hour."""
    from config.settings import load
    from worker.bootstrap import house

    settings = load()
    store = house(settings).store
    now = datetime.now(UTC)
    about = {**store.status(now), "queues": _queues(settings)}
    last = about["last_tick"]
    age = max(0.0, (now - datetime.fromisoformat(last)).total_seconds()) if last else None
    about["last_tick_age_s"] = age
    if as_json:
        typer.echo(json.dumps(about, default=str, indent=2))
    else:
        for line in _status_lines(about, now):
            typer.echo(line)
    if check and (age is None or age > max(60, 10 * settings.tick_s)):
        raise typer.Exit(1)


def _queues(settings: Any) -> dict[str, int] | None:
    """Bells waiting in each queue; None when the server does not answer."""
    import redis

    from worker.doctor import server_address
    from worker.queues import QUEUE_OF

    try:
        with redis.Redis.from_url(
            server_address(settings), socket_timeout=3, socket_connect_timeout=3
        ) as client:
            return {queue: int(client.llen(queue)) for queue in sorted(set(QUEUE_OF.values()))}
    except (redis.RedisError, OSError):
        return None


def _status_lines(about: dict[str, Any], now: datetime) -> Iterator[str]:
    """The same for people."""
    age = about["last_tick_age_s"]
    yield f"last tick        {'never' if age is None else f'{age:.0f} s ago'}"
    queues = about["queues"]
    yield "queues           " + ("the server does not answer" if queues is None else _pairs(queues))
    yield "items            " + _pairs(about["items"])
    yield "outbox           " + _pairs(about["outbox"])
    yield (
        f"feeds            {about['feeds']} enabled, {about['feeds_failing']} failing, "
        f"{about['feeds_reached_last_hour']} reached in the last hour"
    )
    waiting = {k.removeprefix("oldest_"): v for k, v in about.items() if k.startswith("oldest_") and v}
    late = {k: f"{max(0, (now - at).total_seconds()):.0f} s" for k, at in waiting.items() if at <= now}
    yield "oldest due       " + (_pairs(late) if late else "nothing waits")
    yield (
        f"last hour        {about['items_last_hour']} items, {about['stories_last_hour']} stories, "
        f"{about['sent_last_hour']} messages"
    )


def _pairs(values: dict[str, Any]) -> str:
    """`name value` pairs on one line."""
    return ", ".join(f"{name} {value}" for name, value in values.items()) or "none"


def doctor(
    as_json: bool = typer.Option(False, "--json", help="Print a JSON list."),
    offline: bool = typer.Option(False, "--offline", help="Fetch no feed."),
) -> None:
    """Look at everything the service stands on; each weak point with what to do. Exits with 1 when one is bad."""
    from config.settings import load
    from worker import doctor as doctors

    findings = []
    for finding in doctors.examine(load(), probe=not offline):
        findings.append(finding)
        if not as_json:
            mark = {"good": "ok  ", "weak": "weak", "bad": "BAD "}[finding.state]
            remedy = f" — {finding.remedy}" if finding.remedy else ""
            typer.echo(f"{mark} {finding.name:<9} {finding.found}{remedy}")
    if as_json:
        keys = ("name", "state", "found", "remedy")
        typer.echo(json.dumps([{k: getattr(f, k) for k in keys} for f in findings], indent=2))
    if any(f.state == doctors.BAD for f in findings):
        raise typer.Exit(1)


def prune(
    days: int | None = typer.Option(
        None, min=1, help="Keep items without a story so long.  [default: MARSAD_KEEP_DAYS]"
    ),
    story_days: int | None = typer.Option(
        None, min=1, help="Keep stories so long.  [default: MARSAD_KEEP_STORY_DAYS]"
    ),
    dry_run: bool = typer.Option(False, "--dry-run", help="Only count."),
) -> None:
    """Remove what is too old, as the service does every hour by itself. Can be stopped and started again."""
    from config.settings import load
    from worker.bootstrap import house

    settings = load()
    store, now = house(settings).store, datetime.now(UTC)
    loose = now - timedelta(days=days or settings.keep_days)
    story = now - timedelta(days=story_days or settings.keep_story_days)
    expected = store.prunable(loose_before=loose, story_before=story)
    if dry_run:
        typer.echo("would remove: " + _pairs(expected))
        return
    total: dict[str, int] = {}
    with _bar("removing", sum(expected.values())) as advance:
        while any((gone := store.prune(loose_before=loose, story_before=story)).values()):
            for kind, count in gone.items():
                total[kind] = total.get(kind, 0) + count
            advance(sum(gone.values()))
    typer.echo("removed: " + (_pairs({k: v for k, v in total.items() if v})))


def backup(
    target: Path | None = typer.Argument(
        None, help="File to write.  [default: a dated one under MARSAD_HOME/backups]"
    ),
    force: bool = typer.Option(False, "--force", help="Replace a file that is there."),
) -> None:
    """Copy the database while the service runs: SQLite by itself, PostgreSQL by pg_dump."""
    from config.settings import load
    from worker.storage import backup as backups

    settings = load()
    url = settings.database_url
    path = target or settings.home / "backups" / backups.backup_name(datetime.now(UTC), url)
    if path.exists() and not force:
        raise ConfigError("is there already", where=str(path), remedy="choose another name, or --force")
    with _bar("copying", 100) as advance:
        done = [0.0]

        def progress(share: float) -> None:
            advance((share - done[0]) * 100)
            done[0] = share

        backups.backup(url, path, progress)
    typer.echo(f"{path} ({path.stat().st_size // 1024} KB)")


def restore(
    source: Path = typer.Argument(help="A file that `marsad backup` made."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Put a backup in the database's place. The service must not run; the replaced file is kept aside."""
    from config.settings import load, shown
    from worker import bootstrap
    from worker.storage import backup as backups
    from worker.up.service import locked

    settings = load()
    where = dict(shown(settings))["DATABASE_URL"]
    if not yes:
        typer.confirm(f"Replace what is in {where}?", abort=True)
    with locked(settings.home):
        aside = backups.restore(settings.database_url, source, datetime.now(UTC))
        bootstrap.migrate(settings)
    typer.echo(f"{where} is restored from {source}" + (f"; the old one is {aside}" if aside else ""))


def reanalyse(
    since: str = typer.Option(..., help="How far back: 12h, 7d, or a date such as 2026-11-01."),
    at_once: bool = typer.Option(
        False, "--now", help="Do the work here instead of leaving it to the service."
    ),
) -> None:
    """Read items again that an older lexicon has read. Alerts already told are not told again.

    Can be stopped at any time and started again: what is done stays done.
    """
    from config.settings import load
    from worker.bootstrap import house

    home, start = house(load()), parse_since(since, datetime.now(UTC))
    version = home.analyser.version
    total = home.store.outdated(start, version)
    if not total:
        typer.echo("nothing to do: all items were read with the present lexicon")
        return
    with _bar("sending back", total) as advance:
        while count := home.store.read_again(start, version, datetime.now(UTC)):
            advance(count)
    typer.echo(f"{total} items wait to be read again")
    if at_once:
        with _bar("reading", total) as advance:
            while count := home.read():
                advance(count)
        while home.link():
            continue
        while home.judge():
            continue
        typer.echo("done")


def parse_since(text: str, now: datetime) -> datetime:
    """`12h`, `7d`, `2w` before now, or an ISO date or time (UTC where it names no zone)."""
    span = re.fullmatch(r"(\d{1,5})\s*([hdw])", text.strip().lower())
    if span:
        return (
            now
            - int(span[1])
            * {"h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}[span[2]]
        )
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ConfigError(
            f"{text!r} is no time", where="--since", remedy="for example 12h, 7d or 2026-11-01"
        ) from None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    if at > now:
        raise MarsadError(f"{text!r} lies in the future", where="--since")
    return at


@contextmanager
def _bar(what: str, total: float) -> Iterator[Any]:
    """A progress bar on a terminal, silence elsewhere; gives a function to advance it by a number."""
    import sys

    if not sys.stderr.isatty():
        yield lambda _number: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda number: bar.advance(task, number)
