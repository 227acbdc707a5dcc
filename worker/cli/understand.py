"""`marsad analyse`, `evaluate`, `train` and `lexicon …`: understanding from the command line."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from worker.services.analyse import AnalyseService


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(epilog="Example: marsad analyse < items.jsonl > analyses.jsonl")(analyse)
    app.command(epilog="Example: marsad evaluate labelled.jsonl --misses 20")(evaluate)
    app.command(epilog="Example: marsad train feedback.jsonl")(train)
    lexicon = typer.Typer(help="Check and try the words that Marsad reads by.", no_args_is_help=True)
    lexicon.command(epilog="Example: marsad lexicon check --lang ckb")(check)
    lexicon.command("try", epilog='Example: marsad lexicon try "قصف صاروخي يستهدف قاعدة عين الأسد"')(try_text)
    lexicon.command(epilog="Example: marsad lexicon misses items.jsonl --lang tr")(misses)
    lexicon.command("compile", epilog="Example: marsad lexicon compile")(compile_words)
    app.add_typer(lexicon, name="lexicon")


def analyse(
    files: list[Path] = typer.Argument(
        None, help="Files with one JSON object a line; standard input without."
    ),
    stories: bool = typer.Option(True, help="Also put the items into stories."),
) -> None:
    """Read items as JSON Lines, print one analysis a line (docs/understanding.md has both forms)."""
    service = _service(stories=stories)
    out = sys.stdout
    for analysis in service.run(_rows(files)):
        out.write(json.dumps(analysis, ensure_ascii=False) + "\n")
        out.flush()


def evaluate(
    labelled: Path = typer.Argument(help="Labelled items, one JSON object a line."),
    by_lang: bool = typer.Option(False, "--by-lang", help="The main figures of each language too."),
    misses: int = typer.Option(0, "--misses", help="Print the first N items with an error.", min=0),
    as_json: bool = typer.Option(False, "--json", help="Print a JSON object."),
) -> None:
    """Analyse labelled items and score the analyses: relevance, kind, terms, every field of the events."""
    from dataclasses import asdict

    from worker.services.evaluate import evaluate as score
    from worker.services.evaluate import lines

    rows = [row for _, row in _rows([labelled])]
    labels = {row["id"]: row for row in rows}
    analyses = {a["id"]: a for a in _service(stories=True).run(_rows([labelled]))}
    table = score(labels, analyses)
    if as_json:
        typer.echo(json.dumps(asdict(table), ensure_ascii=False, indent=1))
        return
    for line in lines(table):
        typer.echo(line)
    if by_lang:
        for code in sorted({row["lang"] for row in rows}):
            part = score({i: r for i, r in labels.items() if r["lang"] == code}, analyses).scores
            names = ("relevant", "kind:incident", "terms", "event:type", "event:strict")
            figures = " ".join(f"{n} {part[n].f1:.3f}" for n in names if n in part)
            typer.echo(f"{code:4} {figures}")
    for identity, wrong in table.misses[:misses]:
        typer.echo(f"\n{identity}: {labels[identity]['title']}\n    " + "\n    ".join(wrong))


def train(
    labelled: list[Path] = typer.Argument(help="Labelled items: an analyst's feedback has the same form."),
    output: Path | None = typer.Option(
        None, "--output", "-o", help="Where to write; default: the overlay folder."
    ),
    anew: bool = typer.Option(
        False, "--anew", help="Make weights from these items alone: for some thousands of them."
    ),
) -> None:
    """Fit the relevance model to labelled items, and say how well it does on items that it did not see.

    It begins from the weights that ship, which some dozens of items move as far as they can tell. An item's `weight` (1 where it has none) says how much it counts; those under 1 are not asked when the
    probabilities are calibrated. With `--anew`, items that have their terms and events give the odds of
    kinds, terms and parties as well (`odds_model.json`, beside the other file).
    """
    from config.catalogue import shipped_model
    from worker.bootstrap import house
    from worker.services.analyse import document_of
    from worker.services.train import Labelled, train_models
    from worker.services.train_odds import LEAST, Coded, odds_json, train_odds

    home = house()
    boilerplate = _boilerplate()
    rows = [(document_of(row, boilerplate)[0], row) for _, row in _labelled(labelled)]
    items = [
        Labelled(
            row["id"],
            document,
            bool(row["relevant"]),
            row["kind"] == "incident",
            float(row.get("weight", 1.0)),
        )
        for document, row in rows
    ]
    trained = train_models(home.analyser, items, None if anew else shipped_model())
    folder = home.settings.overlay_dir or Path("overlay")
    target = output or Path(folder) / "relevance_model.json"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(trained.models, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, share in trained.accuracy.items():
        if not trained.reliability[name]:
            typer.echo(f"{name}: not asked, as every item weighs less than 1")
            continue
        before = f" ({trained.before[name]:.3f} by the weights that ship)" if trained.before else ""
        typer.echo(f"{name}: {share:.3f} of unseen items right{before}")
        for mean, so, count in trained.reliability[name]:
            typer.echo(f"    said {mean:.2f}, was so {so:.2f}  ({count} items)")
    typer.echo(f"{trained.items} items; wrote {target}")
    if not anew:
        return
    coded = [
        Coded(document, frozenset(row["terms"]), row["events"])
        for document, row in rows
        if "terms" in row and "events" in row
    ]
    if len(coded) < LEAST:
        typer.echo(f"{len(coded)} items with terms and events are too few for odds, which want {LEAST}")
        return
    odds = target.with_name("odds_model.json")
    odds.write_text(odds_json(train_odds(home.analyser, trained.models, coded)), encoding="utf-8")
    typer.echo(f"{len(coded)} coded items; wrote {odds}")


def check(lang: str = typer.Option("", "--lang", help="One language only.")) -> None:
    """Look for duplicates, conflicts, phrases that can't be reached, and concepts a language lacks."""
    from worker.bootstrap import house
    from worker.services.lexicon import findings

    found = findings(house().lexicon, lang)
    for line in found:
        typer.echo(line)
    raise typer.Exit(1 if any(line.startswith("error") for line in found) else 0)


