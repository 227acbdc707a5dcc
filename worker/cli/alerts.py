"""`marsad alerts`, `channels`, `silences`, `deliveries`, and `watch`: who is told what, and why."""

from __future__ import annotations

import json
import os
from datetime import datetime, timedelta
from typing import Any

import typer

from worker.cli import _watch


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(_alerts(), name="alerts")
    app.add_typer(_channels(), name="channels")
    app.add_typer(_silences(), name="silences")
    app.add_typer(_deliveries(), name="deliveries")
    app.add_typer(_watch.commands(), name="watch")


JSON = typer.Option(False, "--json", help="Print JSON.")
BY = typer.Option("", "--by", help="Who says so; the login name by default.", show_default=False)


def who(by: str) -> str:
    """Name the person at the terminal."""
    return by or os.environ.get("USER") or os.environ.get("LOGNAME") or "somebody at the command line"


def show_json(value: Any) -> None:
    """Print domain values as JSON."""
    import msgspec

    typer.echo(json.dumps(msgspec.to_builtins(value), ensure_ascii=False, indent=2))


def _alerts() -> typer.Typer:
    group = typer.Typer(help="List alerts; acknowledge, mute or judge one.", invoke_without_command=True)

    @group.callback(epilog="Example: marsad alerts --limit 20")
    def listing(
        context: typer.Context,
        limit: int = typer.Option(20, min=1, max=1000, help="How many, newest first."),
        as_json: bool = JSON,
    ) -> None:
        """List alerts, newest change first."""
        if context.invoked_subcommand:
            return
        from worker.bootstrap import house

        found = house().store.alerts(limit)
        if as_json:
            show_json([{"alert": alert, "story": story} for alert, story in found])
            return
        if not found:
            typer.echo("No alert yet. `marsad watch list` shows what is watched for.")
            return
        _print_alerts(found)

    for name, state, says in (
        ("ack", "acknowledged", "Acknowledge: reminders stop."),
        ("mute", "muted", "Mute: nothing more is told of this story."),
        ("resolve", "resolved", "Resolve: the matter is closed until something material happens."),
    ):
        group.command(name, help=says, epilog=f"Example: marsad alerts {name} 1042")(_state(state))
    group.command("feedback", epilog="Example: marsad alerts feedback")(_feedback)
    group.command(
        "relevant", help="Say that an alert was worth it.", epilog="Example: marsad alerts relevant 1042"
    )(_judged(relevant=True))
    group.command(
        "irrelevant",
        help="Say that an alert was not worth it.",
        epilog="Example: marsad alerts irrelevant 1042",
    )(_judged(relevant=False))
    return group


def _feedback(
    labels: bool = typer.Option(
        False, "--labels", help="Print the judged items as labels for `marsad train` and `marsad evaluate`."
    ),
    as_json: bool = JSON,
) -> None:
    """Say how many of each watch's alerts readers found worth it, or print what they judged as labels."""
    from worker.bootstrap import house
    from worker.services.answers import labelled, precision_by_watch

    given = house().store.feedback()
    if labels:
        views = house().store.story_views([story for story, *_ in given])
        for item in labelled(given, views):
            typer.echo(json.dumps(item, ensure_ascii=False))
        return
    rows = precision_by_watch(given)
    if as_json:
        show_json([{"watch": name, "worth_it": good, "judged": judged} for name, good, judged in rows])
        return
    for name, good, judged in rows:
        typer.echo(f"{name}: {good} of {judged} judged alerts were worth it ({good / judged:.0%})")
    if not rows:
        typer.echo(
            "Nobody has judged an alert yet: `marsad alerts irrelevant STORY`, or the buttons in Slack."
        )


def _print_alerts(found: Any) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False)
    for title in ("Story", "Severity", "State", "Changed (UTC)", "What", "Watches"):
        table.add_column(title, overflow="fold")
    for alert, story in found:
        state = alert.state.value + (f" by {alert.state_by}" if alert.state_by else "")
        table.add_row(
            str(story.id), alert.severity.value, state, f"{alert.updated_at:%d %b %H:%M}", story.gist or "-",
            ", ".join(alert.watches),
        )  # fmt: skip
    Console().print(table)


