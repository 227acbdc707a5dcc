"""`marsad read`: pages in, articles out, one JSON object a line."""

from __future__ import annotations

import sys
from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: marsad read < pages.jsonl > articles.jsonl")(read)


def read(
    file: Path | None = typer.Argument(
        None, help="JSON lines {id, url, html}; standard input when left out.", exists=True, dir_okay=False
    ),
) -> None:
    """Print the article in each page: {id, title, text, lang, author, published, canonical_url, image}."""
    from worker.bootstrap import house
    from worker.feeds.article import read_pages

    words = house().page_words
    with file.open(encoding="utf-8", errors="replace") if file else sys.stdin as lines:
        for line in read_pages(lines, words):
            typer.echo(line)
