"""Several places of one deed: "in Basra, Najaf and Karbala", "on a depot in A, south of B, and on a camp in C".

What stands between two of them may only say what was hit there and where it lies; a deed, a party or
somebody hurt there begins something else.
"""

from __future__ import annotations

from collections.abc import Sequence

from worker.domain.understanding.counting.numbers import number_words
from worker.domain.understanding.sentence.frame import Scene
from worker.domain.understanding.where.bearings import COMMAS
from worker.domain.understanding.where.places import EXACTNESS, Located
from worker.domain.understanding.where.whereabouts import within
from worker.domain.understanding.words.meanings import Place
from worker.domain.understanding.words.reading import Hit, Row


def beside(scene: Scene, chosen: Located, found: Sequence[Located], hits: Row) -> tuple[Located, ...]:
    """The places that are listed with the chosen one: "in Basra, Najaf and Karbala".

    A province may stand behind each: "at Ain al-Asad in Anbar and another base in Erbil".
    """
    behind = scene.tongue.grammar.attributes_first
    row = sorted((one for one in found if not one.landmark and one.exactness >= 2), key=lambda one: one.first)
    if chosen not in row:
        return ()
    at = row.index(chosen)
    listed: list[Located] = []
    for step in (-1, 1):
        here, reach = at, 2
        last = row[at]
        while 0 <= here + step < len(row):
            one = row[here + step]
            low, high = sorted((last, one), key=lambda one: one.first)
            joint = _joint(scene, low.last, high.first, hits)
            if _namesake(low.place, high.place) or ((low if behind else high).near and joint is None):
                break  # "at the camp near the airport" is one place
            if low.last == high.first and low.place.type in _AREAS and high.place.type in _SPOTS:
                break  # Turkish "of Tarmiya district Albu Faraj village"
            near, far = sorted((row[here], one), key=lambda one: one.first)
            apart = far.first - near.last
            goes_on = apart > reach and _goes_on(near.last, far.first, hits)
            row_of = within(last.place, one.place) or _in_a_row(scene, near.last, far.first)
            further = not goes_on and (apart > reach or not row_of) and joint is not None
            further = further and joint is not None and _further(scene, low, high, joint, hits)
            if not further and (not row_of or (apart > reach and not goes_on)):
                break
            here += step
            holds = one.place.type == "governorate" or (joint is None and one.place.type in _HOLDERS)
            if step > 0 and holds and within(last.place, one.place):
                reach = 3  # "at A in the province of X and another in B"
                continue
            if not goes_on and (within(low.place, high.place) or within(high.place, low.place)):
                break
            listed.append(one)
            last, reach = one, 2
    listed += [
        one for one in row if one not in listed and one is not chosen and _second_site(chosen, one, hits)
    ]
    return tuple(
        one
        for one in listed
        if one.place.governorate != chosen.place.governorate
        or one.exactness >= EXACTNESS["town"]
        or (one.place.type == "district" and not within(chosen.place, one.place))
    )


def _second_site(chosen: Located, one: Located, hits: Row) -> bool:
    """Whether another field or base of the same kind was hit later in the sentence: "two fell on A and, an hour later, a third on B"."""
    if one.place.type != chosen.place.type or one.place.type not in _SITES or one.place.id == chosen.place.id:
        return False
    if one.first < chosen.last or one.near or one.off or chosen.near or chosen.off:
        return False
    return any(chosen.last <= h.first < one.first for h in hits.of("another", "second_of", "drone", "rocket"))


_SITES = frozenset({"oil_field", "gas_field", "base", "refinery"})


def _goes_on(first: int, last: int, hits: Row) -> bool:
    """Whether only the same deed goes on between two places: "and another in B", "and also captured B"."""
    if last - first > _FAR:
        return False
    between = [h for h in hits if first <= h.first and h.last <= last]
    if taken := [h for h in between if h.key in _TAKEN]:
        return last - taken[-1].last <= _CLOSE
    marks = [h for h in between if h.key in ("another", "clause_strong")]
    if not marks or any(h.group in ("act", "toll") for h in between):
        return False
    told = {i for h in between if h.group in ("grammar", "target", "weapon") for i in range(h.first, h.last)}
    return len(set(range(first, last)) - told) <= 1


def _joint(scene: Scene, first: int, last: int, hits: Row) -> tuple[int, int] | None:
    """Where an "and" stands between a place that ends before `first` and one at `last`; joined to a word it has no length."""
    reading, words = scene.reading, number_words(scene.tongue)
    if last - first > _LONG:
        return None
    also = {h.last: h.first for h in hits.of("and_also")}
    for at in range(last, first - 1, -1):
        if at in also and also[at] >= first:
            return also[at], at
        word = reading.word(at)
        if at < last and word in words.joins:
            return at, at + 1
        if word.startswith(words.clitic_and or "\0"):
            return at, at
    return None


def _further(scene: Scene, low: Located, high: Located, joint: tuple[int, int], hits: Row) -> bool:
    """Whether only what else was hit stands between: "in A, south of the capital, and on a base in B".

    Behind the first there may be where it lies, before the second what was hit there; a party or somebody
    hurt behind it is at the head of a clause of its own.
    """
    apart = high.first - joint[1]
    if apart > (_NAMED if high.inside or high.near else 2):
        return False
    if within(low.place, high.place) or within(high.place, low.place):
        return False
    held = False
    for hit in hits:
        if low.last <= hit.first < joint[0] and not _is_a_thing(hit):
            return False
        if joint[0] <= hit.first < high.first:
            held = held or hit.group in ("target", "weapon") or hit.key == "arms_cache"
            if isinstance(hit.meaning, Place) or not (_is_a_thing(hit) or (held and hit.group == "actor")):
                return False  # whose base it is may stand behind it
        if 0 <= hit.first - high.last < _CLOSE and hit.group == "actor":
            return bool(
                COMMAS & {m for i in range(high.last - 1, hit.first) for m in scene.reading.between(i)}
            )
    return True


def _is_a_thing(hit: Hit) -> bool:
    """Whether words only say what was hit or where, and neither what was done nor by whom."""
    return hit.group in _THINGS or hit.key == "arms_cache"


_LONG = 14
"""Words between two places of a list at most."""
_NAMED = 6
"""Words behind "and" within which the further place stands."""
_THINGS = frozenset({"grammar", "geo", "sign", "target", "weapon"})
_CLOSE = 4
_FAR = 16
"""Words within which a sentence goes on to the next place that was taken."""
_TAKEN = frozenset({"take_ground", "overrun", "retake"})
_AREAS = frozenset({"governorate", "district", "subdistrict"})
_HOLDERS = frozenset({"town", "district"})
_SPOTS = frozenset({"village", "quarter", "base", "airport", "camp"})


def _in_a_row(scene: Scene, first: int, last: int) -> bool:
    """Whether a comma or an "and" joins a place that ends before `first` to one at `last`."""
    reading, words = scene.reading, number_words(scene.tongue)
    if not COMMAS.isdisjoint(reading.between(first - 1)):
        return True
    row = [reading.word(i) for i in range(first, last + 1)]
    if not row:
        return False  # names that share words
    return any(w in words.joins for w in row[:-1]) or row[0].startswith(words.clitic_and or "\0")


def _namesake(low: Place, high: Place) -> bool:
    """Whether a facility is named after the town beside it: the base *Zilkan, Bashiqa* in Bashiqa."""
    return low.name in high.name or high.name in low.name
