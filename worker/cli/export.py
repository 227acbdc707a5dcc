"""`marsad export`: stories as a file that other tools take."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import typer

PAGE = 500


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        epilog="Example: marsad export xlsx --since 30d --query 'governorate:Anbar' --out anbar.xlsx"
    )(export)


def export(
    form: str = typer.Argument(help="csv, xlsx, parquet, geojson, stix, cap, atom or rss.", metavar="FORMAT"),
    since: str = typer.Option("30d", help="How far back: 12h, 7d, or a date such as 2026-03-01."),
    query: str = typer.Option("", help="Only stories that answer this query of the watches' language."),
    incidents: bool = typer.Option(False, "--incidents", help="Only stories that report an incident."),
    out: Path = typer.Option(None, help="File to write; standard output by default.", show_default=False),
) -> None:
    """Write stories as CSV, XLSX or Parquet with ACLED's columns, as GeoJSON, STIX 2.1, CAP 1.2, Atom or RSS."""
    from worker.bootstrap import house, now
    from worker.cli.stories import since_time
    from worker.domain.alerting.watch import check
    from worker.domain.model import Watch
    from worker.errors import ConfigError
    from worker.ports import StoryFilter
    from worker.services.browse import find
    from worker.services.cap import as_cap, leave
    from worker.services.export import FORMATS
    from worker.services.told import Told

    chosen = FORMATS.get(form)
    if chosen is None:
        raise ConfigError(f"{form!r} is no format", remedy=f"one of {', '.join(FORMATS)}")
    made = house()
    rule = check(Watch("export", query), made.known) if query else None
    kind = "incident" if incidents else None
    wanted = StoryFilter(since=since_time(since, datetime.now(UTC)), kind=kind, limit=PAGE)
    told: list[Told] = []
    while True:
        found = find(made.store, wanted, rule, made.severity if rule else None, now())
        told += found.stories
        if found.more is None:
            break
        wanted = replace(wanted, before=found.more)
    page = made.settings.public_url
    if form == "cap":
        body = as_cap(told, page, leave(made.store, [story for story, _ in told], page))
    else:
        body = chosen.write(told, page)
    if out is None:
        sys.stdout.buffer.write(body)
        return
    out.write_bytes(body)
    typer.echo(f"{len(told)} stories written to {out}")