def compile_words() -> None:
    """Compile the words of all languages and keep the result, so that whatever starts next has them at once.

    `marsad up` and `marsad migrate` do the same. Needed again after a change of the overlay or of Marsad itself.
    """
    from worker.bootstrap import house
    from worker.errors import ConfigError

    home = house()
    try:
        path = home.keep_words()
    except OSError as error:
        raise ConfigError(
            f"the lexicon can't be kept: {error}",
            where="MARSAD_CACHE_DIR",
            remedy="name a folder that can be written",
        ) from error
    done = f"compiled into {path}" if path else "was compiled already"
    typer.echo(f"lexicon {home.words.version}, {home.words.phrases:,} phrases: {done}")


def try_text(
    text: str = typer.Argument(help="A headline, or a headline and a text after a line break."),
) -> None:
    """Show the matches of a text in colour, and what was made of it."""
    from rich.console import Console

    from worker.services.lexicon import coloured

    analysis = _service(stories=False).one(
        {"id": "text", "title": text.partition("\n")[0], "body_html": text.partition("\n")[2]}
    )
    console = Console()
    console.print(coloured(analysis))
    for key in ("lang", "relevant", "score", "kind", "terms", "gist"):
        console.print(f"{key}: {analysis[key]}", highlight=False, markup=False)
    for event in analysis["events"]:
        console.print({k: v for k, v in event.items() if v not in (None, [], False)})
    for reason in analysis["reasons"]:
        console.print(f"  {reason}", highlight=False, markup=False)


def misses(
    file: Path = typer.Argument(help="Items, one JSON object a line."),
    lang: str = typer.Option("", "--lang", help="One language only."),
    top: int = typer.Option(40, help="How many words."),
) -> None:
    """List frequent words that the lexicon does not know and that stand near words it does."""
    from worker.bootstrap import house
    from worker.services.analyse import document_of
    from worker.services.lexicon import unmatched

    boilerplate = _boilerplate()
    documents = (document_of(row, boilerplate)[0] for _, row in _rows([file]))
    for count, language, word, example in unmatched(house().analyser.lexicon, documents, lang)[:top]:
        typer.echo(f"{count:6d}  {language}  {word}    {example}")


def _boilerplate() -> Any:
    """The phrases around a text, with the overlay's."""
    from config.boilerplate import load_boilerplate
    from worker.bootstrap import house
    from worker.domain.text.boilerplate import Boilerplate

    return Boilerplate(**load_boilerplate(house().settings.overlay_dir))


def _service(*, stories: bool) -> AnalyseService:
    """Analysis of JSON items, with a story book or without."""
    from worker.bootstrap import house
    from worker.domain.stories.book import LinkSettings, StoryBook
    from worker.services.analyse import AnalyseService

    book = None
    if stories:
        from config.common_words import load_common_words

        book = StoryBook(LinkSettings(common_words=load_common_words(house().settings.overlay_dir)))
    return AnalyseService(house().analyser, _boilerplate(), book)


def _labelled(files: list[Path]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The rows of some files, each of which has what makes it labelled."""
    from worker.errors import ConfigError

    for where, row in _rows(files):
        missing = [name for name in ("id", "relevant", "kind") if name not in row]
        if missing:
            raise ConfigError(
                f"no labelled item: it has no {' and no '.join(missing)}",
                where=where,
                remedy='write {"id": "1", "title": "...", "relevant": true, "kind": "incident"} or leave it out',
            )
        yield where, row


def _rows(files: list[Path] | None) -> Iterator[tuple[str, dict[str, Any]]]:
    """The JSON objects of some files, or of standard input, with the place of each."""
    from worker.errors import ConfigError

    for path in files or [None]:  # type: ignore[list-item]
        try:
            stream = path.open(encoding="utf-8") if path else sys.stdin
        except OSError as error:
            raise ConfigError(
                error.strerror or "cannot be read", where=str(path), remedy="name a file"
            ) from error
        with stream:
            for number, line in enumerate(stream, 1):
                if not line.strip():
                    continue
                where = f"{path or 'standard input'}:{number}"
                try:
                    row = json.loads(line)
                except ValueError as error:
                    raise ConfigError(
                        f"no JSON: {error}", where=where, remedy="one JSON object a line"
                    ) from error
                if not isinstance(row, dict):
                    raise ConfigError("no JSON object", where=where, remedy='begin the line with "{"')
                yield where, row
