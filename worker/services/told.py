"""What all ways out have in common: what is told of a story, and text that XML can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape

from worker.domain.model import Alert, Story

Told = tuple[Story, Alert | None]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Without characters that XML and spreadsheets cannot hold."""
    return _CONTROL.sub("", text)


def tags(pairs: Iterable[tuple[str, str]]) -> str:
    """Elements with text alone."""
    return "".join(f"<{name}>{escape(clean(value))}</{name}>" for name, value in pairs)


def url_of(page: str, story: Story) -> str:
    """Where a story is on the desk; empty when nobody said where the desk is."""
    return f"{page}/stories/{story.id}" if page else ""


def heard(story: Story) -> str:
    """How many tell it."""
    reports, sources = story.item_count, story.independent_sources
    return f"{reports} report{'s' * (reports != 1)}, {sources} independent source{'s' * (sources != 1)}"
