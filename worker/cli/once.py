"""`marsad run-once`: one round by hand.

A round in which nothing changed takes less time than importing Typer, so this command's options are
declared here once: Typer is told of them for the help and for faults, and a well-formed command line
is read without it.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from worker.errors import MarsadError

if TYPE_CHECKING:
    import typer

_FAULTS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Option:
    """One option: its flag, what it takes, and what it is without being given."""

    flag: str
    kind: Any
    default: Any
    help: str
    most: int = 0
    """The highest number that it takes."""

    @property
    def name(self) -> str:
        """The parameter of `run_once`."""
        return "as_json" if self.flag == "--json" else self.flag[2:]


OPTIONS = (
    Option("--feeds", Path, None, "OPML, YAML or one address a line. Default: the database's feeds."),
    Option("--database", str, "", "SQLite file or database address instead of DATABASE_URL."),
    Option("--through", str, "alert", "Last room to run: poll, read, link, alert or deliver."),
    Option("--allow", list[str], [], "Private address that may be fetched: host:port or range:port."),
    Option("--concurrency", int, 0, "Requests open at a time.", most=500),
    Option("--json", bool, False, "Print JSON."),
)
_BY_FLAG = {option.flag: option for option in OPTIONS}


def register(app: typer.Typer) -> None:
    """Add the command."""
    example = "Example: marsad run-once --feeds feeds.opml --database news.sqlite --through poll"
    app.command("run-once", epilog=example)(_as_typer_wants())


def _as_typer_wants() -> Callable[..., None]:
    """`run_once` with a signature made from the options."""
    import typer

    def command(**given: Any) -> None:
        run_once(**given)

    command.__doc__ = run_once.__doc__
    command.__annotations__ = {option.name: option.kind for option in OPTIONS}
    command.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter(
                option.name,
                inspect.Parameter.KEYWORD_ONLY,
                default=typer.Option(
                    option.default,
                    option.flag,
                    help=option.help,
                    min=0 if option.most else None,
                    max=option.most or None,
                ),
                annotation=option.kind,
            )
            for option in OPTIONS
        ]
    )
    return command


def read_options(words: Sequence[str]) -> dict[str, Any] | None:
    """Values by name as Typer would read them; None for everything that Typer should speak to."""
    given = {option.name: option.default for option in OPTIONS}
    rest = iter(words)
    for word in rest:
        flag, equals, value = word.partition("=")
        option = _BY_FLAG.get(flag)
        if option is None or (option.kind is bool and equals):
            return None
        if option.kind is bool:
            given[option.name] = True
            continue
        value = value if equals else next(rest, "")
        if not value or value.startswith("-"):
            return None
        if option.kind is int and not (value.isascii() and value.isdecimal() and int(value) <= option.most):
            return None
        given[option.name] = [*given[option.name], value] if option.kind == list[str] else option.kind(value)
    return given


def run_once(
    *, feeds: Path | None, database: str, through: str, allow: Sequence[str], concurrency: int, as_json: bool
) -> None:
    """Poll each feed once, in this process, and take the news as far as wanted."""
    from config.settings import load
    from worker.cli import _once

    rooms = {"alert": "judge", **{name: name for name in _once.ROOMS}}
    if through not in rooms:
        raise MarsadError(
            f"there is no room {through!r}", where="--through", remedy="poll, read, link, alert or deliver"
        )
    settings = _once.with_options(load(), database=database, allow=allow, concurrency=concurrency)
    chosen = _once.read_list(feeds) if feeds is not None else None
    bar = _Bar() if sys.stderr.isatty() and not as_json else None
    figures = _once.run(_once.Once(settings, chosen, rooms[through], bar))
    if bar is not None:
        bar.end()
    sys.stdout.write((json.dumps(figures) if as_json else _said(figures)) + "\n")


class _Bar:
    """A line on the terminal that says how far it is."""

    def __call__(self, done: int, total: int) -> None:
        """Redraw every hundredth."""
        if done == total or done % max(1, total // 100) == 0:
            filled = 30 * done // max(total, 1)
            sys.stderr.write(f"\r[{'#' * filled}{'.' * (30 - filled)}] {done}/{total} feeds")
            sys.stderr.flush()

    def end(self) -> None:
        """Leave the line."""
        sys.stderr.write("\n")


def _said(figures: dict[str, Any]) -> str:
    poll = figures["poll"]
    counts = f"{poll['items']} new or edited items, {poll['unchanged']} unchanged, {poll['failed']} failed"
    lines = [f"{poll['feeds']} feeds: {counts}, {poll['postponed']} put off"]
    if poll["errors"]:
        lines.append("  failed: " + ", ".join(f"{count} {kind}" for kind, count in poll["errors"].items()))
        lines += [f"    {one['feed']}: {one['fault']}" for one in poll["faults"][:_FAULTS_SHOWN]]
        if len(poll["faults"]) > _FAULTS_SHOWN:
            lines.append("    … the others: `marsad feeds list --status failing`")
    if poll["outage"]:
        lines.append("  no host answered at all: check this machine's network")
    lines += [f"{room}: {rows} rows" for room, rows in figures.items() if room != "poll"]
    return "\n".join(lines)
