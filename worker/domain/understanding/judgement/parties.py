"""Who did it, whom it hit and with what, as the odds correct what the rules read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from worker.domain.model import Event, Evidence
from worker.domain.understanding.assembly.draft import Draft
from worker.domain.understanding.judgement.model import Features
from worker.domain.understanding.judgement.odds import Models, Odds, chances, of_event, strongest
from worker.domain.understanding.words.meanings import Actor
from worker.domain.understanding.words.reading import Hit, Reading

SURE = 0.7
"""From this on what no rule read is taken to be said."""
UNLIKELY = 0.05
"""Below it what a rule read is left out."""
SPOKEN = 0.5
"""How much a word must speak for a party, a target or an arm that is not called by its name."""


def with_parties(
    reading: Reading, event: Event, draft: Draft, text: Features, odds: Odds, *, several: bool
) -> Event:
    """The event without the parties, targets and arms that its text makes unlikely, and with those it makes sure.

    What is added comes with the word that speaks for it; a party by name only where the text names it.
    """
    sentences = sorted({f.sentence for f in draft.frames})
    own = [h for i in sentences for h in reading.of(i)]
    seen = of_event(text, event.sub_event_type, own, several=several)
    words = own + [h for h in reading.hits if h.sentence not in sentences]
    fell = {name for f in draft.frames for name, hit in f.targets.items() if hit.start in f.fallen}
    found: dict[str, tuple[str, ...]] = {}
    spans = {e.field: e for e in event.evidence}
    for field in ("actors", "targets", "weapons"):
        models: Models = getattr(odds, field)
        likely = chances(models, seen)
        names = [n for n in getattr(event, field) if n in fell or likely.get(n, 1.0) >= UNLIKELY]
        for name, chance in sorted(likely.items(), key=lambda one: -one[1]):
            if chance <= SURE or name in names or _is_other(field, name, names, event, fell):
                continue
            hit = _told(words, name) or (None if name in _NAMED else strongest(models[name], words, SPOKEN))
            if hit is not None:
                names.append(name)
                spans.setdefault(field, Evidence(field, *reading.span(hit.start, hit.end)))
        if not names:
            spans.pop(field, None)
        found[field] = tuple(names)
    return replace(
        event,
        actors=found["actors"],
        targets=found["targets"],
        weapons=found["weapons"],
        suspected=tuple(a for a in event.suspected if a in found["actors"]),
        claimed_by=tuple(a for a in event.claimed_by if a in found["actors"]),
        evidence=tuple(spans.values()),
    )


def _is_other(field: str, name: str, names: Sequence[str], event: Event, fell: set[str]) -> bool:
    """Whether a party was hit and did nothing, or those who fell were in uniform and no civilians."""
    if field == "actors":
        return name in event.targets
    return name == "civilians" and bool(_UNIFORMED & fell & set(names))


_UNIFORMED = frozenset({"soldiers", "police", "peshmerga", "hashd"})


def _told(words: Sequence[Hit], name: str) -> Hit | None:
    """The first word that names a party, a target or an arm by its id."""
    return next((h for h in words if _name(h) == name), None)


def _name(hit: Hit) -> str:
    """The id that a word stands for: a party's coarse one, else its concept."""
    return hit.meaning.coarse if isinstance(hit.meaning, Actor) else hit.key


_NAMED = frozenset(
    {
        "asaib_ahl_al_haq",
        "badr",
        "coalition",
        "cts",
        "federal_police",
        "harakat_al_nujaba",
        "hashd",
        "iraqi_army",
        "irgc",
        "isis",
        "islamic_resistance_in_iraq",
        "israel",
        "kataib_hezbollah",
        "kataib_sayyid_al_shuhada",
        "peshmerga",
        "pkk",
        "saraya_al_salam",
        "turkish_forces",
        "us_forces",
    }
)
"""Parties that only their own name stands for."""
