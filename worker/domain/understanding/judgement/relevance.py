"""Relevance and kind: the features that the linear models weigh, and the reasons in plain English.

A feature is a count or a sign that holds in any language: what the headline names, which deeds stand in
a sentence with an Iraqi place, how much of the text is about other countries, sport or a trial.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from worker.domain.model import Document
from worker.domain.understanding.judgement.pairing import is_pair, pairing
from worker.domain.understanding.judgement.wording import is_word, wording
from worker.domain.understanding.sentence.frame import Frame
from worker.domain.understanding.sentence.stale import UNREAL
from worker.domain.understanding.words.meanings import Actor, Country, Meaning, Place
from worker.domain.understanding.words.reading import Hit, Reading


def features(document: Document, reading: Reading, frames: Sequence[Frame]) -> dict[str, float]:
    """All features of a text; small numbers, most of them 0 to 2.

    They are families of concepts in the headline and the first sentence, what stands together in one
    sentence, the deeds that were found, pairs and the opening's words. Concepts of the later paragraphs are
    left out: tried, they made unseen items no better, and long articles worse.
    """
    family: dict[str, int] = {}
    title = reading.title
    for hit in reading.hits:
        sentence = hit.sentence - title + 1
        for name in _zoned(hit.meaning)[0 if sentence <= 0 else 1 if sentence == 1 else 2]:
            family[name] = family.get(name, 0) + 1
    vector = {name: _squash(count) for name, count in family.items() if not name.endswith(".rest")}
    vector.update(_balance(reading, family))
    vector["years.war"] = float(document.published is not None and document.published.year <= 2011)
    vector["years.isis"] = float(document.published is not None and 2014 <= document.published.year <= 2017)
    vector["feed.iraq"] = float(document.feed_scope == "iraq")
    vector.update(_joint(reading))
    vector.update(_of_frames(frames))
    vector.update(_freshness(document.published, reading, frames))
    vector["short"] = float(len(reading.sentences) <= 1)
    return {k: v for k, v in vector.items() if v} | pairing(reading) | wording(reading)


def is_small(name: str) -> bool:
    """Whether a feature is one of the many that each tell little: a word or a pair."""
    return is_word(name) or is_pair(name)


def concepts_alone(vector: Mapping[str, float]) -> dict[str, float]:
    """The features without words and pairs: what the model of incidents is fitted on."""
    return {name: value for name, value in vector.items() if not is_small(name)}


def _zone(sentence: int) -> str:
    """Headline, first sentence, or the rest."""
    return "title" if sentence <= 0 else "lead" if sentence == 1 else "rest"


_Zoned = tuple[tuple[str, ...], ...]
_ZONED: dict[int, tuple[Meaning, _Zoned]] = {}
"""By the identity of a meaning, which is kept beside it: comparing meanings costs more than what is remembered."""
_MEANINGS = 20_000


def _zoned(meaning: Meaning) -> _Zoned:
    """The families of a meaning in headline, first sentence and the rest."""
    known = _ZONED.get(id(meaning))
    if known is None:
        known = meaning, tuple(tuple(f"{name}.{zone}" for name in _families(meaning)) for zone in ZONES)
        if len(_ZONED) >= _MEANINGS:
            _ZONED.clear()
        _ZONED[id(meaning)] = known
    return known[1]


def _families(meaning: Meaning) -> list[str]:
    """The families that words of a meaning belong to."""
    if isinstance(meaning, Place):
        return ["place"]
    if isinstance(meaning, Country):
        if meaning.code == "IQ":
            return ["iraqi" if meaning.kind == "people" else "iraq"]
        return ["foreigner" if meaning.kind == "people" else "abroad"]
    if isinstance(meaning, Actor):
        return [f"party.{_party(meaning.coarse)}"] if meaning.coarse else []
    if meaning.group == "topic":
        return ["topic", f"topic.{meaning.id}"]
    if meaning.group == "act":
        if meaning.id == "no_deed":
            return []
        return ["deed.quiet" if meaning.quiet else "deed.general" if meaning.generic else "deed"]
    if meaning.group == "weapon":
        return ["weapon"]
    if meaning.group == "toll":
        return ["toll"]
    if meaning.id in _SECURITY:
        return ["security"]
    if meaning.id in _STALE:
        return ["stale"]
    if meaning.id in _POSTURE:
        return ["posture", f"affairs.{meaning.id}"]
    if meaning.id in ("government", "graft", "war_figures", "sovereignty", "live_report"):
        return [f"affairs.{meaning.id}"]
    return []


def _party(coarse: str) -> str:
    """The camp of an actor."""
    if coarse in ("isis", "pkk", "us_forces", "irgc", "israel", "turkish_forces", "coalition"):
        return coarse
    if coarse in ("iraqi_army", "federal_police", "cts", "iraqi_forces", "peshmerga"):
        return "state"
    return "faction" if coarse else "other"


def _balance(reading: Reading, family: Mapping[str, int]) -> dict[str, float]:
    """Iraq against the rest of the world: in the headline, in what is named first, over all."""
    own = {
        z: sum(family.get(f"{n}.{z}", 0) for n in ("place", "iraq", "iraqi", "party.state", "party.faction"))
        for z in ZONES
    }
    firm = {z: sum(family.get(f"{n}.{z}", 0) for n in ("place", "iraq")) for z in ZONES}
    other = {z: family.get(f"abroad.{z}", 0) for z in ZONES}
    first = next((h for h in reading.hits if isinstance(h.meaning, Place | Country) and _settles(h)), None)
    iraq_first = first is not None and (isinstance(first.meaning, Place) or first.meaning.code == "IQ")  # type: ignore[union-attr]
    total_own, total_other = sum(own.values()), sum(other.values())
    countries = {h.meaning.code for h in reading.hits if isinstance(h.meaning, Country) and _settles(h)}
    title_deed = sum(family.get(f"{n}.title", 0) for n in ("deed", "deed.general", "weapon"))
    armed = sum(family.get(f"party.{p}.{z}", 0) for p in ("isis", "pkk", "faction") for z in ZONES)
    return {
        "own.title": float(own["title"] > 0),
        "own.title-abroad": float(own["title"] > 0 and not other["title"]),
        "abroad.title-own": float(other["title"] > 0 and not own["title"]),
        "own.both": float(own["title"] > 0 and own["lead"] > 0),
        "own.late": float(not own["title"] and not own["lead"] and total_own > 0),
        "own.none": float(total_own == 0),
        "firm.none": float(sum(firm.values()) == 0),
        "iraqi.only": float(sum(firm.values()) == 0 and total_own > 0),
        "first.iraq": float(iraq_first),
        "first.abroad": float(first is not None and not iraq_first),
        "share": total_own / (total_own + total_other) if total_own + total_other else 0.0,
        "countries": _squash(len(countries - {"IQ"})),
        "countries.many": float(len(countries - {"IQ"}) >= 4),
        "own.title*deed": float(own["title"] > 0 and title_deed > 0),
        "own.title*security": float(own["title"] > 0 and family.get("security.title", 0) > 0),
        "own.title*topic": float(own["title"] > 0 and family.get("topic.title", 0) > 0 and not title_deed),
        "own.title*calm": float(own["title"] > 0 and not title_deed and not family.get("security.title", 0)),
        "calm": float(
            not any(
                family.get(f"{n}.{z}", 0)
                for n in ("deed", "security", "weapon", "deed.general")
                for z in ZONES
            )
        ),
        "armed*own": float(armed > 0 and total_own > 0),
        "iraqi.abroad": float(
            sum(firm.values()) == 0 and total_own > 0 and sum(other.values()) > 0 and title_deed > 0
        ),
        "topic.heavy": float(sum(family.get(f"topic.{z}", 0) for z in ZONES) >= 4),
    }


ZONES = ("title", "lead", "rest")


def _settles(hit: Hit) -> bool:
    """Whether words settle where a text is set: names and places, no demonyms."""
    return isinstance(hit.meaning, Place) or (
        isinstance(hit.meaning, Country) and hit.meaning.kind != "people"
    )


def _squash(count: int) -> float:
    """Counts flattened and capped: 1, 1.6, 2; a long text must not weigh more than a clear one."""
    return _FLAT[min(count, 3)]


_FLAT = tuple(round(math.log2(1 + count), 3) for count in range(4))


def _joint(reading: Reading) -> Mapping[str, float]:
    """What stands together in one sentence: Iraq with deeds, armed parties, security or topics."""
    joint: Counter[str] = Counter()
    for index in range(len(reading.sentences)):
        where = _zone(index - reading.title + 1)
        if where == "rest":
            break  # later sentences count for nothing here
        hits = reading.of(index)
        iraq = any(h.iraq >= 0.8 for h in hits)
        foreign = any(
            isinstance(h.meaning, Country) and h.meaning.code != "IQ" and h.meaning.kind != "people"
            for h in hits.countries
        )
        deed = "act" in hits.groups
        parties = (h.meaning for h in hits.actors)
        armed = "weapon" in hits.groups or any(isinstance(m, Actor) and m.kind != "person" for m in parties)
        security = not hits.keys.isdisjoint(_SECURITY)
        if iraq:
            joint[f"iraq+deed.{where}"] += deed
            joint[f"iraq+armed.{where}"] += armed
            joint[f"iraq+security.{where}"] += security
            joint[f"iraq+deed-foreign.{where}"] += deed and not foreign
            joint[f"iraq+topic.{where}"] += "topic" in hits.groups and not deed
            joint[f"iraq+deed+toll.{where}"] += deed and "toll" in hits.groups
        elif foreign:
            joint[f"foreign+deed.{where}"] += deed
    return {name: _squash(count) for name, count in joint.items() if count}


_STALE = frozenset(
    [
        "anniversary",
        "trial",
        "drill",
        "analysis",
        "background",
        "condemn",
        "warning",
        "plan",
        "denial",
        "nothing_happened",
    ]
)
_POSTURE = frozenset(
    ["emergency", "intervention", "posture", "travel_alert", "separatism", "peace_process", "abuse"]
)
"""Affairs that make politics security politics, each weighed by itself."""
_SECURITY = frozenset(
    [
        "military",
        "troops",
        "security",
        "terrorism",
        "insurgency",
        "war",
        "weapons",
        "detainees",
        "sanctions",
        "militia",
        "militants",
        "pro_iran",
        "security_forces",
        "army",
        "police_force",
        "base",
        "embassy",
        "green_zone",
    ]
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
        "frame.concrete": float(any(f.day and f.place and f.strength > 1.5 and not f.past for f in frames)),
        "frame.dated": float(best.day is not None),
        "frame.placed": float(best.place is not None),
        "frame.toll": float(bool(best.tolls)),
        "frame.foreign": float(best.foreign),
        "frame.past": float(best.past),
        "frame.title": float(any(f.title and f.strength > 0.3 for f in frames)),
        "frame.lead": float(any(f.lead and f.strength > 0.3 for f in frames)),
        "frame.quiet": float(best.quiet),
        "frame.generic": float(best.generic),
        f"type.{best.type}": 1.0,
    }
    for sign in best.signs:
        vector[f"frame.{sign}"] = 1.0
    return vector


_DOUBT = (_STALE | {"investigation", "toll_background"}) - {"plan"}


def _freshness(published: datetime | None, reading: Reading, frames: Sequence[Frame]) -> Mapping[str, float]:
    """Whether any deed stands free of signs against it, and how long before publication deeds lie."""
    heads = {h.sentence - reading.title + 1 for h in reading.hits if h.key in UNREAL}
    head = float(any(s <= 0 for s in heads)) + float(1 in heads)
    clean = [f for f in frames if not (f.past or f.foreign or f.future or f.signs & _DOUBT)]
    ages = [(published.date() - f.day).days for f in frames if published and f.day]
    recent = [f for f in clean if published and f.day and 0 <= (published.date() - f.day).days <= WEEK]
    old = [age > MONTH for age in ages] + [True for f in frames if f.past]
    return {
        "stale.head": head,
        "stale.head-clean": float(head > 0 and not clean),
        "stale.head-recent": float(head > 0 and not recent),
        "stale.share": sum(bool(f.signs & _DOUBT) for f in frames) / len(frames) if frames else 0.0,
        "fresh.none": float(bool(frames) and not clean),
        "fresh.placed": float(any(f.place and not f.generic for f in clean)),
        "fresh.recent": float(bool(recent)),
        "fresh.recent-placed": float(any(f.place for f in recent)),
        "fresh.title": float(any(f.title and not f.generic for f in clean)),
        "fresh.lead": float(any(f.lead and not f.generic for f in clean)),
        "fresh.old": float(any(old)),
        "fresh.all-old": float(bool(old) and all(old)),
    }


WEEK, MONTH = 7, 30
"""Days."""
