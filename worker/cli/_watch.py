"""`marsad watch …`: what is watched for, tried before it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from worker.domain.alerting.trial import Trial
    from worker.domain.alerting.watch import Rule
    from worker.domain.model import Watch

JSON = typer.Option(False, "--json", help="Print JSON.")


def commands() -> typer.Typer:
    """Give the group of commands."""
    group = typer.Typer(help="What to watch for.", no_args_is_help=True)
    for name, command, example in (
        ("list", list_watches, "marsad watch list"),
        ("show", show_watch, "marsad watch show iraq-security"),
        ("match", match, 'marsad watch match "سقط صاروخ كاتيوشا قرب مطار بغداد"'),
        ("try", try_query, 'marsad watch try "rocket attack governorate:Baghdad" --since 30d'),
        ("add", add, 'marsad watch add anbar "convoy governorate:\\"Al Anbar\\"" --severity moderate'),
        ("edit", edit, "marsad watch edit anbar --severity high"),
        ("remove", remove, "marsad watch remove anbar"),
        ("export", export, "marsad watch export > watches.yaml"),
        ("import", import_file, "marsad watch import watches.yaml"),
    ):
        group.command(name, epilog=f"Example: {example}")(command)
    return group


def list_watches(as_json: bool = JSON) -> None:
    """List all watches: those of the file and those of the database."""
    from worker.bootstrap import house
    from worker.cli.alerts import show_json

    found = _all()
    if as_json:
        show_json(found)
        return
    for watch in found:
        off = "" if watch.enabled else "  (off)"
        typer.echo(f"{watch.name}  [{watch.origin.value}]{off}\n    {watch.query}")
        wishes = ", ".join(f"{k}: {_short(v)}" for k, v in watch.definition.items() if k != "about")
        if wishes:
            typer.echo(f"    {wishes}")
    if not found:
        typer.echo(f"No watch. The file is {house().settings.watches_file or 'the shipped watches.yaml'}.")


def show_watch(name: str = typer.Argument(help="Name of the watch.")) -> None:
    """Print one watch as YAML."""
    from config.watchfile import dump_watches
    from worker.domain.alerting.watch import definition_of

    typer.echo(dump_watches([definition_of(_one(name))]), nl=False)


def match(
    text: str = typer.Argument(help="A text in any language; - reads standard input."),
    query: str = typer.Option("", "--query", help="Ask this query instead of the watches."),
    as_json: bool = JSON,
) -> None:
    """Say which watches a text would fire, by which words, and what was understood of it."""
    import sys

    from worker.bootstrap import house, now
    from worker.cli.alerts import show_json
    from worker.domain.alerting.matching import match_text

    given = sys.stdin.read() if text == "-" else text
    rules = [_rule_of(query)] if query else _rules()
    found = match_text(given, house().analyser, rules, house().severity, house().index, now())
    if as_json:
        show_json(found)
        return
    typer.echo(f"Language {found['language']}, {found['kind']} ({found['score']:.2f}); terms: "
               + (", ".join(found["terms"]) or "none"))  # fmt: skip
    if found["gist"]:
        typer.echo(found["gist"])
    for one in found["watches"]:
        typer.echo(f"{'FIRES ' if one['fires'] else 'silent'} {one['watch']}: {one['why']}")
        for words, means in one["words"]:
            typer.echo(f"         {words}" + (f" = {means}" if means else ""))


def try_query(
    query: str = typer.Argument(help="A query, or the name of a watch."),
    since: str = typer.Option("30d", help="How far back: 30d, 12w, or a day such as 2026-10-01."),
    as_json: bool = JSON,
) -> None:
    """Run a query over the archive: how often it would have fired, on what, and what it just missed."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from worker.bootstrap import house, now
    from worker.cli.alerts import show_json, since_of
    from worker.services.trial import try_watch

    known = {watch.name: watch for watch in _all()}
    rule = _checked(known[query]) if query in known else _rule_of(query)
    others = [other for other in _rules() if other.name != rule.name]
    start = since_of(since, now())
    errors = Console(stderr=True)
    with Progress(SpinnerColumn(), TextColumn("{task.description}"), console=errors, transient=True) as bar:
        task = bar.add_task("looking at the archive")
        found = try_watch(
            house().store, rule, others, house().severity, since=start, now=now(),
            progress=lambda n: bar.update(task, description=f"{n} stories looked at"),
        )  # fmt: skip
    if as_json:
        show_json(_trial_json(found))
        return
    _print_trial(found)


