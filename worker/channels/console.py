"""The console: alerts as a person reads them in a terminal or in the alert worker's log."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

from rich import box
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from worker.channels.text import MARKS, RTL, facts, title, why
from worker.domain.model import Delivery, Message, Quote, SendResult, Sent, Severity

STYLES = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "bold dark_orange",
    Severity.MODERATE: "bold yellow",
    Severity.LOW: "bold blue",
}


@dataclass(slots=True)
class ConsoleChannel:
    """Prints; a line that was written cannot be asked for, but writing cannot be half done either."""

    stream: TextIO | None = None
    width: int | None = None
    name: str = "console"
    can_edit: bool = False
    pause_s: float = 0.0

    def recipients(self) -> Sequence[str]:
        """There is one log."""
        return ("log",)

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Print one message."""
        del first
        try:
            console = Console(
                file=self.stream or sys.stdout, width=self.width, highlight=False, soft_wrap=False
            )
            console.print(rendered(delivery.message))
            console.file.flush()
        except (OSError, ValueError) as fault:
            return Sent(SendResult.RETRY, f"the console cannot be written to: {fault}")
        return Sent(SendResult.SENT, reference={"stream": "console"})

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Print it again: a reader of a log is not woken by a line too many."""
        del delivery, first
        return Sent(SendResult.REJECTED, "the process ended before the line was surely written")


def rendered(message: Message) -> Panel:
    """Make the panel: at most one screen of a phone before the links."""
    style = STYLES[message.severity]
    body = Text()
    if message.body:
        body.append(message.body + "\n")
    for label, value in facts(message):
        body.append(f"{label:<6}", style="dim")
        body.append(value + "\n")
    if message.map_url:
        body.append(f"{'Map':<6}", style="dim")
        body.append(message.map_url + "\n", style=f"link {message.map_url}")
    reason = why(message)
    if reason:
        body.append(f"{'Watch':<6}", style="dim")
        body.append(reason + "\n")
    for quote in message.quotes:
        body.append_text(_quote(quote))
    for source, language, url in message.links:
        body.append(f"{language:<6}", style="dim")
        body.append(f"{source} ")
        body.append(url + "\n", style=f"dim link {url}")
    if message.changed:
        body.append("Changed since the last message\n", style="bold")
        for change in message.changed:
            body.append(f"  • {change}\n")
    body.rstrip()
    heading = Text(f"{MARKS[message.severity]} {title(message)}", style=style, overflow="fold")
    return Panel(Text("\n").join([heading, body]), border_style=style, padding=0, box=box.HORIZONTALS)


def _quote(quote: Quote) -> Text:
    text, behind = Text("  “" if quote.language not in RTL else "  "), 0
    for start, end, meaning in quote.marks:
        text.append(quote.text[behind:start])
        text.append(quote.text[start:end], style="bold underline")
        if meaning:
            text.append(f" [{meaning}]", style="italic cyan")
        behind = end
    text.append(quote.text[behind:])
    text.append("”" if quote.language not in RTL else "", style="")
    text.append(f" {quote.source} ({quote.language})\n", style="dim")
    return text
