"""Arms that a sentence lists and counts, and that nobody uses in it: a cache was found, whatever the verb.

"Inside were 14 explosive charges and 31 mortar bombs", "dug up 38 mortar bombs and 14 rifles": reporters have more
words for finding than a lexicon can hold, but the list is always there.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from worker.domain.understanding.counting.numbers import numbers_in
from worker.domain.understanding.words.meanings import Concept
from worker.domain.understanding.words.reading import Hit, Reading, Row, overlap
from worker.domain.understanding.words.tongue import Tongue

_ARMS = frozenset(
    {"ied", "mortar", "rocket", "grenade", "small_arms", "mine", "explosives", "missile"}
    | {"explosive_belt", "bomb"}
)
_LAID_BY = frozenset({"ied", "small_arms", "mine", "explosives", "explosive_belt"})
"""Arms that are not fired off together with others: rockets and mortars alone may have been a volley."""
_LIST = 6
"""Words between one kind of arms in a list and the next."""
_COUNTED = 2
"""Words between a figure and the arms that it counts."""
_QUIET = frozenset(
    {"hit", "operation", "raid", "looting", "no_deed", "deploy", "advance", "enter", "withdraw"}
)
"""Deeds that may stand beside a find: a search, arms that are destroyed."""
_USED = frozenset(
    {"killed", "wounded", "neutralised", "drill", "plan", "trial", "claim", "none_killed"}
    | {"aid", "sport", "anniversary"}
)


def with_stocks(reading: Reading, tongue: Tongue, cache: Concept) -> None:
    """Let lists of counted arms stand for the concept of an arms cache, in place of what their words say else."""
    found: list[Hit] = []
    void: set[Hit] = set()
    for index in range(len(reading.sentences)):
        hits = reading.of(index)
        if len(hits.groups.get("weapon", ())) < 2:
            continue
        listed = _listed(reading, tongue, index, hits)
        if listed:
            first, last = listed[0], listed[-1]
            found.append(
                msgspec.structs.replace(
                    first, key=cache.id, group=cache.group, meaning=cache, end=last.end, last=last.last
                )
            )
            void.update(h for h in hits.groups.get("act", ()) if any(overlap(h, arm) for arm in listed))
    if found:
        reading.settle([h for h in reading.hits if h not in void] + found)


def _listed(reading: Reading, tongue: Tongue, index: int, hits: Row) -> Sequence[Hit]:
    """The arms of a sentence that lists two kinds and counts one, and tells of nothing that was done with them."""
    if not hits.keys.isdisjoint(_USED):
        return ()
    arms = [h for h in hits.groups["weapon"] if h.key in _ARMS]
    if len({h.key for h in arms}) < 2 or {h.key for h in arms}.isdisjoint(_LAID_BY):
        return ()
    for act in hits.deeds:
        if act.key not in _QUIET and not any(overlap(act, arm) for arm in arms):
            return ()
    close = [
        a
        for a in arms
        if any(a.key != b.key and max(a.first - b.last, b.first - a.last) <= _LIST for b in arms)
    ]
    if not close:
        return ()
    numbers = [
        n
        for n in numbers_in(reading, tongue, *reading.sentences[index])
        if not (n.article or n.vague) and n.value > 1
    ]
    counted = any(
        -1 <= a.first - n.last <= _COUNTED or 0 <= n.first - a.last <= 1 for n in numbers for a in close
    )
    return close if counted else ()