def add(
    name: str = typer.Argument(help="Name: small letters, digits, hyphens."),
    query: str = typer.Argument(help="What to watch for; docs/watches.md describes the language."),
    severity: str = typer.Option("", help="Least severity: low, moderate, high, critical."),
    channels: str = typer.Option("", help="Channels with their severity: slack=moderate,email=high."),
    governorates: str = typer.Option("", help="Only these governorates, by commas."),
    settings: str = typer.Option("", "--set", help='More of a watch as YAML, for instance "{throttle: 10}".'),
) -> None:
    """Add a watch; try it first with `marsad watch try`."""
    from worker.domain.model import Origin, Watch

    definition = _definition({}, severity, channels, governorates, settings)
    _save(Watch(name, query, definition, origin=Origin.DATABASE), fresh=True)
    typer.echo(f"Watch {name} is on. `marsad watch try {name}` shows what it would have caught.")


def edit(
    name: str = typer.Argument(help="Name of a watch of the database."),
    query: str = typer.Option("", help="The new query."),
    severity: str = typer.Option("", help="Least severity."),
    channels: str = typer.Option("", help="Channels with their severity: slack=moderate,email=high."),
    governorates: str = typer.Option("", help="Only these governorates, by commas."),
    settings: str = typer.Option("", "--set", help="More of a watch as YAML; a key set to null goes."),
    enabled: bool | None = typer.Option(None, "--on/--off", help="Switch it on or off."),
) -> None:
    """Change a watch; without options an editor opens with its YAML."""
    from dataclasses import replace

    watch = _one(name)
    if not any((query, severity, channels, governorates, settings)) and enabled is None:
        watch = _in_editor(watch)
    else:
        definition = _definition(watch.definition, severity, channels, governorates, settings)
        watch = replace(watch, query=query or watch.query, definition=definition)
        watch = replace(watch, enabled=watch.enabled if enabled is None else enabled)
    _save(watch, fresh=False)
    typer.echo(f"Watch {name} is changed; the running service follows within a minute.")


def remove(name: str = typer.Argument(help="Name of a watch of the database.")) -> None:
    """Remove a watch; one of the file is removed in the file."""
    from worker.bootstrap import house
    from worker.errors import MarsadError

    watch = _one(name)
    if not house().store.remove_watch(name):
        raise MarsadError(f"watch {name} is defined in a {watch.origin.value}", remedy="remove it there")
    typer.echo(f"Watch {name} is gone.")


def export(
    only: str = typer.Argument("", help="Name of one watch; all by default."),
) -> None:
    """Print watches as the YAML that `import` and MARSAD_WATCHES_FILE read."""
    from config.watchfile import dump_watches
    from worker.domain.alerting.watch import definition_of

    chosen = [_one(only)] if only else _all()
    typer.echo(dump_watches([definition_of(watch) for watch in chosen]), nl=False)


def import_file(
    path: Path = typer.Argument(help="A YAML file of watches.", exists=True, dir_okay=False),
    dry_run: bool = typer.Option(False, "--dry-run", help="Check only."),
) -> None:
    """Take watches from a file into the database; all of them are checked before one is written."""
    from config.watchfile import load_watches
    from worker.bootstrap import house, now
    from worker.domain.alerting.watch import check, watch_of
    from worker.domain.model import Origin

    watches = []
    for given in load_watches(path):
        watch = watch_of(given.definition, origin=Origin.DATABASE, where=given.where)
        check(watch, house().known, given.where)
        watches.append(watch)
    if not dry_run:
        for watch in watches:
            house().store.save_watch(watch, now())
    typer.echo(f"{len(watches)} watches {'are well' if dry_run else 'taken in'}.")


# --- helpers --------------------------------------------------------------------------------------


def _all() -> list[Watch]:
    """Watches of the database; before the file was ever taken in, those of the file, unchecked."""
    from config.watchfile import load_watches
    from worker.bootstrap import house
    from worker.domain.alerting.watch import watch_of
    from worker.domain.model import Origin

    stored = house().store.all_watches()
    if any(watch.origin is Origin.FILE for watch in stored):
        return stored
    given = load_watches(house().settings.watches_file)
    return [*stored, *(watch_of(one.definition, origin=Origin.FILE, where=one.where) for one in given)]