def _state(state: str) -> Any:
    def command(story: int = typer.Argument(help="Number of the story."), by: str = BY) -> None:
        from worker.bootstrap import house
        from worker.domain.model import AlertState

        done = house().answers.set_state(story, AlertState(state), who(by))
        if not done:
            _missing(story)
        typer.echo(f"Story {story} is {state}.")

    return command


def _judged(*, relevant: bool) -> Any:
    def command(story: int = typer.Argument(help="Number of the story."), by: str = BY) -> None:
        from worker.bootstrap import house, now

        if not house().store.give_feedback(story, who(by), now(), relevant=relevant):
            _missing(story)
        typer.echo("Noted. `marsad alerts feedback --labels` gives it to `marsad train`.")

    return command


def _missing(story: int) -> None:
    from worker.errors import MarsadError

    raise MarsadError(f"there is no alert about story {story}", remedy="`marsad alerts` lists them")


# --- channels -------------------------------------------------------------------------------------


def _channels() -> typer.Typer:
    group = typer.Typer(help="List the configured channels; send a sample.", no_args_is_help=True)

    @group.command("list", epilog="Example: marsad channels list")
    def listing(as_json: bool = JSON) -> None:
        """List the configured channels and whom they reach."""
        from worker.bootstrap import house

        if as_json:
            show_json(
                [
                    {"channel": name, "recipients": list(channel.recipients()), "edits": channel.can_edit}
                    for name, channel in house().channels.items()
                ]
            )
            return
        for name, channel in house().channels.items():
            typer.echo(f"{name:<10} {', '.join(channel.recipients())}")

    @group.command("test", epilog="Example: marsad channels test slack")
    def test(name: str = typer.Argument(help="Name of the channel.")) -> None:
        """Send a message that is marked as a test to each recipient of a channel, and say what came back."""
        from worker.bootstrap import house, now
        from worker.domain.alerting.sample import sample
        from worker.domain.model import SendResult
        from worker.errors import ConfigError

        channel = house().channels.get(name)
        if channel is None:
            known = ", ".join(house().channels) or "none"
            raise ConfigError(f"channel {name!r} is not configured", remedy=f"configured are: {known}")
        failed = False
        for recipient in channel.recipients():
            sent = channel.send(sample(name, recipient, now()), None)
            failed |= sent.result is not SendResult.SENT
            typer.echo(
                f"{name} to {recipient}: {sent.result.value}" + (f" — {sent.reason}" if sent.reason else "")
            )
        if failed:
            raise typer.Exit(1)

    group.command("listen", epilog="Example: marsad channels listen")(_listen)
    return group


def _listen() -> None:
    """Hold Slack's Socket Mode connection: buttons work without an address that Slack can reach."""
    import signal
    import threading

    from worker.bootstrap import house
    from worker.channels.slack_actions import listen as hold
    from worker.errors import ConfigError

    token = house().settings.slack_app_token
    if not token:
        raise ConfigError("is not set", where="MARSAD_SLACK_APP_TOKEN", remedy="see docs/channels.md")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    hold(token, house().answers, said=typer.echo, stop=stop)


# --- silences -------------------------------------------------------------------------------------


