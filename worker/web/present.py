"""How values are put into words on a page; the same filters serve every template."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from markupsafe import Markup, escape

from worker.domain.model import Event, Report, Story
from worker.domain.vocabulary import ACTORS, TARGETS, TERMS, WEAPONS
from worker.web.said import settings

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa"})
LANGUAGES = {"ar": "Arabic", "ckb": "Kurdish (Sorani)", "kmr": "Kurdish (Kurmanji)", "ku": "Kurdish (Kurmanji)",
             "fa": "Persian", "tr": "Turkish", "en": "English", "fr": "French", "de": "German", "es": "Spanish"}  # fmt: skip
_STEPS = ((86_400, "d"), (3_600, "h"), (60, "min"))
_WORDS = {**TERMS, **WEAPONS, **TARGETS, **ACTORS}


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


def day(at: date | None) -> str:
    """A date as people write it; what nobody said is said to be so."""
    return at.strftime("%a %d %b %Y") if at else "not reported"


def span(seconds: float | None) -> str:
    """A duration in words."""
    if seconds is None:
        return "unknown"
    for size, unit in _STEPS:
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.0f} s"


def count(number: float) -> str:
    """A figure to the precision that it is worth."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.2g}"


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: `1 item`, `2 items`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def field_name(name: str) -> str:
    """A field of the event as a heading."""
    return "type" if name == "sub_event_type" else name.replace("_", " ")


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
        if vague := event.vaguely(word):
            parts.append(f"{vague} {word}")
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
            if vague := event.vaguely(name):
                parts.append(f"{vague} {name}")
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


def tongue(code: str) -> str:
    """A language's English name."""
    return LANGUAGES.get(code, code)


def named(identifier: str) -> str:
    """An actor, target or weapon in English."""
    return _WORDS.get(identifier, identifier.replace("_", " "))


def actors(event: Event | None) -> str:
    """Who did it, and how sure that is; a deed that nobody claimed is said to be so."""
    if event is None:
        return ""
    names = []
    for actor in event.actors:
        note = (
            " (claimed)" if actor in event.claimed_by else " (suspected)" if actor in event.suspected else ""
        )
        names.append(named(actor) + note)
    names += [f"{named(a)} (claimed)" for a in event.claimed_by if a not in event.actors]
    return ", ".join(names) or "not reported"


def value(given: Any) -> str:
    """A field's value in words."""
    if isinstance(given, (list, tuple)):
        return ", ".join(named(str(one)) for one in given) or "none"
    if isinstance(given, bool):
        return "yes" if given else "no"
    return "not reported" if given is None else named(given) if isinstance(given, str) else str(given)


def marked(report: Report, label: Callable[[str], str] | None = None) -> Markup:
    """The report's text, escaped, with the words that stand for something marked and explained."""
    text, done, out = report.text, 0, []
    for match in sorted(report.analysis.matches, key=lambda m: (m.start, -m.end)):
        if match.start < done or match.end > len(text):
            continue
        out.append(escape(text[done : match.start]))
        kind, _, bare = match.concept.rpartition(":")
        meaning = label(match.concept) if label else bare.replace("_", " ")
        out.append(
            Markup('<mark class="{}" title="{}">{}</mark>').format(
                kind or "concept", f"{meaning} ({kind or 'concept'})", text[match.start : match.end]
            )
        )
        done = match.end
    out.append(escape(text[done:]))
    return Markup("").join(out)


def safe_link(url: str) -> str:
    """The address when it is http(s), else nothing: a feed may say `javascript:`."""
    return url if url.startswith(("https://", "http://")) else ""


def bars(counts: Sequence[int], width: int = 120, height: int = 24) -> Markup:
    """A small bar chart without words; what it says stands beside it."""
    most = max(counts, default=0) or 1
    step = width / max(len(counts), 1)
    wide = max(step - 1, 0.6)
    # One path of numbers alone: nothing here wants escaping, and two hundred charts on a page want to be small.
    parts = "".join(
        f"M{i * step:g} {height}v-{count / most * height:.3g}h{wide:g}V{height}z"
        for i, count in enumerate(counts)
        if count
    )
    return Markup(  # noqa: S704
        f'<svg class="bars" viewBox="0 0 {width} {height}" preserveAspectRatio="none" aria-hidden="true"><path d="{parts}"/></svg>'
    )


FILTERS: Mapping[str, Callable[..., Any]] = {
    "age": age,
    "moment": moment,
    "day": day,
    "span": span,
    "count": count,
    "counted": counted,
    "field_name": field_name,
    "toll": toll,
    "toll_of_story": toll_of_story,
    "place": place,
    "direction": direction,
    "tongue": tongue,
    "named": named,
    "actors": actors,
    "value": value,
    "marked": marked,
    "safe_link": safe_link,
    "bars": bars,
    "settings": settings,
}
