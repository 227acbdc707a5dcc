"""How urgent a story is, by a small policy file, with the reasons a reader sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from worker.domain.model import Severity, Story
from worker.errors import ConfigError

LISTS = ("type", "target", "actor", "weapon", "term", "governorate", "place", "kind", "corroboration")
FIGURES = ("killed", "wounded", "count", "high", "rare")
FLAGS = ("foiled", "denied")


@dataclass(frozen=True, slots=True)
class SeverityRule:
    """Points for stories on which all conditions hold."""

    says: str
    points: int
    group: str
    lists: tuple[tuple[str, frozenset[str]], ...] = ()
    figures: tuple[tuple[str, int], ...] = ()
    flags: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """The level, its points, and why, heaviest reason first."""

    severity: Severity
    points: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SeverityPolicy:
    """The file, checked."""

    rules: tuple[SeverityRule, ...]
    levels: tuple[tuple[Severity, int], ...]
    """Highest first."""

    @classmethod
    def read(cls, document: Any, *, where: str = "severity.yaml") -> SeverityPolicy:
        """Check the YAML document; raises `ConfigError` naming the rule."""
        if not isinstance(document, Mapping) or set(document) != {"levels", "rules"}:
            raise ConfigError("needs the keys levels and rules, and no others", where=where)
        rules = tuple(_rule(rule, f"{where}, rule {n}") for n, rule in enumerate(document["rules"], 1))
        return cls(rules, _levels(document["levels"], where))

    def rate(self, story: Story, precedents: Mapping[tuple[str, str], int] | None = None) -> Rating:
        """Judge one story; `precedents` counts earlier stories by (sub-event type, governorate)."""
        held = [rule for rule in self.rules if _holds(rule, story, precedents or {})]
        counted: dict[str, SeverityRule] = {}
        for rule in held:
            key = rule.group or rule.says
            if key not in counted or abs(rule.points) > abs(counted[key].points):
                counted[key] = rule
        points = sum(rule.points for rule in counted.values())
        level = next((level for level, least in self.levels if points >= least), Severity.LOW)
        ordered = sorted(counted.values(), key=lambda rule: -abs(rule.points))
        reasons = tuple(
            f"{rule.says} ({rule.points:+d})" if abs(rule.points) < 100 else rule.says for rule in ordered
        )
        return Rating(level, points, reasons)


def _levels(given: Any, where: str) -> tuple[tuple[Severity, int], ...]:
    names = [Severity.CRITICAL, Severity.HIGH, Severity.MODERATE]
    if not isinstance(given, Mapping) or set(given) != {name.value for name in names}:
        raise ConfigError("levels names critical, high and moderate with their points", where=where)
    levels = tuple((name, given[name.value]) for name in names)
    if not all(isinstance(n, int) for _, n in levels) or not levels[0][1] > levels[1][1] > levels[2][1]:
        raise ConfigError("the levels must fall from critical to moderate", where=where)
    return levels


def _rule(given: Any, where: str) -> SeverityRule:
    if not isinstance(given, Mapping) or not isinstance(given.get("says"), str):
        raise ConfigError("a rule is a mapping with says, points and conditions", where=where)
    unknown = set(given) - {"says", "points", "group", *LISTS, *FIGURES, *FLAGS}
    if unknown:
        raise ConfigError(f"there is no condition {min(unknown)!r}", where=where,
                          remedy="one of " + ", ".join((*LISTS, *FIGURES, *FLAGS)))  # fmt: skip
    if not isinstance(given.get("points"), int):
        raise ConfigError(f"points: {given.get('points')!r} is no whole number", where=where)
    lists = tuple((name, _strings(given[name], f"{where}, {name}")) for name in LISTS if name in given)
    figures = tuple((name, _whole(given[name], f"{where}, {name}")) for name in FIGURES if name in given)
    flags = tuple((name, bool(given[name])) for name in FLAGS if name in given)
    if not (lists or figures or flags):
        raise ConfigError("a rule without conditions would hold for everything", where=where)
    return SeverityRule(given["says"], given["points"], str(given.get("group", "")), lists, figures, flags)


def _strings(given: Any, where: str) -> frozenset[str]:
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        raise ConfigError(f"{given!r} is no list of names", where=where)
    return frozenset(given)


def _whole(given: Any, where: str) -> int:
    if isinstance(given, bool) or not isinstance(given, int):
        raise ConfigError(f"{given!r} is no whole number", where=where)
    return given


def _holds(rule: SeverityRule, story: Story, precedents: Mapping[tuple[str, str], int]) -> bool:
    return (
        all(wanted & _values(name, story) for name, wanted in rule.lists)
        and all(_reaches(name, least, story, precedents) for name, least in rule.figures)
        and all(story.event is not None and getattr(story.event, name) == flag for name, flag in rule.flags)
    )


def _values(name: str, story: Story) -> frozenset[str]:
    event = story.event
    match name:
        case "kind":
            return frozenset((story.kind.value,))
        case "corroboration":
            return frozenset((story.corroboration,))
        case "term":
            return frozenset(story.terms)
    if event is None:
        return frozenset()
    found: Sequence[str | None]
    match name:
        case "type":
            found = (event.sub_event_type, event.event_type)
        case "target":
            found = event.targets
        case "actor":
            found = event.actors
        case "weapon":
            found = event.weapons
        case "governorate":
            found = (event.governorate,)
        case _:
            found = (event.place, event.place_id)
    return frozenset(value for value in found if value)


def _reaches(name: str, least: int, story: Story, precedents: Mapping[tuple[str, str], int]) -> bool:
    event = story.event
    if event is None:
        return False
    if name == "rare":
        if event.governorate is None or not precedents:
            return False
        return precedents.get((event.sub_event_type, event.governorate), 0) <= least
    if name == "high":
        view = story.fields.get("killed")
        highest = view.high if view and view.high is not None else event.killed and event.killed_max
        return isinstance(highest, int) and highest >= least
    value = event.at_least(name) if name in ("killed", "wounded") else getattr(event, name)
    return value is not None and value >= least
