"""Relevance and kind: the features that the linear models weigh, and the reasons in plain English.

A feature is a count or a sign that holds in any language: what the headline names, which deeds stand in
a sentence with an Iraqi place, how much of the text is about other countries, sport or a trial.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from worker.domain.model import Document
from worker.domain.understanding.frames import Frame
from worker.domain.understanding.lexicon import Actor, Concept, Country, Place
from worker.domain.understanding.matcher import Hit, Reading

FOREIGN_ACTORS = frozenset({"us_forces", "irgc", "israel", "turkish_forces", "coalition"})
VIOLENT_GROUPS = frozenset({"act"})


def iraq_weight(hit: Hit) -> float:
    """How strongly words tell that a text is about Iraq."""
    meaning = hit.meaning
    if isinstance(meaning, Place):
        return 0.3 if hit.phrase.ambiguous else 1.0
    if isinstance(meaning, Country) and meaning.code == "IQ":
        return 1.0
    if (
        isinstance(meaning, Actor)
        and meaning.coarse not in FOREIGN_ACTORS | {"isis", "pkk"}
        and not hit.phrase.ambiguous
    ):
        return 0.8 if meaning.coarse else 0.3
    return 0.0


def armed_weight(hit: Hit) -> float:
    """Whether words name an armed party that is Marsad's business beyond Iraq's name: ISIS, PKK."""
    meaning = hit.meaning
    return float(
        isinstance(meaning, Actor) and meaning.coarse in ("isis", "pkk") and not hit.phrase.ambiguous
    )


def features(document: Document, reading: Reading, frames: Sequence[Frame]) -> dict[str, float]:
    """All features of a text; small numbers, most of them 0 to 2."""
    found: Counter[str] = Counter()
    title_iraq = body_iraq = title_armed = body_armed = title_foreign = body_foreign = 0.0
    for hit in reading.hits:
        title = hit.sentence == 0
        weight = iraq_weight(hit)
        if title:
            title_iraq += weight
            title_armed += armed_weight(hit)
        else:
            body_iraq += weight
            body_armed += armed_weight(hit)
        meaning = hit.meaning
        if isinstance(meaning, Country):
            if meaning.code != "IQ":
                share = 0.5 if meaning.kind == "people" else 1.0
                title_foreign += share * title
                body_foreign += share * (not title)
        elif isinstance(meaning, Concept) and meaning.group in ("act", "weapon", "sign", "topic", "target"):
            found[("t." if title else "b.") + hit.key] += 1
        elif isinstance(meaning, Actor) and meaning.coarse:
            found[("t.actor." if title else "b.actor.") + meaning.coarse] += 1
    vector = {name: _squash(count) for name, count in found.items()}
    vector["iraq.title"] = _squash(title_iraq)
    vector["iraq.body"] = _squash(body_iraq)
    vector["iraq.none"] = float(title_iraq + body_iraq == 0)
    vector["armed.title"], vector["armed.body"] = _squash(title_armed), _squash(body_armed)
    vector["foreign.title"], vector["foreign.body"] = _squash(title_foreign), _squash(body_foreign)
    own, other = 2 * title_iraq + body_iraq, 2 * title_foreign + body_foreign
    vector["iraq.share"] = own / (own + other) if own + other else 0.0
    vector["feed.iraq"] = float(document.feed_scope == "iraq")
    vector.update(_joint(reading))
    vector.update(_of_frames(frames))
    vector["short"] = float(len(reading.sentences) <= 1)
    return {k: v for k, v in vector.items() if v}


def _squash(count: float) -> float:
    """Counts flattened: 1, 1.6, 2 …"""
    return round(math.log2(1 + count), 3)


def _joint(reading: Reading) -> Mapping[str, float]:
    """What stands together in one sentence: Iraq with deeds, armed parties, security or topics."""
    joint: Counter[str] = Counter()
    for index in range(len(reading.sentences)):
        hits = reading.of(index)
        iraq = any(iraq_weight(h) >= 0.8 for h in hits)
        foreign = any(isinstance(h.meaning, Country) and h.meaning.code != "IQ" for h in hits)
        deed = any(h.group == "act" for h in hits)
        armed = any(h.group in ("actor", "weapon") for h in hits)
        security = any(h.key in _SECURITY for h in hits)
        where = "lead" if index <= 1 else "rest"
        if iraq:
            joint[f"iraq+deed.{where}"] += deed
            joint[f"iraq+armed.{where}"] += armed
            joint[f"iraq+security.{where}"] += security
            joint[f"iraq+deed-foreign.{where}"] += deed and not foreign
            joint[f"iraq+topic.{where}"] += any(h.group == "topic" for h in hits) and not deed
            joint[f"iraq+deed+toll.{where}"] += deed and any(h.group == "toll" for h in hits)
        elif foreign:
            joint[f"foreign+deed.{where}"] += deed
    return {name: _squash(count) for name, count in joint.items() if count}


_SECURITY = frozenset(
    "military troops security terrorism insurgency war weapons detainees sanctions militia militants pro_iran "
    "security_forces army police_force base embassy green_zone".split()
)


def _of_frames(frames: Sequence[Frame]) -> Mapping[str, float]:
    """How strong the strongest reported deeds are, and what speaks against their freshness."""
    if not frames:
        return {"frames.none": 1.0}
    best = max(frames, key=lambda f: f.strength)
    vector = {
        "frame.strength": max(-3.0, min(best.strength, 4.0)) / 2,
        "frame.strong": float(best.strength > 1.5),
        "frame.weak": float(best.strength < 0.3),
        "frame.count": _squash(sum(f.strength > 0.3 for f in frames)),
        "frame.dated": float(best.day is not None),
        "frame.placed": float(best.place is not None),
        "frame.toll": float(bool(best.tolls)),
        "frame.foreign": float(best.foreign),
        "frame.past": float(best.past),
        "frame.title": float(any(f.sentence == 0 and f.strength > 0.3 for f in frames)),
        "frame.lead": float(any(f.sentence == 1 and f.strength > 0.3 for f in frames)),
        "frame.quiet": float(best.quiet),
        "frame.generic": float(best.generic),
        f"type.{best.type}": 1.0,
    }
    for sign in best.signs:
        vector[f"frame.{sign}"] = 1.0
    return vector


_PLAIN = {
    "iraq.title": "the headline names Iraq",
    "iraq.body": "the text names Iraq or places in it",
    "iraq.none": "nothing in it names Iraq",
    "iraq.share": "Iraq's share among the countries named",
    "armed.title": "the headline names ISIS or the PKK",
    "armed.body": "the text names ISIS or the PKK",
    "foreign.title": "the headline names other countries",
    "foreign.body": "the text names other countries",
    "feed.iraq": "the feed is about Iraq",
    "frames.none": "no deed is reported",
    "frame.strength": "how concretely an event is reported",
    "frame.strong": "a concrete event is reported",
    "frame.weak": "no event is reported concretely",
    "frame.count": "number of sentences that report events",
    "frame.dated": "the event has a date",
    "frame.placed": "the event has a place in Iraq",
    "frame.toll": "dead or wounded are given",
    "frame.foreign": "the event lies in another country",
    "frame.past": "the event lies in the past",
    "frame.title": "the headline reports an event",
    "frame.lead": "the first sentence reports an event",
    "frame.quiet": "a move and no violence",
    "frame.generic": "only a general word for the deed",
    "short": "a headline without text",
}
_JOINT = {
    "iraq+deed": "Iraq and a deed in one sentence",
    "iraq+armed": "Iraq and an armed party in one sentence",
    "iraq+security": "Iraq and security affairs in one sentence",
    "iraq+deed-foreign": "a deed with Iraq and no other country",
    "iraq+topic": "Iraq beside another topic, no deed",
    "iraq+deed+toll": "Iraq, a deed and a toll in one sentence",
    "foreign+deed": "a deed in a sentence that names only other countries",
}


def reason(name: str, share: float, concepts: Mapping[str, Concept]) -> str:
    """A feature's part in the decision as a plain sentence."""
    side = "for" if share > 0 else "against"
    head, _, tail = name.partition(".")
    if name in _PLAIN:
        text = _PLAIN[name]
    elif head in _JOINT:
        text = _JOINT[head] + (" early on" if tail == "lead" else "")
    elif head == "type":
        text = f"type of event: {tail}"
    elif head == "frame":
        text = f"beside the event: {concepts[tail].says}" if tail in concepts else tail
    elif tail.startswith("actor."):
        text = f"{'headline' if head == 't' else 'text'} names {tail[6:].replace('_', ' ')}"
    else:
        text = f"{'headline' if head == 't' else 'text'} speaks of {concepts[tail].says if tail in concepts else tail}"
    return f"{side} ({share:+.1f}): {text}"
