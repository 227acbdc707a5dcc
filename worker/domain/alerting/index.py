"""Finds the few watches that a text can fire among thousands, by the keys it carries.

Each query promises keys of which a text must carry one (a concept, a word, a field's value). A watch
that can promise none is asked for every text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from worker.domain.alerting.bind import all_keys
from worker.domain.alerting.facts import Facts
from worker.domain.alerting.watch import Rule


@dataclass(frozen=True, slots=True)
class WatchIndex:
    """Rules by key, in the order in which they were given; of an AND the least crowded part is the key."""

    rules: tuple[Rule, ...]
    by_key: Mapping[str, Sequence[int]]
    always: Sequence[int]
    fields: frozenset[str]
    words: bool
    """Whether any watch is found by a word; otherwise texts need not be split."""

    @classmethod
    def build(cls, rules: Iterable[Rule]) -> WatchIndex:
        """Index the rules by what their queries need."""
        listed = tuple(rules)
        by_key: dict[str, list[int]] = {}
        always: list[int] = []
        crowd = Counter(key for rule in listed for key in set(all_keys(rule.test)))
        for number, rule in enumerate(listed):
            keys = rule.test.keys(lambda key: crowd[key])
            if keys is None:
                always.append(number)
            for key in keys or ():
                by_key.setdefault(key, []).append(number)
        fields = frozenset(key.split("=", 1)[0] for key in by_key if "=" in key)
        return cls(listed, by_key, always, fields, any(key.startswith("w:") for key in by_key))

    def candidates(self, facts: Facts) -> list[Rule]:
        """Rules that this text may fire."""
        found = set(self.always)
        for key in self._keys(facts):
            found.update(self.by_key.get(key, ()))
        return [self.rules[number] for number in sorted(found)]

    def _keys(self, facts: Facts) -> Iterable[str]:
        yield from facts.ids
        for name in self.fields:
            for value in facts.named.get(name, ()):
                yield f"{name}={value}"
        if self.words:
            for word in facts.positions:
                yield f"w:{word}"
