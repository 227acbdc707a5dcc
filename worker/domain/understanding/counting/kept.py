"""Which figure an event keeps of those that its sentences give: the first, a more exact one, or both sides' together."""

from __future__ import annotations

from dataclasses import replace

from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.assembly.headlines import of_headline
from worker.domain.understanding.counting.losses import added, opposed
from worker.domain.understanding.counting.revisions import told_exactly, with_later_dead
from worker.domain.understanding.counting.tolls import Toll
from worker.domain.understanding.sentence.families import GROUND, VIOLENT
from worker.domain.understanding.sentence.frame import Frame


def take_toll(event: Draft, toll: Toll, frame: Frame) -> None:
    """Keep a figure that is the first of its kind, or more exact than the one before, or comes on top of it."""
    known = event.tolls.get(toll.kind)
    hurt = event.tolls.get("wounded")
    if toll.of_them and hurt and hurt.value > toll.value and not _in(frame, hurt):
        event.tolls["wounded"] = replace(hurt, value=hurt.value - toll.value)
    named = frame.lead and all(f.title for f in event.frames[:-1])
    beside = any(f.sentence == frame.sentence for f in event.frames[:-1])
    beside = beside or "assailants" in frame.hits.keys  # then those told before were whom they attacked
    if known and toll.later and not known.later:
        event.tolls[toll.kind] = with_later_dead(event, known, toll, frame)
        return
    first = known is None or known.later or known.value == 0 < toll.value
    told = known is not None and any(
        t.kind == known.kind and t.value == known.value for t in frame.tolls if t is not toll
    )  # two sources in one sentence
    exact = (known is not None and not (told and known.floor)) and (
        told_exactly(known, toll, named, headed=of_headline(event, known))
        or (named and _counts_others(known, toll, frame))
        or _names_one_of(event, known, toll, frame)
    )
    if (
        known is None
        or first
        or (known.vague and not toll.vague)
        or exact
        or _of_another(event, known, toll, frame)
    ):
        event.tolls[toll.kind] = toll
    elif (
        event.type in VIOLENT | GROUND
        and opposed(known, toll, beside=beside)
        and (not of_headline(event, known) or _told_below(event, known, frame))
    ):
        event.tolls[toll.kind] = added(known, toll)


def _told_below(event: Draft, toll: Toll, frame: Frame) -> bool:
    """Whether the text gives a headline's figure again right before a sentence."""
    below = [f for f in event.frames[:-1] if not f.title and frame.sentence - f.sentence <= 1]
    return any(_in(f, toll) for f in below)


def _in(frame: Frame, toll: Toll) -> bool:
    """Whether a sentence gives a figure itself."""
    return any(t.kind == toll.kind and t.value == toll.value for t in frame.tolls)


def _of_another(event: Draft, known: Toll, toll: Toll, frame: Frame) -> bool:
    """Whether another source right behind the first counts fewer, dead and wounded both: of two figures the lower holds."""
    if not frame.generic or frame.place or toll.vague or known.parts or not 0 < toll.value <= known.value:
        return False
    if not frame.hits.keys.isdisjoint(_OTHERWISE):
        return False
    before = next((f for f in reversed(event.frames[:-1]) if f.tolls), None)
    if before is None or before.title or frame.sentence - before.sentence > 1:
        return False
    first, second = ({t.kind: t.value for t in f.tolls} for f in (before, frame))
    pairs = first.keys() == second.keys() == {"killed", "wounded"}
    return pairs and first[toll.kind] == known.value and all(0 < second[k] <= first[k] for k in first)


_OTHERWISE = frozenset({"including", "among", "partitive", "another", "correction", "died_later"})
"""What makes a second figure something else than another source's."""


def _names_one_of(event: Draft, known: Toll, new: Toll, frame: Frame) -> bool:
    """Whether a sentence counts the headline's one dead among those of the deed: "two died, among them the commander".

    Or lists them: "a commander and his guard were killed".
    """
    if known.value != 1 or new.value < 2 or new.vague or known.kind != "killed":
        return False
    listed = 1 in new.parts or not frame.hits.keys.isdisjoint({"including", "among"})
    return listed and of_headline(event, known)


def _counts_others(known: Toll, new: Toll, frame: Frame) -> bool:
    """Whether the headline told but the one of the dead whom readers know: "IS commander killed", then four, he among them."""
    if not known.value < new.value or new.vague:
        return False
    return known.value == 1 or not frame.hits.keys.isdisjoint({"including", "among"})
