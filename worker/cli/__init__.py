"""`marsad …`: finds the module of the command that is being run and imports that one alone.

Every module of this package has `register(app)`, which adds its commands to the Typer application. The
understanding, the database and the web page take longer to import than most commands take to run; so the
first word of the command line decides what is imported, and only `--help` and unknown words import all.
Typer itself is imported when it is needed: it takes longer than a round in which nothing changed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from worker import __version__
from worker.errors import MarsadError

if TYPE_CHECKING:
    import typer

HOME_OF = {
    "alerts": "alerts",
    "analyse": "understand",
    "backup": "operate",
    "beat": "up",
    "channels": "alerts",
    "config": "config",
    "deliveries": "alerts",
    "demo": "demo",
    "doctor": "operate",
    "evaluate": "understand",
    "explain": "explain",
    "export": "export",
    "feeds": "feeds",
    "lexicon": "understand",
    "migrate": "config",
    "prune": "operate",
    "read": "read",
    "reanalyse": "operate",
    "restore": "operate",
    "run-once": "once",
    "silences": "alerts",
    "status": "operate",
    "stories": "stories",
    "story": "stories",
    "token": "access",
    "train": "understand",
    "up": "up",
    "user": "access",
    "watch": "alerts",
    "web": "up",
    "worker": "up",
}
"""Command to module, so that one import is enough; a command that is missing here is found all the same."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command and end the process: 0 well, 1 failed, 2 wrong usage or settings."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        if not _direct(words):
            build(words)(words, prog_name="marsad")
    except MarsadError as error:
        sys.stderr.write(f"marsad: {error}\n")
        raise SystemExit(error.exit_code) from None
    except BrokenPipeError:
        # The reader went away (`marsad alerts | head`); Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(141) from None


def _direct(words: Sequence[str]) -> bool:
    """Run what needs no Typer; False when this is something else, or its words are not plain."""
    if words[:1] != ["run-once"]:
        return False
    from worker.cli.once import read_options, run_once

    given = read_options(words[1:])
    if given is None:
        return False
    run_once(**given)
    sys.stdout.flush()
    return True


def build(words: Sequence[str] = ()) -> typer.Typer:
    """The application with the commands that these words may need; without words, with all."""
    import typer

    app = typer.Typer(
        name="marsad",
        help="Watches the news for security incidents in Iraq, and alerts.",
        epilog="Example: marsad up    (then: marsad alerts)",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    _with_global_options(app)
    for module in _modules(words):
        import_module(f"{__name__}.{module}").register(app)
    return app


def _with_global_options(app: typer.Typer) -> None:
    """`--version` answers before a command is looked for."""
    import typer

    def print_version(wanted: bool) -> None:
        if wanted:
            typer.echo(f"marsad {__version__}")
            raise typer.Exit

    @app.callback()
    def options(
        version: bool = typer.Option(
            False, "--version", help="Print the version and end.", is_eager=True, callback=print_version
        ),
    ) -> None:
        """Watches the news for security incidents in Iraq, and alerts."""


def _modules(words: Sequence[str]) -> list[str]:
    """The modules to import: one for a known command, all for help, completion and the unknown."""
    if words and words[0] == "--version":
        return []
    if words and words[0] in HOME_OF and "_MARSAD_COMPLETE" not in os.environ:
        return [HOME_OF[words[0]]]
    return sorted(m.name for m in iter_modules(__path__) if not m.name.startswith("_"))
