"""Sentences without a deed of their own that add to the deed before: a toll, a claim, that nobody was hurt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.understanding.counting.tolls import Toll, tolls_in
from worker.domain.understanding.sentence.frame import Frame, Scene
from worker.domain.understanding.sentence.stopped import UNHURT
from worker.domain.understanding.when.dates import dates_in
from worker.domain.understanding.when.dating import date_deed
from worker.domain.understanding.where.datelines import BUREAUS
from worker.domain.understanding.where.setting import locate
from worker.domain.understanding.who.victims import fallen_in
from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.reading import Row


def support_of(scene: Scene, sentence: int, before: Frame) -> Frame | None:
    """What a sentence without a deed adds to the frame before it: "No casualties were reported."."""
    hits = scene.reading.of(sentence)
    spared = "died_later" in hits.keys or (before.title and sentence == scene.lead)
    turns = _TURNS - {"toll_background"} if spared else _TURNS
    unhurt = not hits.keys.isdisjoint(UNHURT)
    if unhurt:
        turns -= {"background", "analysis"}  # "nobody was hurt, as the camp had been emptied"
        before_it = {h.first for h in hits.of("background")}
        if all(h.first in before_it for h in hits.of("separate")):
            turns -= {"separate"}  # "the office had been locked shortly before, so nobody was hurt"
    if _adds_wounded(before, hits):
        turns -= {"separate"}
    if sentence - before.sentence > 2 + unhurt or not hits.keys.isdisjoint(turns):
        return None
    told = [h for h in hits if h.group == "toll" or h.key in _TELLING or isinstance(h.meaning, Place)]
    first, last = scene.reading.sentences[sentence]
    dates = dates_in(scene.reading, scene.tongue, first, last, scene.published)
    if unhurt:
        dates = [d for d in dates if not (d.past or d.weak)]  # "which had been emptied overnight"
    if not told and "said" not in hits.keys and any(d.day for d in dates) and last - first <= 12:
        told = [h for h in hits if h.group != "geo"][:1]
    if not told:
        return None
    frame = Frame(sentence, before.type, 0, told[0], [], generic=True, support=True, hits=hits)
    frame.signs = {h.key for h in hits if h.group == "sign"}
    frame.tolls = tolls_in(scene.reading, scene.tongue, sentence, dates)
    frame.fallen = fallen_in(frame.tolls, hits)
    locate(scene, frame, hits)
    if frame.tolls and before.place and frame.place and not frame.place.inside:
        frame.place = None  # "the six wounded were taken *to Ramadi*"
    if frame.place and frame.place.place.id in BUREAUS and not frame.place.inside:
        frame.place = None  # "Baghdad protested": a government, or the town that a front shields
    fresh = [d for d in dates if d.day and not (d.past or d.future)]
    if frame.foreign or (any(d.past for d in dates) and not fresh):
        return None
    if fresh:
        dates = [d for d in dates if not d.past]  # stopped on Sunday, who wanted December's wages
    frame.strength = min(before.strength, 1.0)
    date_deed(scene, frame, [d for d in dates if not d.future], hits)
    if before.title or not (frame.tolls or "claim" in frame.signs or "blame" in frame.signs):
        frame.others = ()
    if hits and hits[0].key == "second_of" and frame.place and not before.title:
        frame.support, frame.strength = (
            False,
            before.strength,
        )  # "the second was hit at B": the verb is left out
    return frame


def take_headline_count(scene: Scene, frames: Sequence[Frame]) -> None:
    """Give the text's first deed what a headline that tells none counts: "two brothers wounded by mine".

    What the count has come to holds instead of the deed's own figure: "toll in Jurf al-Nasr rises to eight".
    """
    head = next((f for f in frames if not f.support), None)
    if head is None or head.title:
        return
    for sentence in range(scene.reading.title):
        keys = scene.reading.of(sentence).keys
        if "toll_now" not in keys:
            if head.lead and not head.tolls and keys.isdisjoint(_TURNS):
                told = tolls_in(scene.reading, scene.tongue, sentence, ())
                head.tolls = [t for t in told if t.value and _only_headed(t, frames)]
            continue
        for toll in tolls_in(scene.reading, scene.tongue, sentence, ()):
            head.tolls = [replace(toll, latest=True), *(t for t in head.tolls if t.kind != toll.kind)]


def _only_headed(toll: Toll, frames: Sequence[Frame]) -> bool:
    """Whether the text itself gives no figure of a headline's kind, but for some of those counted there."""
    own = [(f, t) for f in frames for t in f.tolls if t.kind == toll.kind]
    return all(f.support and t.value < toll.value and not t.later for f, t in own)


def _adds_wounded(before: Frame, hits: Row) -> bool:
    """Whether a sentence gives the wounded beside the dead told before: "there were also nine wounded"."""
    told = {h.key for h in hits.of("killed", "wounded")}
    return told == {"wounded"} == {"killed", "wounded"} - {t.kind for t in before.tolls} and not hits.places


_TELLING = frozenset({"claim", "blame", "no_claim", "aim_was"})
_TURNS = frozenset({"background", "toll_background", "anniversary", "trial", "analysis", "separate"})
