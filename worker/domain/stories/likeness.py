"""How alike two reports are, and why: by their events, needing no common language, or by their texts."""

from __future__ import annotations

from worker.domain.stories import signature
from worker.domain.stories.evidence import (
    BEYOND_WORDS,
    FRAME_AT_MOST,
    SAME_EVENT,
    STEPS,
    Likeness,
    because,
    event_likeness,
    is_apart,
    of_events,
)
from worker.domain.stories.face import Aspect, Face
from worker.domain.stories.places import elsewhere
from worker.domain.stories.trace import Sight, main_event
from worker.domain.stories.weights import Weights

NEAR = -0.12
"""A story whose best report is at first glance not much below the limit is looked at closely."""

NEAR_COPY = 0.6
"""Share of shingles from which one text is a copy of the other, edited."""

COPY_HOURS = 96.0
"""A template that comes back days later reports something new."""

SAME_TEXT = 0.34
"""Cosine of weighted headline and lead from which two texts of one language tell one story."""

_A_DAY_ON = 0.06
"""More is asked for each day between two texts: news that goes on in the same words is another piece of it."""

_OWN_OUTLET = 0.06
"""More is asked of two texts of one outlet, which seldom tells one thing twice."""

_RARE, _RARE_AT_MOST = 0.01, 0.15
"""Less is asked for each step of weight that the headlines' common words have: three rare names are proof."""


def compare(a: Face, b: Face, weights: Weights) -> Likeness:
    """Decide on two reports, cheapest evidence first."""
    x, y = a.main, b.main
    events = event_likeness(x, y, a, b, weights) if x is not None and y is not None else None
    clash = events is not None and events.conflict
    hours = abs(a.at - b.at) / 3600
    if (a.text_hash == b.text_hash or a.url == b.url) and (not clash or hours < 1):
        same = _same_source(a, b, hours, weights)
        if same is not None:
            return same
    resemblance = signature.likeness(a.signature, b.signature) if not clash and hours <= COPY_HOURS else 0.0
    frame = resemblance >= NEAR_COPY
    if frame and not _template(a, b, hours, weights) and not elsewhere(x, y):
        return because(resemblance, "near-copy: {:.0%} of the wording is shared", resemblance, copy=True)
    if events is None:
        if frame:
            return because(-0.4, "the same frame, filled in anew")
        return text_likeness(a, b, weights, hours)
    if not events.same and (a.second is not None or b.second is not None):
        return _through_second(a, b, weights) or events
    return events


def cannot_be(a: Face, sight: Sight) -> bool:
    """Whether the events alone keep a report apart from another one, whatever their words are.

    What may be a copy, or be joined by a second event, is looked at whole.
    """
    event = main_event(sight.events)
    if a.main is None or event is None or len(sight.events) == 2 or a.second is not None:
        return False
    at = sight.at.timestamp()
    aspect = Aspect(event, sight.at)
    score, _ = of_events(a.main, aspect, a.at, at)
    if score <= SAME_EVENT - BEYOND_WORDS:
        return True
    return is_apart(a.main, aspect, a.at, at) and score + FRAME_AT_MOST < SAME_EVENT + STEPS * NEAR


def _same_source(a: Face, b: Face, hours: float, weights: Weights) -> Likeness | None:
    """Recognise the same text, or the same page."""
    if a.text_hash == b.text_hash and a.title and hours <= 2 * COPY_HOURS:
        return because(1.0, "the same text, word for word", copy=True)
    if a.url and a.url == b.url and _same_page(a, b, hours, weights):
        return because(0.95, "the same address {}", a.url)
    return None


def _same_page(a: Face, b: Face, hours: float, weights: Weights) -> bool:
    """Tell an updated article from a live page, which keeps its address and changes its subject."""
    return hours <= 2 or a.language != b.language or weights.cosine(a, b) >= 0.5 * SAME_TEXT


def _template(a: Face, b: Face, hours: float, weights: Weights) -> bool:
    """Tell what one desk fills in anew (a daily brief, a live page's frame) from a copy of one text.

    Between two outlets shared wording is shared origin. Within one it may be the frame alone: then the
    headline must be much the same too, and say the same date and figures if hours have passed.
    """
    if a.group == b.group:
        if _names_another(a, b) and _names_another(b, a):
            return True
        if weights.headlines(a, b) < (0.25 if hours <= 2 else 0.5):
            return True
        dated_a, dated_b = a.with_digits(), b.with_digits()
        if hours > 2 and dated_a != dated_b:
            return True
        if len(dated_a & dated_b) >= 2 and a.trace.title != b.trace.title:
            return True  # editions of a series: the day's brief for one city and for another
    return hours > 12 and bool(a.numbers) and bool(b.numbers) and a.numbers.isdisjoint(b.numbers)


def _names_another(a: Face, b: Face) -> bool:
    """Whether a headline names what its own text repeats and the other report never says: its own subject."""
    alone = a.title - b.title
    return bool(alone) and any(w in a.trace.lead and w not in b.trace.lead for w in alone)


def text_likeness(a: Face, b: Face, weights: Weights, hours: float) -> Likeness:
    """Compare two texts where at least one of them reports no event that could be compared."""
    cosine = weights.cosine(a, b)
    limit = SAME_TEXT + _A_DAY_ON * hours / 24 + (_OWN_OUTLET if a.group == b.group else 0.0)
    if cosine > 0.1:
        limit -= min(_RARE_AT_MOST, _RARE * weights.shared(a, b))
    if a.events and b.events:  # a summary that counts attacks beside a single one
        limit += 0.25
    elif a.events or b.events:
        limit += 0.12
    if hours > 24 * 7:
        limit = 1.01
    score = max(-1.0, min(1.0, (cosine - limit) / (1.0 - SAME_TEXT)))
    return because(score, "headline and lead are alike (cosine {:.2f}, needed {:.2f})", cosine, limit)


def _through_second(a: Face, b: Face, weights: Weights) -> Likeness | None:
    """Join through the second event of an item that tells of two, when nearly everything agrees."""
    best: Likeness | None = None
    for one, other, which in ((a, b, "second"), (b, a, "first")):
        if one.second is None or other.main is None:
            continue
        found = event_likeness(one.second, other.main, one, other, weights)
        if found.score >= 0.25 and (best is None or found.score - 0.2 > best.score):
            told = ("{} (the event that the {} report names second)", found.why, which)
            best = Likeness(found.score - 0.2, (told,))
    return best
