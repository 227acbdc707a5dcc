"""The lexicon as queries see it: what words name, in whichever of its languages they are written."""

from __future__ import annotations

from dataclasses import dataclass, field

from worker.domain import vocabulary
from worker.domain.alerting.area import Point
from worker.domain.alerting.bind import Values
from worker.domain.alerting.words import readable
from worker.domain.model import Kind, Severity
from worker.domain.text.fold import fold_key
from worker.domain.understanding.words.lexicon import Lexicon
from worker.domain.understanding.words.matcher import read
from worker.domain.understanding.words.meanings import Actor, Concept, Place
from worker.domain.understanding.words.reading import Hit, Reading


@dataclass(slots=True)
class LexiconIndex:
    """A `ConceptIndex` and a `Gazetteer` over the real lexicon; remembers what it was asked."""

    lexicon: Lexicon
    _ids: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _covers: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _worded: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)

    def ids(self, phrase: str) -> frozenset[str]:
        """Find the concepts that a phrase names as a whole, or as a weapon with what is done with it."""
        key = fold_key(phrase)
        if key not in self._ids:
            self._ids[key] = self._named(phrase)
        return self._ids[key]

    def covers(self, concept: str) -> frozenset[str]:
        """Give an actor with its factions; anything else stands for itself alone."""
        if concept not in self._covers:
            kind, _, name = concept.partition(":")
            below = {concept}
            if kind == "actor":
                below |= {f"actor:{one.id}" for one in self.lexicon.actors.values() if self._under(one, name)}
            self._covers[concept] = frozenset(below)
        return self._covers[concept]

    def worded_by(self, concept: str) -> frozenset[str]:
        """Give what in a text shows this: for a term the concepts and actors that carry it."""
        if concept not in self._worded:
            shown = set(self.covers(concept))
            shown |= {one.id for one in self.lexicon.concepts.values() if concept in one.terms}
            shown |= {f"actor:{one.id}" for one in self.lexicon.actors.values() if one.term == concept}
            self._worded[concept] = frozenset(shown)
        return self._worded[concept]

    def label(self, concept: str) -> str:
        """Say it in English."""
        kind, _, name = concept.rpartition(":")
        if kind == "actor":
            actor = self.lexicon.actors.get(name)
            return actor.name if actor else vocabulary.ACTORS.get(name, readable(concept))
        if kind == "place":
            place = self.lexicon.places.get(name)
            return place.name if place else readable(concept)
        known = self.lexicon.concepts.get(concept)
        return known.says if known else vocabulary.TERMS.get(concept, readable(concept))

    def point(self, name: str) -> Point | None:
        """Find a place of the gazetteer by its name in any language."""
        for identifier in sorted(self.ids(name)):
            place = self.lexicon.places.get(identifier.removeprefix("place:"))
            if identifier.startswith("place:") and place and place.lat is not None and place.lon is not None:
                return place.lat, place.lon
        return None

    def values(self) -> Values:
        """List what the closed fields of queries take."""
        return Values(
            {
                "type": (*vocabulary.SUB_EVENT_TYPES, *vocabulary.EVENT_TYPES),
                "actor": tuple(dict.fromkeys((*vocabulary.ACTORS, *self.lexicon.actors))),
                "target": tuple(vocabulary.TARGETS),
                "weapon": tuple(vocabulary.WEAPONS),
                "term": tuple(vocabulary.TERMS),
                "governorate": tuple(vocabulary.GOVERNORATES),
                "lang": tuple(self.lexicon.tongues),
                "kind": tuple(kind.value for kind in Kind),
                "severity": tuple(severity.value for severity in Severity),
            }
        )

    def _under(self, actor: Actor, name: str) -> bool:
        """Whether an actor is the named one or one of its factions."""
        if actor.coarse == name:
            return True
        seen: set[str] = set()
        at: Actor | None = actor
        while at is not None and at.id not in seen:
            if at.id == name:
                return True
            seen.add(at.id)
            at = self.lexicon.actors.get(at.parent)
        return False

    def _named(self, phrase: str) -> frozenset[str]:
        whole: set[str] = set()
        made_of: set[str] = set()
        for tongue in self.lexicon.tongues.values():
            reading = read(phrase, tongue)
            hits = [hit for hit in reading.hits if isinstance(hit.meaning, Concept | Actor | Place)]
            size = len(reading.starts)
            whole |= {hit.key for hit in hits if hit.first == 0 and hit.last == size}
            made_of |= _composed(hits, reading)
        ids = whole or made_of
        terms = frozenset(term for key in ids for term in self._terms(key))
        # Understanding says of terms alone whether a text really speaks of them or only drops the word.
        return terms or frozenset(ids)

    def _terms(self, key: str) -> set[str]:
        """Give the watch term that a concept or actor is: `abduction` is `kidnapping`, `Hashd` is `hashd`."""
        concept = self.lexicon.concepts.get(key)
        if concept is None:
            name = key.removeprefix("actor:")
            return {name} if key.startswith("actor:") and name in vocabulary.TERMS else set()
        certain = (
            concept.group == "act" and not concept.generic and not concept.soft and len(concept.terms) == 1
        )
        return {term for term in concept.terms if certain or term == concept.id}


def _composed(hits: list[Hit], reading: Reading) -> set[str]:
    """A weapon and a deed that fill the phrase together (`tir de roquette`) name the weapon's terms."""
    covered = {word for hit in hits for word in range(hit.first, hit.last)}
    meanings = [hit.meaning for hit in hits if isinstance(hit.meaning, Concept)]
    weapons = [one for one in meanings if one.group == "weapon"]
    deeds = [one for one in meanings if one.group == "act" and one.generic]
    if not weapons or not deeds or len(covered) < len(reading.starts):
        return set()
    return {term for weapon in weapons for term in weapon.terms}
