"""`marsad demo`: the whole way from a feed to an alert, on sample feeds, in about a minute."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(epilog="Example: marsad demo --seconds 60")(demo)


def demo(
    seconds: float = typer.Option(0.0, help="Stop by itself after so many seconds.  [default: at Ctrl-C]"),
    keep: bool = typer.Option(False, "--keep", help="Keep the demo's folder, to look into its database."),
) -> None:
    """Run the service on sample feeds of an invented press, in a folder of its own that is deleted after.

    Shows alerts on the console and on a page. With Slack or e-mail set up in the environment, they arrive
    there too.
    """
    from worker.demo.run import run

    raise typer.Exit(run(seconds=seconds, keep=keep))