def _one(name: str) -> Watch:
    from worker.errors import MarsadError

    for watch in _all():
        if watch.name == name:
            return watch
    raise MarsadError(f"there is no watch {name}", remedy="`marsad watch list` lists them")


def _checked(watch: Watch) -> Rule:
    from worker.bootstrap import house
    from worker.domain.alerting.watch import check

    return check(watch, house().known)


def _rules() -> list[Rule]:
    return [_checked(watch) for watch in _all() if watch.enabled]


def _rule_of(query: str) -> Rule:
    from worker.domain.model import Watch

    return _checked(Watch("this-query", query))


def _save(watch: Watch, *, fresh: bool) -> None:
    from worker.bootstrap import house, now
    from worker.errors import MarsadError

    _checked(watch)
    if fresh and any(other.name == watch.name for other in _all()):
        raise MarsadError(f"there is a watch {watch.name} already", remedy=f"marsad watch edit {watch.name}")
    house().store.save_watch(watch, now())


def _definition(
    before: Mapping[str, Any], severity: str, channels: str, governorates: str, settings: str
) -> dict[str, Any]:
    import yaml

    from worker.errors import ConfigError

    made = dict(before)
    if severity:
        made["severity"] = severity
    if channels:
        pairs = (part.partition("=") for part in channels.split(","))
        made["channels"] = {name.strip(): level.strip() or "low" for name, _, level in pairs}
    if governorates:
        made["area"] = {**made.get("area", {}), "governorates": [g.strip() for g in governorates.split(",")]}
    if settings:
        try:
            more = yaml.safe_load(settings)
        except yaml.YAMLError as fault:
            raise ConfigError(f"is no YAML: {fault}", where="--set") from None
        if not isinstance(more, dict):
            raise ConfigError(f"{settings!r} is no mapping", where="--set", remedy='write "{throttle: 10}"')
        made |= more
    return {key: value for key, value in made.items() if value is not None}


def _in_editor(watch: Watch) -> Watch:
    import click

    from config.watchfile import dump_watches, read_watches
    from worker.domain.alerting.watch import definition_of, watch_of
    from worker.errors import MarsadError

    text = click.edit(dump_watches([definition_of(watch)]), extension=".yaml")
    if text is None:
        raise MarsadError("nothing was changed")
    (given,) = read_watches(text, "your text")
    return watch_of(given.definition, origin=watch.origin, where=given.where)


def _short(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{k}: {_short(v)}" for k, v in value.items()) + "}"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _print_trial(found: Trial) -> None:
    alerts = len(found.hits) - found.digest
    days = max(1, len(found.days))
    typer.echo(f"{len(found.hits)} of {found.stories} stories: {alerts} alerts ({alerts / days:.1f} a day), "
               f"{found.digest} for the digest.")  # fmt: skip
    most = max((count for _, count in found.days), default=0)
    if most:
        typer.echo("")
        for day, count in found.days:
            bar = "█" * round(40 * count / most) if count else "·"
            typer.echo(f"{day:%a %d %b}  {bar} {count or ''}")
    for title, rows in (("Strongest hits", found.strongest), ("Near misses", found.near)):
        if rows:
            typer.echo(f"\n{title}")
        for one in rows:
            typer.echo(f"  {one.day:%d %b}  {one.rating.severity.value:<8} story {one.story.id}  "
                       f"{one.story.gist or '-'}\n             {one.why}")  # fmt: skip
    if found.overlap:
        shared = ", ".join(f"{name} ({count} of {len(found.hits)})" for name, count in found.overlap)
        typer.echo(f"\nFires together with: {shared}")


def _trial_json(found: Trial) -> dict[str, Any]:
    def rows(tried: Any) -> list[dict[str, Any]]:
        return [
            {"story": one.story.id, "day": one.day, "severity": one.rating.severity, "gist": one.story.gist,
             "why": one.why} for one in tried
        ]  # fmt: skip

    return {
        "stories": found.stories,
        "hits": len(found.hits),
        "digest": found.digest,
        "days": [{"day": day, "alerts": count} for day, count in found.days],
        "strongest": rows(found.strongest),
        "near_misses": rows(found.near),
        "overlap": dict(found.overlap),
    }
