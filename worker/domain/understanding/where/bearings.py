"""How a sentence relates a place to its deed: in it, near it, off it, from it, or only in somebody's title.

Where a deed happened is told by *in* or *at*. A bearing ("north of"), a neighbour ("near"), an origin, a
title ("the emir of Mosul"), a hospital's town and a government's name only stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from worker.domain.understanding.counting.numbers import number_words
from worker.domain.understanding.where.datelines import BUREAUS, datelined
from worker.domain.understanding.where.destinations import is_bound_for
from worker.domain.understanding.words.meanings import Country, Place, is_vast
from worker.domain.understanding.words.phrases import Word, normal
from worker.domain.understanding.words.reading import Hit, Reading, Row
from worker.domain.understanding.words.tongue import Tongue

COMMAS = frozenset(",،؛:")
_MARKS = ("near", "distance", "from_place", "title_of", "meant_for")
_INSIDE = ("in_place", "at_place")


@dataclass(frozen=True, slots=True)
class Bearing:
    """What a sentence says of a place beside its name."""

    near: bool
    landmark: bool
    aside: bool
    speaker: bool
    inside: bool
    off: bool
    """A direction or a distance is counted from it."""


_SOURCE = 6
"""Words between "according to" and the town of those who say it."""
_TOWNS = frozenset({"town", "district", "subdistrict", "village"})


class Bearings:
    """The words of one sentence that relate places to deeds."""

    def __init__(self, reading: Reading, hits: Row, tongue: Tongue) -> None:
        self.reading, self.hits = reading, hits
        self.behind = tongue.grammar.attributes_first
        self.verb_final = tongue.grammar.verb_final
        self.marks = hits.of(*_MARKS)
        self.inner = hits.of(*_INSIDE)
        self.taken = hits.of("taken_to", "fled_to")
        self.wards = hits.of("hospital") if all(h.key in _OF_THE_DEAD for h in hits.deeds) else []
        self.ands = number_words(tongue).joins
        self.clitics = _forms(tongue, "in_clitics")
        endings = tongue.data.get("place_endings") or {}
        self.of_place = {normal(e) for e in endings.get("in") or ()}
        self.of_origin = {normal(e) for e in endings.get("from") or ()}
        self.of_natives = {normal(e) for e in endings.get("native") or ()}
        self.nouns = self._nouns() if self.marks or self.inner else set[int]()
        trips = tongue.data.get("journeys") or {}
        self.leaves = frozenset(normal(w) for w in trips.get("from") or ())
        self.bound = frozenset(normal(w) for w in trips.get("to") or ())
        self.to_place = {normal(e) for e in endings.get("to") or ()}

    def of(self, hit: Hit) -> Bearing:
        """What the sentence says of a place that it names."""
        told = {h.key for h in self.marks if self._touches(h, hit)}
        tail = self._tail(hit) if self.of_place or self.of_origin or self.of_natives else ""
        speaker = self._speaks(hit) or any(
            h.first <= hit.first and hit.last <= h.last for h in self.hits.of("remonstrance")
        )  # "as Baghdad protests the raid"
        desk = isinstance(hit.meaning, Place) and hit.meaning.id in BUREAUS
        if not desk and "from_place" in told and self._said_behind(hit):
            told, speaker = told - {"from_place"}, True  # "residents of Mosul said ten died in a strike"
        aside = "from_place" in told and not (self._of_a_thing(hit) or self._led_from(hit))
        aside = aside or datelined(hit, self.reading)
        aside = aside or (speaker and desk)
        aside = aside or any(self._leads_to(h, hit) for h in self.taken) or tail in self.of_natives
        aside = aside or any(h.last == hit.first or self._owns_ward(hit, h) for h in self.wards)
        aside = aside or _far_end(hit, self.hits)  # of two ends the first stands for what lies between
        aside = aside or self._of_a_way(hit)
        off = "distance" in told or "meant_for" in told or self._bears(hit)
        landmark = aside or speaker or off or "title_of" in told or tail in self.of_origin
        landmark = landmark or is_bound_for(hit, self.hits)
        inside = not (landmark or told) and (tail in self.of_place or self._inside(hit))
        return Bearing("near" in told, landmark, aside, speaker, inside, off)

    def _owns_ward(self, hit: Hit, ward: Hit) -> bool:
        """Whether a hospital's word follows a town at once or behind its name: "a source at Amarah's Sadr hospital"."""
        gap = ward.first - hit.last
        owned = self.reading.between(hit.last - 1) in _APOSTROPHES
        return gap == 0 or (owned and 0 < gap <= _WARD and not self._comma(hit.last, ward.first))

    def _of_a_way(self, hit: Hit) -> bool:
        """Whether a dash joins the place to another: a line or a road from one to the other, whose first end stands for it.

        Neither does where the sentence names a place besides: "the Kirkuk–Qayyarah line, south of Hawija".
        """
        places = self.hits.places
        before = any(p.last == hit.first and self._dashed(p.last - 1) for p in places)
        behind = next((p for p in places if p.first == hit.last and self._dashed(hit.last - 1)), None)
        if before:
            return True
        return behind is not None and any(p.first >= behind.last or p.last < hit.first for p in places)

    def _dashed(self, at: int) -> bool:
        """Whether nothing but a dash, no blanks around it, stands behind a word."""
        return self.reading.between(at) in _DASHES

    def _bears(self, hit: Hit) -> bool:
        """Whether a town's alias holds the bearing from it: Arabic *shamali al-Hilla*, whose bare name is a word."""
        town = isinstance(hit.meaning, Place) and hit.meaning.type in _TOWNS
        return town and any(h.first == hit.first and h.last < hit.last for h in self.hits.of("distance"))

    def leads_on(self, first: int, last: int) -> bool:
        """Whether words between two places only say that a road goes on to the second."""
        row = range(first, last)
        if not 1 <= len(row) <= 2 or any(i in self.nouns for i in row) or self._comma(first - 1, last):
            return False
        return not any(first <= h.first < last for h in self.hits)

    def travels(self, start: Hit, end: Hit) -> bool:
        """Whether somebody was on the way from one place to the next: "a convoy from Kirkuk to Mosul"."""
        apart = end.first - start.last
        if not 0 <= apart <= _STEP or self._comma(start.last - 1, end.first):
            return False
        if self.to_place:
            return self._tail(start) in self.of_origin and self._tail(end) in self.to_place
        before, to = start.first - 1, end.first - 1
        while before >= 0 and before in self.nouns and self.reading.word(before) not in self.leaves:
            before -= 1
        while to >= start.last and to in self.nouns and self.reading.word(to) not in self.bound:
            to -= 1
        if (
            before < 0
            or to < start.last
            or any(h.last in (before, before + 1) for h in self.hits.of("distance"))
        ):
            return False  # "south of Baghdad and a camp in Qaim" is a bearing
        return self.reading.word(before) in self.leaves and self.reading.word(to) in self.bound

    def parts(self, first: int, last: int) -> bool:
        """Whether words part two places that are no list, and both belong to one deed."""
        row = range(first, last)
        if not row or any(
            first <= h.first < last for h in self.hits.of("clause", "clause_strong", "and_also")
        ):
            return False
        if self.reading.word(last - 1) in self.ands and (len(row) == 1 or self._comma(first - 1, first)):
            return False  # "in A, a hill without a name and B"
        return len(row) <= 2 or not self._comma(first - 1, last)

    def _comma(self, first: int, last: int) -> bool:
        """Whether a comma stands behind one of the words [first, last)."""
        return any(set(self.reading.between(i)) & COMMAS for i in range(first, last))

    def _nouns(self) -> set[int]:
        """The words that only say what kind of place follows, the *s* and the article of "Iraq's al-Qaim" too."""
        nouns = {i for h in self.hits if h.key == "place_noun" or _iraqs(h) for i in range(h.first, h.last)}
        for _ in range(2):
            nouns |= {
                i + 1
                for i in nouns
                if i + 1 < len(self.reading.starts) and len(self.reading.word(i + 1)) <= 2
            }
        return nouns

    def _touches(self, mark: Hit, hit: Hit) -> bool:
        """Whether a mark speaks of a place; one farther off does not where "in" stands between."""
        if self.behind:
            if self._tail(hit) in self.of_place and any(
                hit.last <= p.first < mark.first for p in self.hits.places
            ):
                return False  # "in the desert Karbala-bound": the mark is the other place's
            if any(hit.last <= h.first < mark.first for h in self.inner):
                return False  # "in the district *between* two clans"
            return 0 <= mark.first - hit.last <= 1 + self._measured(hit.last, mark.first)
        first = self._row_start(hit)
        if not 0 <= first - mark.last <= 1 + _skipped(mark.last, first, self.nouns):
            return False
        return mark.last == hit.first or not any(mark.last <= h.first < hit.first for h in self.inner)

    def _row_start(self, hit: Hit) -> int:
        """The first word of a place, or of the other country that it is joined to: "on its way to Iran and Iraq"."""
        if not _iraqs(hit) and not (isinstance(hit.meaning, Place) and is_vast(hit.meaning)):
            return hit.first
        link = next((h for h in self.hits.of("clause") if h.last == hit.first), None)
        if link is None:
            return hit.first
        return next((h.first for h in self.hits.countries if h.last == link.first), hit.first)

    def _measured(self, first: int, last: int) -> int:
        """How many words only measure a distance behind a place: Turkish *Musul(un 30 kilometre) güneyinde*."""
        if last - first > 5:
            return 0
        units = {i for h in self.hits.of("ordinal_unit") for i in range(h.first, h.last)}
        row = range(first, last)
        words = [self.reading.word(i) for i in row]
        fits = all(w.isdigit() or len(w) <= 3 or i in units for i, w in zip(row, words, strict=True))
        return len(row) if fits else 0

    def _inside(self, hit: Hit) -> bool:
        """Whether "in" or "at" governs a place."""
        if self.clitics and any(w in self.clitics for w in self._heads(hit)):
            return True
        if self.behind:
            return any(h.first == hit.last for h in self.inner)
        return any(
            0 <= hit.first - h.last <= 1 + _skipped(h.last, hit.first, self.nouns)
            and not self._of_people(h.last, hit.first)
            for h in self.inner
        )

    def _of_people(self, first: int, last: int) -> bool:
        """Whether the word between "in" and a place tells who is of it: "an officer in the police of Ramadi"."""
        groups = ("target", "actor")
        return last > first and any(
            first <= h.first and h.last <= last for g in groups for h in self.hits.groups.get(g, ())
        )

    def _heads(self, hit: Hit) -> Iterable[str]:
        """What may be joined before the first word of a name."""
        word, first = self.reading.word(hit.first), hit.phrase.parts[0]
        if not isinstance(first, Word) or word in first.forms:
            return ()
        return (word[: -len(f)] for f in first.forms if word.endswith(f))

    def _tail(self, hit: Hit) -> str:
        """The ending of a place's last word, joined to it or behind an apostrophe."""
        word, last = self.reading.word(hit.last - 1), hit.phrase.parts[-1]
        if not isinstance(last, Word):
            return ""
        if word in last.forms:
            gap = self.reading.between(hit.last - 1)
            return self.reading.word(hit.last) if gap in _APOSTROPHES else ""
        return next((word[len(f) :] for f in last.forms if word.startswith(f)), "")

    def _of_a_thing(self, hit: Hit) -> bool:
        """Whether the place only tells where a house is that somebody was taken from: "from his Baghdad home"."""
        return any(h.first == hit.last for h in self.hits.groups.get("target", ()))

    def _led_from(self, hit: Hit) -> bool:
        """Whether somebody was seized there: "led them away from their camp on the shore of Lake Tharthar"."""
        seized = self.hits.of("abduction", "led_away")
        marks = [m for m in self.marks if m.key == "from_place" and self._touches(m, hit)]
        return any(
            0 <= m.first - s.last <= _SEIZED
            and not any(s.last <= c.first < m.first for c in self.hits.of("side_clause"))
            for m in marks
            for s in seized
        )

    def _leads_to(self, mark: Hit, hit: Hit) -> bool:
        """Whether a place is where the wounded were taken: "rushed to a hospital in Erbil", or stands inside such words.

        They are around it where the verb ends the sentence: Persian *be bimarestan-e Dohuk enteqal yaft*.
        """
        if mark.first < hit.first and hit.last < mark.last:
            return True
        low, high = (hit.last, mark.first) if self.behind else (mark.last, hit.first)
        if not 0 <= high - low <= 6 or self._comma(low, high):
            return False
        return not any(low <= h.first < high for h in self.hits.deeds)

    def _speaks(self, hit: Hit) -> bool:
        """Whether the place stands for its government or for where somebody spoke: police in Baquba said.

        A comma between parts them: in "killed in Mosul, officials said" the deed is in Mosul.
        """
        if self._source_opens(hit) or self._source_closes(hit):
            return True
        if any(h.last == hit.first for h in self.hits.of("at_place")):
            return False
        desk = isinstance(hit.meaning, Place) and hit.meaning.id in BUREAUS
        if desk and (self._said_in(hit) or (self.verb_final and self._says_at_last(hit))):
            return True
        if desk and any(0 <= hit.first - h.last <= 1 for h in self.hits.of("government")):
            return True  # "according to the government in Baghdad"
        if any(h.first <= hit.last and 0 <= hit.first - h.last <= 2 for h in self.hits.of("remonstrance")):
            return True  # "the official protests of Baghdad"
        if any(h.first < hit.first < h.last for h in self.hits.of("remonstrance")):
            return True  # "despite Baghdad's protests"
        if set(self.reading.between(hit.last - 1)) & COMMAS:
            return False
        return any(
            h.key in _SPEECH and (h.first == hit.last or self._of_two_seats(hit, h)) for h in self.hits
        )

    def _of_two_seats(self, hit: Hit, speech: Hit) -> bool:
        """Whether a bureau's town is the first or the second of two that speak: "Baghdad and Erbil trade blame"."""
        if not (isinstance(hit.meaning, Place) and hit.meaning.id in BUREAUS) or self._inside(hit):
            return False
        if not self._comma(hit.last, speech.first) and 0 <= speech.first - hit.last <= 1:
            return True
        behind = next((p for p in self.hits.places if 0 < p.first - hit.last <= 1), None)
        joined = behind is not None and any(
            self.reading.word(i) in self.ands or behind.first == hit.last
            for i in range(hit.last, behind.first)
        )
        return joined and behind is not None and 0 <= speech.first - behind.last <= 1

    def _source_opens(self, hit: Hit) -> bool:
        """Whether a sentence opens with its source, a comma behind it: "according to doctors in Hilla, four died"."""
        start = self.reading.sentences[hit.sentence][0]
        said = [h for h in self.hits.of("said") if h.first <= start + 1 and h.last <= hit.first]
        if not said or hit.first - said[0].last > _SOURCE or not self._comma(hit.last - 1, hit.last):
            return False
        if self._comma(said[0].first, hit.first):
            return False
        told = ("act", "toll", "weapon")
        return not any(said[0].last <= h.first < hit.first for g in told for h in self.hits.groups.get(g, ()))

    def _source_closes(self, hit: Hit) -> bool:
        """Whether a sentence ends with its source behind a comma: French *..., selon la police de Kout*."""
        end = self.reading.sentences[hit.sentence][1]
        if hit.last < end or len(self.hits.places) < 2:
            return False
        said = [h for h in self.hits.of("said") if 0 < hit.first - h.last <= _SOURCE and h.first > 0]
        if not said or not self._comma(said[-1].first - 1, said[-1].first):
            return False
        told = ("act", "toll", "weapon")
        return not any(
            said[-1].last <= h.first < hit.first for g in told for h in self.hits.groups.get(g, ())
        )

    def _said_behind(self, hit: Hit) -> bool:
        """Whether a verb of saying follows a place at once."""
        said = self.hits.of("said")
        return any(h.first == hit.last for h in said) and not self._comma(hit.last - 1, hit.last)

    def _says_at_last(self, hit: Hit) -> bool:
        """Whether a government opens a sentence whose last word says what it did: Turkish *Bağdat ... kınadı*."""
        first, last = self.reading.sentences[hit.sentence]
        if hit.first != first or self._tail(hit):
            return False
        return any(h.key in _SPEECH and last - h.last <= 1 for h in self.hits)

    def _said_in(self, hit: Hit) -> bool:
        """Whether somebody spoke in a bureau's town: "a spokesman said in Baghdad"."""
        said = [h for h in self.hits.of("said") if 0 <= hit.first - h.last <= 4]
        if not said or not self._inside(hit) or len(self.hits.places) < 2:
            return False
        last = said[-1].last
        if self._comma(last - 1, hit.first):
            return False
        told = ("act", "toll", "weapon", "target")
        return not any(last <= h.first < hit.first for g in told for h in self.hits.groups.get(g, ()))


