"""How values are put into words on a page; the same filters serve every template."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from worker.domain.model import Event, Report, Story

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa"})
_STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"))


def age(at: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that fits: `3 h ago`."""
    if at is None:
        return "time unknown"
    seconds = int((now - at).total_seconds())
    for size, unit in _STEPS:
        if seconds >= size:
            return f"{seconds // size} {unit} ago"
    return "just now"


def moment(at: datetime | None) -> str:
    """A time in UTC, to the minute."""
    return at.strftime("%d %b %Y, %H:%M UTC") if at else "unknown"


def toll(event: Event | None) -> str:
    """Who was hurt, in words; what nobody said is said to be unknown."""
    if event is None:
        return ""
    if event.killed == 0 and event.wounded == 0:
        return "nobody hurt"
    parts = []
    for low, high, word in (
        (event.killed, event.killed_max, "killed"),
        (event.wounded, event.wounded_max, "wounded"),
    ):
        if low is not None:
            parts.append(f"{low}–{high} {word}" if high is not None and high != low else f"{low} {word}")
    return ", ".join(parts) or "toll not reported"


def place(event: Event | None) -> str:
    """The place with its governorate, each once."""
    if event is None:
        return ""
    names = [n for n in (event.place, event.governorate) if n]
    return ", ".join(dict.fromkeys(names)) or "place not reported"


def toll_of_story(story: Story) -> str:
    """A story's toll with its range over the sources."""
    event = story.event
    if event is None:
        return ""
    parts = []
    for name in ("killed", "wounded"):
        view = story.fields.get(name)
        if view is None or view.believed is None:
            continue
        low, high = view.low, view.high
        spread = (
            f" (reports say {low}–{high})" if low is not None and high is not None and low != high else ""
        )
        parts.append(f"{view.believed} {name}{spread}")
    if not parts:
        return toll(event)
    return "nobody hurt" if parts == ["0 killed", "0 wounded"] else ", ".join(parts)


def direction(language: str) -> str:
    """`rtl` or `ltr`, for the `dir` attribute."""
    return "rtl" if language in RIGHT_TO_LEFT else "ltr"


def marked(report: Report) -> Markup:
    """The report's text, escaped, with the words that stand for something marked and explained."""
    text, done, out = report.text, 0, []
    for match in sorted(report.analysis.matches, key=lambda m: (m.start, -m.end)):
        if match.start < done or match.end > len(text):
            continue
        out.append(escape(text[done : match.start]))
        meaning = match.concept.replace("_", " ").replace(":", ": ")
        out.append(Markup('<mark title="{}">{}</mark>').format(meaning, text[match.start : match.end]))
        done = match.end
    out.append(escape(text[done:]))
    return Markup("").join(out)


def safe_link(url: str) -> str:
    """The address when it is http(s), else nothing: a feed may say `javascript:`."""
    return url if url.startswith(("https://", "http://")) else ""


FILTERS: Mapping[str, Callable[..., Any]] = {
    "age": age,
    "moment": moment,
    "toll": toll,
    "toll_of_story": toll_of_story,
    "place": place,
    "direction": direction,
    "marked": marked,
    "safe_link": safe_link,
}
