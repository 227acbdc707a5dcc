"""What is written about the settings elsewhere, made from `Settings` so that it cannot drift."""

from __future__ import annotations

from dataclasses import Field
from itertools import groupby
from typing import Any

from config.settings import documented


def env_example() -> str:
    """`.env.example`: every setting with its meaning, switched off by a leading `#`."""
    lines = [
        "# Settings of Marsad. Copy to .env and remove the # of what you change.",
        "# Any NAME may be given as NAME_FILE instead: a file that holds the value.",
    ]
    for group, members in groupby(documented(), key=lambda f: f.metadata["group"]):
        lines += ["", f"# --- {group}"]
        for f in members:
            lines += ["", f"# {f.metadata['help']}{_limits(f)}", f"#{f.metadata['name']}={_sample(f)}"]
    return "\n".join(lines) + "\n"


def markdown() -> str:
    """The page `docs/settings.md`."""
    lines = ["# All settings", "", "<!-- made by `make reference`; a test compares -->", ""]
    for group, members in groupby(documented(), key=lambda f: f.metadata["group"]):
        lines += [f"## {group}", "", "| setting | what it does | default |", "| --- | --- | --- |"]
        for f in members:
            about = f.metadata
            text = about["help"] + _limits(f) + (" **Secret.**" if about["secret"] else "")
            lines.append(f"| `{about['name']}` | {text} | {_default(f)} |")
        lines.append("")
    return "\n".join(lines).rstrip() + "\n"


def _limits(f: Field[Any]) -> str:
    """The values that are allowed, as a sentence."""
    about = f.metadata
    if about["choices"]:
        return f" One of {', '.join(about['choices'])}."
    if about["low"] is not None:
        return f" {about['low']} to {about['high']}."
    return ""


def _text(value: Any) -> str:
    """A default as it would be typed."""
    if isinstance(value, bool):
        return str(int(value))
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _default(f: Field[Any]) -> str:
    """A default as the table shows it."""
    if f.metadata["shown_default"]:
        return str(f.metadata["shown_default"])
    return f"`{_text(f.default)}`" if f.default not in ("", (), None) else ""


def _sample(f: Field[Any]) -> str:
    """An example where there is one, else the default."""
    return str(f.metadata["example"]) or ("" if f.default is None else _text(f.default))