def _silences() -> typer.Typer:
    group = typer.Typer(help="Keep alerts quiet for a while, for a reason.", no_args_is_help=True)

    @group.command("list", epilog="Example: marsad silences list")
    def listing(as_json: bool = JSON) -> None:
        """List the silences in force."""
        from worker.bootstrap import house, now

        found = house().store.silences(now())
        if as_json:
            show_json(found)
            return
        for one in found:
            typer.echo(
                f"{one.id:>4}  until {one.until:%d %b %H:%M} UTC  {one.query}  ({one.reason}, {one.by})"
            )
        if not found:
            typer.echo("No silence is in force.")

    @group.command(
        "add", epilog='Example: marsad silences add "place:Taji" --for 6h --reason "announced exercise"'
    )
    def add(
        query: str = typer.Argument(help="What falls silent, in the query language of watches."),
        span: str = typer.Option(..., "--for", help="How long: 30m, 6h, 2d."),
        reason: str = typer.Option(..., "--reason", help="Why; readers of the digest see it."),
        by: str = BY,
    ) -> None:
        """Begin a silence: what would have alerted is told in the digest instead."""
        from worker.bootstrap import house, now
        from worker.domain.alerting.bind import bind
        from worker.domain.alerting.query import parse
        from worker.domain.alerting.watch import span_of
        from worker.domain.model import Silence

        bind(parse(query), house().index, house().index.values())
        until = now() + span_of(span, "--for")
        number = house().store.add_silence(Silence(query, until, reason, who(by)), now())
        typer.echo(f"Silence {number} until {until:%d %b %H:%M} UTC.")

    @group.command("end", epilog="Example: marsad silences end 3")
    def end(number: int = typer.Argument(help="Number of the silence.")) -> None:
        """End a silence now."""
        from worker.bootstrap import house, now
        from worker.errors import MarsadError

        if not house().store.end_silence(number, now()):
            raise MarsadError(f"no silence {number} is in force", remedy="`marsad silences list` lists them")
        typer.echo(f"Silence {number} ended.")

    return group


# --- deliveries -----------------------------------------------------------------------------------


def _deliveries() -> typer.Typer:
    group = typer.Typer(help="The outbox: what was sent, what waits, dead letters.", no_args_is_help=True)

    @group.command("list", epilog="Example: marsad deliveries list --state dead")
    def listing(
        state: str = typer.Option(
            "", help="Only these: pending, retry, sent, held, uncertain, dead, superseded."
        ),
        story: int = typer.Option(0, help="Only those of this story."),
        limit: int = typer.Option(30, min=1, max=10_000),
        as_json: bool = JSON,
    ) -> None:
        """List messages, newest first."""
        from worker.bootstrap import house

        found = house().store.deliveries(state=_wanted_state(state), story_id=story or None, limit=limit)
        if as_json:
            show_json(found)
            return
        for one in found:
            when = f"{one.sent_at or one.created_at:%d %b %H:%M}"
            reason = f"  {one.error}" if one.error else ""
            typer.echo(
                f"{one.id:>6}  {when}  {one.state.value:<10} {one.channel:<9} {one.recipient:<24} "
                f"{one.message.kind:<10} {one.message.headline[:70]}{reason}"
            )
        if not found:
            typer.echo("Nothing.")

    @group.command("show", epilog="Example: marsad deliveries show 12")
    def show(number: int = typer.Argument(help="Number of the message.")) -> None:
        """Print one message as text, with what became of it."""
        from worker.bootstrap import house
        from worker.channels.text import plain
        from worker.errors import MarsadError

        one = house().store.delivery(number)
        if one is None:
            raise MarsadError(f"there is no message {number}", remedy="`marsad deliveries list` lists them")
        typer.echo(plain(one.message))
        typer.echo(
            f"{one.channel} to {one.recipient}: {one.state.value}, {one.attempts} attempts. {one.error}".strip()
        )

    @group.command("resend", epilog="Example: marsad deliveries resend 12")
    def resend(number: int = typer.Argument(help="Number of a dead or uncertain message.")) -> None:
        """Send a dead or uncertain message again."""
        from worker.bootstrap import house, now
        from worker.errors import MarsadError

        if not house().store.requeue(number, now()):
            raise MarsadError(
                f"message {number} is neither dead nor uncertain",
                remedy="`marsad deliveries list --state dead`",
            )
        typer.echo(f"Message {number} is due again.")

    return group


def _wanted_state(text: str) -> Any:
    from worker.domain.model import DeliveryState
    from worker.errors import ConfigError

    if not text:
        return None
    try:
        return DeliveryState(text)
    except ValueError:
        known = ", ".join(state.value for state in DeliveryState)
        raise ConfigError(f"{text!r} is no state", where="--state", remedy=f"one of {known}") from None


def since_of(text: str, now: datetime) -> datetime:
    """Read `30d`, `12h` or a day."""
    from datetime import UTC

    from worker.domain.alerting.watch import span_of

    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        span: timedelta = span_of(text, "--since")
        return now - span
