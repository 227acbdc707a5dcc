"""`marsad config` and `marsad migrate`: what is set, and the database brought up to date."""

from __future__ import annotations

import json

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: marsad config --json")(config)
    app.command(epilog="Example: DATABASE_URL=postgresql://marsad@127.0.0.1/marsad marsad migrate")(migrate)


def config(
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object."),
    example: bool = typer.Option(False, "--example", help="Print a commented .env to start from."),
    docs: bool = typer.Option(False, "--docs", help="Print the table of all settings as Markdown."),
    commands: bool = typer.Option(False, "--commands", help="Print the page of all commands as Markdown."),
) -> None:
    """Check the settings and show them, with secrets masked."""
    if commands:
        from worker.cli import _reference

        typer.echo(_reference.markdown(), nl=False)
        return
    if example or docs:
        from config import reference

        typer.echo(reference.env_example() if example else reference.markdown(), nl=False)
        return
    from config.settings import load, shown

    settings = load()
    rows = shown(settings)
    if as_json:
        typer.echo(json.dumps(dict(rows), indent=2, ensure_ascii=False))
    else:
        width = max(len(name) for name, _ in rows)
        for name, value in rows:
            typer.echo(f"{name:<{width}}  {value}".rstrip())
    for warning in settings.warnings:
        typer.echo(f"marsad: {warning}", err=True)


def migrate() -> None:
    """Bring the database to this version's tables and compile the lexicon; does nothing where that is done."""
    from config.settings import load, shown
    from worker import bootstrap

    settings = load()
    bootstrap.migrate(settings)
    typer.echo(f"{dict(shown(settings))['DATABASE_URL']} is up to date")
    try:
        bootstrap.house(settings).keep_words()
    except OSError as error:
        typer.echo(
            f"marsad: the lexicon can't be kept ({error}); each process compiles it for itself", err=True
        )
