"""A language's date words, compiled once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.tongue import Tongue

REMEMBERED = 50_000
"""Words whose look-ups are remembered, a language and a table."""
SOLAR = 100
"""Added to the months of the Iranian solar calendar, to tell them from the Gregorian ones."""
SOLAR_YEARS = range(1300, 1451)


@dataclass(frozen=True, slots=True)
class DateWords:
    """A language's date words, compiled to their words."""

    weekdays: Mapping[tuple[str, ...], int]
    months: Mapping[tuple[str, ...], int]
    """Gregorian months 1 to 12; months of the Iranian solar calendar from `SOLAR` + 1 on."""
    days: Mapping[tuple[str, ...], int]
    """Days of the month in words."""
    ambiguous: frozenset[tuple[str, ...]]
    relative: Mapping[tuple[str, ...], int]
    reckoned: Mapping[tuple[str, ...], int]
    """Days that are counted from another one of the sentence: "said on Tuesday ... the previous evening"."""
    later: Mapping[tuple[str, ...], int]
    """Days that are counted on from what was told before: "the next day"."""
    after_deed: Mapping[tuple[str, ...], int]
    """Days that a deed named right behind lies before the day of the sentence: "three days after the attack"."""
    ago: tuple[tuple[str, ...], ...]
    this_month: tuple[tuple[str, ...], ...]
    """A day of the month that goes on: "on the 12th of this month"."""
    night: tuple[tuple[str, ...], ...]
    last: frozenset[tuple[str, ...]]
    next: frozenset[tuple[str, ...]]
    ahead: tuple[tuple[str, ...], ...]
    """What stands right before a weekday that is still to come: German *für Freitag*."""
    leads: bool
    """Last and next stand only before the weekday: "on Sunday next to trucks" is no next Sunday."""
    coming: tuple[tuple[str, ...], ...]
    past_span: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    between_and: frozenset[str]
    since: frozenset[str]
    """Words right before a date (Turkish behind it) that make it the beginning of a state: "since Sunday"."""
    week: tuple[tuple[str, ...], ...]
    names: tuple[tuple[str, ...], ...]
    """Names that hold a date word and tell no date: the agency Baghdad Today."""
    year_nouns: frozenset[str]
    """Words for "year" that join a year to a noun: Persian *اعتراضات سال ۲۰۱۹*, "the protests of 2019"."""
    of_year: frozenset[str]
    """Words between a month and its year: Spanish *abril de 2003*."""
    onward: frozenset[str]
    """Words right behind a date that make it the beginning of a span: "17 October onward"."""
    ordinals: tuple[str, ...]
    stopped: bool
    """A full stop makes a figure an ordinal: "am 12.6."."""
    firsts: frozenset[str]
    begins: dict[str, bool]
    """Words met, and whether a date may begin with them."""
    bares: dict[int, dict[tuple[str, ...], tuple[str, ...] | None]]
    """For each table the words met, as it has them without clitics and endings; None where it has not."""
    reach: dict[int, dict[str, int]]
    """For each table the words met, and how many words its longest entry that may begin with them has."""
    opened: dict[int, dict[str, tuple[tuple[str, ...], ...]]]
    """For each list of phrases the words met, and the phrases that may begin with them."""


def _key(text: object) -> tuple[str, ...]:
    """A phrase as its words, `#` kept."""
    return tuple(w for piece in str(text).split() for w in (["#"] if piece == "#" else normal(piece).split()))


def date_words(tongue: Tongue) -> DateWords:
    """Compile the language's section `dates` once."""
    known = tongue.cache.get("dates")
    if isinstance(known, DateWords):
        return known
    data = tongue.data["dates"]
    lists = {
        k: tuple(_key(p) for p in data.get(k) or ())
        for k in ("ago", "this_month", "night_before", "coming", "week", "past_span", "names")
    }
    maps = {
        k: {_key(w): int(v) for w, v in (data.get(k) or {}).items()}
        for k in ("weekdays", "months", "relative", "reckoned", "later", "after_deed", "solar_months", "days")
    }
    maps["months"] |= {key: SOLAR + month for key, month in maps["solar_months"].items()}
    maps["relative"] = maps["reckoned"] | maps["relative"]
    words = DateWords(
        weekdays=maps["weekdays"],
        months=maps["months"],
        days=maps["days"],
        ambiguous=frozenset(_key(w) for w in data.get("ambiguous_months") or ()),
        relative=maps["relative"],
        reckoned=maps["reckoned"],
        later=maps["later"],
        after_deed=maps["after_deed"],
        ago=lists["ago"],
        this_month=lists["this_month"],
        night=lists["night_before"],
        last=frozenset(_key(w) for w in data.get("last") or ()),
        next=frozenset(_key(w) for w in data.get("next") or ()),
        ahead=tuple(_key(w) for w in data.get("ahead") or ()),
        leads=data.get("qualifier_side") == "before",
        coming=lists["coming"],
        past_span=lists["past_span"],
        between=frozenset(normal(str(w)) for w in data.get("between") or ()),
        between_and=frozenset(normal(str(w)) for w in data.get("between_and") or ()),
        since=frozenset(normal(str(w)) for w in data.get("since") or ()),
        week=lists["week"],
        names=lists["names"],
        year_nouns=frozenset(normal(str(w)) for w in data.get("year_nouns") or ()),
        of_year=frozenset(normal(str(w)) for w in data.get("of_year") or ()),
        onward=frozenset(normal(str(w)) for w in data.get("onward") or ()),
        ordinals=tuple(normal(str(o)) for o in data.get("ordinals") or ()),
        stopped=bool(tongue.data.get("sentences", {}).get("ordinal_stop")),
        firsts=frozenset(
            key[0]
            for table in (
                maps["weekdays"],
                maps["months"],
                maps["days"],
                maps["relative"],
                maps["later"],
                maps["after_deed"],
                lists["ago"],
                lists["this_month"],
                lists["night_before"],
                lists["coming"],
                lists["week"],
                lists["past_span"],
                lists["names"],
            )
            for key in table
            if key
        ),
        begins={},
        bares={},
        reach={},
        opened={},
    )
    tongue.cache["dates"] = words
    return words
