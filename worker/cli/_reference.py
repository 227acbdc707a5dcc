"""The page of all commands, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

HEAD = "# Commands\n\n<!-- made by `make reference`; a test compares -->\n"


def markdown() -> str:
    """Every command with what it does, its arguments and options, and its example."""
    from typer.main import get_command

    from worker.cli import build

    parts = [HEAD]
    for words, command in commands(get_command(build())):
        parts.append(f"## marsad {' '.join(words)}\n\n{_sentence(command.help)}\n")
        rows = [_row(p) for p in command.params if p.name != "help"]
        if rows:
            parts.append("| | |\n| --- | --- |\n" + "\n".join(rows) + "\n")
        if command.epilog:
            lead, _, example = command.epilog.partition(": ")
            parts.append(f"{lead}: `{' '.join(example.split())}`\n")
    return "\n".join(parts)


def commands(command: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with its words, sorted."""
    below = getattr(command, "commands", {})
    if words and (not below or getattr(command, "invoke_without_command", False)):
        yield words, command
    for name in sorted(below):
        yield from commands(below[name], (*words, name))


def _row(parameter: Any) -> str:
    """One argument or option."""
    names = ", ".join(parameter.opts) if parameter.param_type_name == "option" else parameter.name.upper()
    return f"| `{names}` | {_sentence(getattr(parameter, 'help', '') or '')} |"


def _sentence(text: str | None) -> str:
    """Text as Markdown that stays text, whatever brackets and bars it has."""
    clean = " ".join((text or "").split())
    for mark in ("\\", "[", "]", "{", "}", "<", ">", "|", "*", "_"):
        clean = clean.replace(mark, f"\\{mark}")
    return clean