_WARD = 2
"""Words between a town's *s* and the hospital's name."""
_SEIZED = 3
"""Words between "led away", "kidnapped" and "from"."""
_OF_THE_DEAD = frozenset({"kill", "hit"})
"""Deeds that tell who fell and not what was struck: then a hospital's town is where the hurt lie."""
_DASHES = frozenset("-–—")
_STEP = 4
"""Words that may stand between the two ends of a journey."""
_APOSTROPHES = ("'", "’", "‘", "ʼ")
_SPEECH = frozenset({"said", "blame", "condemn", "denial", "warning", "remonstrance"})


def _forms(tongue: Tongue, key: str) -> frozenset[str]:
    """A list of the language file in normal form."""
    return frozenset(normal(f) for f in tongue.data.get(key) or ())


def _far_end(hit: Hit, hits: Row) -> bool:
    """Whether the place is the second of two that a deed lies between: "on the road between Baghdad and Najaf"."""
    for mark in hits.of("mutual"):
        if 1 <= hit.first - mark.last <= 5:
            near = [h for h in hits.places if mark.last <= h.first < hit.first]
            if near and 0 <= hit.first - max(h.last for h in near) <= 1:
                return True
    return False


def _iraqs(hit: Hit) -> bool:
    """Whether words name Iraq, as in "from Iraq's Qaim"."""
    return isinstance(hit.meaning, Country) and hit.meaning.code == "IQ"


def _skipped(first: int, last: int, nouns: set[int]) -> int:
    """How many words of a row that only say what kind of place follows: "from (the holy city of) Najaf"."""
    row = range(first, last)
    return len(row) if 1 < len(row) <= 6 and all(i in nouns for i in row) else 0
