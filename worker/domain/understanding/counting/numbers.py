"""Numbers in a text: digits of all scripts, words, compounds, ranges, vague words, ACLED's way.

Digits were folded already. A range gives its lower end, "dozens" twelve. What is a time, a date, a
share or a part of a name is told apart by the words around it, in the callers.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from worker.domain.understanding.words.phrases import normal
from worker.domain.understanding.words.reading import Reading
from worker.domain.understanding.words.tongue import Tongue

_REMEMBERED = 50_000
"""Words of which it is remembered whether a number begins with them, a language."""
_LONGEST = 3
"""Words of the longest number expression that a language file may list as one."""


class Number(msgspec.Struct, frozen=True):
    """A number and the words that it is written with."""

    value: int
    first: int
    last: int
    most: int | None = None
    """The upper end of a range."""
    vague: bool = False
    article: bool = False
    """A mere article: one, if a counted noun follows."""
    digits: bool = False
    noun: bool = False
    """No number word at all: a counted noun whose form tells how many (Arabic duals and singulars)."""
    single: bool = False
    """Such a noun for one person in a language that puts no article in headlines."""
    some: bool = False
    """Several, a number of: people are counted and nobody says how many."""


@dataclass(frozen=True, slots=True)
class NumberWords:
    """A language's number words, compiled."""

    values: Mapping[tuple[str, ...], int]
    scale: Mapping[str, int]
    vague: Mapping[str, int]
    articles: Mapping[str, int]
    joins: frozenset[str]
    spans: frozenset[str]
    opens: frozenset[str]
    """Words that open a range whose ends "and" joins: between 27 and 31."""
    clitic_and: tuple[str, ...]
    clitics: tuple[str, ...]
    """What may be joined in front of a number (Arabic و٢٣, بأربعة), longest first."""
    group: str
    decimal: str
    firsts: frozenset[str]
    begins: dict[str, bool]
    """Words met, and whether a number or an article may begin with them."""
    singles: frozenset[tuple[str, ...]]
    """Nouns for one person that need neither article nor figure in a headline: soldier, police chief."""
    single_firsts: frozenset[str]
    """The words that these begin with."""
    repeated: frozenset[str]
    """Prepositions that "and" repeats before the next of a row."""
    plurals: frozenset[str]
    """Endings of nouns for several, in a language whose verb ends the sentence."""
    reach: int
    """How many words may stand between such a noun and the verb behind it; more where the verb comes last."""
    owners: frozenset[str]
    """Words that make such a noun somebody's: his wife."""
    spelled: Mapping[tuple[str, ...], Mapping[str, int]]
    """Words that folding makes one and spelling tells apart (Sorani سێ three, سی thirty): spelling to value."""
    tails: Mapping[str, frozenset[str]]
    """Endings of digits, and the words before which they may stand (Sorani ١٤ی دیکە, "14 others")."""
    whole: frozenset[str]
    """Words of which some stand between a part and its whole: one *of the* three."""
    of_whole: frozenset[str]
    """Those of them that begin so."""
    whole_endings: tuple[str, ...]
    """Endings of the noun behind the whole, in a language that puts it first: Turkish *üç kardeşten biri*."""
    shares: Mapping[str, int]
    """The part behind such a noun: *biri*, one of them."""
    definite: frozenset[str]
    """Articles that make such a noun a known one: the driver."""
    of_them: frozenset[tuple[str, ...]]
    """What makes a figure count some of those just told, behind it or the figure itself: two *of them*."""
    some: frozenset[str]
    """Words for a number that nobody knows: several, some."""
    models: frozenset[str]
    """What stands before the number of a make of aircraft, also written apart: Arabic *إف 16*."""

    def of_those(self, reading: Reading, behind: int) -> bool:
        """Whether the words from `behind` on make the figure before them some of those just told: two *of them*."""
        return any(tuple(reading.words[behind : behind + n]) in self.of_them for n in (1, 2, 3))


def number_words(tongue: Tongue) -> NumberWords:
    """Compile the language's section `numbers` once."""
    known = tongue.cache.get("numbers")
    if isinstance(known, NumberWords):
        return known
    data = tongue.data["numbers"]
    flat = {
        s: {normal(str(k)): int(v) for k, v in (data.get(s) or {}).items()}
        for s in ("scale", "vague", "articles")
    }
    values: dict[tuple[str, ...], int] = {}
    spelled: dict[tuple[str, ...], dict[str, int]] = {}
    for text, value in (data.get("values") or {}).items():
        key = tuple(normal(str(text)).split())
        if values.setdefault(key, int(value)) != int(value):
            spelled.setdefault(key, {})[_spelling(str(text))] = int(value)
    joins = frozenset(normal(str(j)) for j in data.get("joins") or ())
    if tongue.grammar.compounds:
        values = _written_as_one(values, flat["scale"], joins) | values
    singles = frozenset(tuple(normal(str(w)).split()) for w in data.get("singles") or ())
    words = NumberWords(
        values=values,
        **flat,
        joins=joins,
        spans=frozenset(normal(str(j)) for j in data.get("range") or ()),
        opens=frozenset(normal(str(j)) for j in data.get("range_opens") or ()),
        clitic_and=tuple(j for j in joins if len(j) == 1 and j in tongue.affixes.before),
        clitics=tuple(sorted((c for c in tongue.affixes.before if c), key=lambda c: (-len(c), c))),
        group=str(data.get("group") or ","),
        decimal=str(data.get("decimal") or "."),
        firsts=frozenset(w[0] for w in values if w) | frozenset(flat["scale"]) | frozenset(flat["vague"]),
        begins={},
        singles=singles,
        single_firsts=frozenset(words[0] for words in singles if words),
        repeated=frozenset(normal(str(w)) for w in data.get("repeated") or ()),
        plurals=frozenset(normal(e) for e in data.get("plural_endings") or ()),
        reach=int(data.get("single_reach") or 3),
        owners=frozenset(normal(str(w)) for w in data.get("owners") or ()),
        spelled=spelled,
        tails={
            normal(str(k)): frozenset(normal(str(w)) for w in v)
            for k, v in (data.get("digit_tails") or {}).items()
        },
        whole=frozenset(normal(str(w)) for w in (data.get("whole") or {}).get("words") or ()),
        of_whole=frozenset(normal(str(w)) for w in (data.get("whole") or {}).get("of") or ()),
        whole_endings=tuple(normal(str(w)) for w in (data.get("whole") or {}).get("endings") or ()),
        shares={normal(str(k)): int(v) for k, v in ((data.get("whole") or {}).get("shares") or {}).items()},
        definite=frozenset(normal(str(w)) for w in data.get("definite") or ()),
        of_them=frozenset(tuple(normal(str(w)).split()) for w in data.get("of_them") or ()),
        some=frozenset(normal(str(w)) for w in data.get("some") or ()),
        models=frozenset(normal(str(w)) for w in data.get("models") or ()),
    )
    tongue.cache["numbers"] = words
    return words


def _written_as_one(
    values: Mapping[tuple[str, ...], int], scale: Mapping[str, int], joins: frozenset[str]
) -> dict[tuple[str, ...], int]:
    """Hundreds and thousands with what stands before and behind them in one word (German *zweihundertvier*)."""
    small = {key[0]: value for key, value in values.items() if len(key) == 1 and 0 < value < 100}
    made: dict[tuple[str, ...], int] = {}
    for word, unit in scale.items():
        if unit > 1000:
            continue
        heads = {"": 1} | {w: v for w, v in small.items() if v < unit // 10}
        for head, times in heads.items():
            made[(head + word,)] = times * unit
            for join in ("", *joins) if unit < 1000 else ():
                made |= {(head + word + join + tail,): times * unit + v for tail, v in small.items()}
    return {key: value for key, value in made.items() if key[0] not in scale}


_YEH_KAF = str.maketrans("يىك", "ییک")


def _spelling(text: str) -> str:
    """A word as it is written, whatever keyboard wrote its yeh and kaf."""
    return unicodedata.normalize("NFC", text).translate(_YEH_KAF)


def numbers_in(
    reading: Reading, tongue: Tongue, first: int, last: int, *, some: bool = False
) -> list[Number]:
    """The numbers among the words [first, last), ranges joined, in text order; with `some` those that nobody knows too."""
    words = number_words(tongue)
    found: list[Number] = []
    texts, begins = reading.words, words.begins
    at = first
    while at < last:
        may = begins.get(texts[at])
        if may is None:
            may = _may_begin(texts[at], words)
        if not may:
            at += 1
            continue
        number = _digits(reading, words, at, last) or _spelled(reading, words, at, last)
        article = words.articles.get(reading.word(at))
        if article is not None and (number is None or number.last == at + 1):
            number = Number(article, at, at + 1, article=True)  # "un" is also a part of "vingt et un"
        if number is None and some and _strip_and(reading.word(at), words) in words.some:
            number = Number(0, at, at + 1, some=True)
        if number is None:
            at += 1
            continue
        at = number.last
        before = found[-1] if found else None
        if before and _is_range(reading, words, before, number):
            found[-1] = Number(
                min(before.value, number.value),
                before.first,
                number.last,
                max(before.value, number.value),
                digits=True,
            )
        elif before and _is_score(reading, before, number):
            found.pop()
        else:
            found.append(number)
    return found


def _may_begin(word: str, words: NumberWords) -> bool:
    """Whether a number can begin with a word; remembered, most words of a text can't and come again."""
    bare = _bare(word, words)
    may = (
        bare.isdigit()
        or _tailed(bare, words)
        or bare in words.vague
        or bare in words.firsts
        or word in words.articles
        or _strip_and(word, words) in words.some
    )
    if len(words.begins) < _REMEMBERED:
        words.begins[word] = may
    return may


def _is_range(reading: Reading, words: NumberWords, low: Number, high: Number) -> bool:
    """Whether two numbers are the ends of a range: 10 to 12, 10-12."""
    if low.article or high.article or low.some or low.most is not None or high.value <= low.value:
        return False
    between = [reading.word(i) for i in range(low.last, high.first)]
    if low.first and reading.word(low.first - 1) in words.opens:  # between 27 and 31
        if not between:
            return any(reading.word(high.first).startswith(c) for c in words.clitic_and)
        return len(between) == 1 and between[0] in words.joins | words.spans
    if not between:
        return low.digits and high.digits and reading.between(low.last - 1).strip() in ("-", "/")
    if between[0] in words.joins and low.digits != high.digits:
        return False  # a couple and (*ile*) their son of 6
    return len(between) == 1 and between[0] in words.spans and "," not in reading.between(low.last - 1)


def _is_score(reading: Reading, home: Number, away: Number) -> bool:
    """Whether two figures are how a match ended: 3-0. A range grows."""
    if not (home.digits and away.digits) or home.most is not None or home.last != away.first:
        return False
    return away.value <= home.value < _GOALS and reading.between(home.last - 1) in ("-", "–")


_GOALS = 20


def _digits(reading: Reading, words: NumberWords, at: int, last: int) -> Number | None:
    """A number in digits, thousands grouped; decimals, times and scores are none."""
    word = _bare(reading.word(at), words)
    if words.tails and not word.isdigit() and at + 1 < last:
        word = _without_tail(word, reading.word(at + 1), words)
    if not word.isdigit() or len(word) > 9:
        return None
    value, end = int(word), at + 1
    while end < last and len(reading.word(end)) == 3 and reading.word(end).isdigit() and len(word) <= 3:
        gap = reading.between(end - 1)
        if gap not in (words.group, ",", ".", "\u00a0") or (gap == " " and words.group != " "):
            break
        value, end = value * 1000 + int(reading.word(end)), end + 1
    behind, before = reading.between(end - 1), reading.between(at - 1) if at else ""
    joined = end < last and reading.word(end)[:1].isdigit()
    if joined and behind in (":", words.decimal, ".", ","):
        return None
    if at and before in (":", words.decimal) and reading.word(at - 1)[-1:].isdigit():
        return None
    if "%" in behind[:2]:
        return None
    if at and before in _HYPHENS and reading.word(at - 1).isalpha():
        return None  # part of a name: F-16, *Kartal-2*
    if at and before == " " and reading.word(at - 1) in words.models:
        return None
    if end < last and reading.word(end) in words.scale:
        return Number(value * words.scale[reading.word(end)], at, end + 1, digits=True)
    return Number(value, at, end, digits=True)


_HYPHENS = ("-", "\u2010", "\u2011")


def _tailed(word: str, words: NumberWords) -> bool:
    """Whether a word is digits with one of the endings that they may have."""
    return any(word.endswith(tail) and word[: -len(tail)].isdigit() for tail in words.tails)


def _without_tail(word: str, behind: str, words: NumberWords) -> str:
    """Digits without their ending, where the word behind them allows it."""
    for tail, allowed in words.tails.items():
        if behind in allowed and word.endswith(tail) and word[: -len(tail)].isdigit():
            return word[: -len(tail)]
    return word


def _bare(word: str, words: NumberWords) -> str:
    """A number in digits or letters without the clitics in front of it; other words stay as they are."""
    if not words.clitics or word.isdigit() or word in words.firsts:
        return word
    for clitic in words.clitics:
        rest = word[len(clitic) :]
        if word.startswith(clitic) and (rest.isdigit() or (len(rest) > 2 and rest in words.firsts)):
            return rest
    return word


def _strip_and(word: str, words: NumberWords) -> str:
    """A number word without the joined "and" before it (Arabic و)."""
    for clitic in words.clitic_and:
        if word.startswith(clitic) and len(word) > 2:
            return word[len(clitic) :]
    return word


def _listed(
    reading: Reading, words: NumberWords, at: int, last: int, *, inside: bool, lead: str = ""
) -> tuple[int, int] | None:
    """The longest listed number expression at a word, `lead` without its clitics: value and the word behind it."""
    for length in range(min(_LONGEST, last - at), 0, -1):
        key = (lead or reading.word(at), *(reading.word(i) for i in range(at + 1, at + length)))
        if inside:
            key = (_strip_and(key[0], words) if key not in words.values else key[0], *key[1:])
        if key in words.values:
            value = words.values[key]
            if key in words.spelled:
                start, end = reading.span(reading.starts[at], reading.ends[at + length - 1])
                value = words.spelled[key].get(_spelling(reading.folded.source[start:end]), value)
            return value, at + length
    return None


def _spelled(reading: Reading, words: NumberWords, at: int, last: int) -> Number | None:
    """A number in words: twenty-three, two hundred and five, dozens."""
    lead = _bare(reading.word(at), words)
    if lead in words.vague:
        return Number(words.vague[lead], at, at + 1, vague=True)
    if lead not in words.firsts:
        return None
    total, part, end, seen = 0, 0, at, False
    while end < last:
        word = reading.word(end) if seen else lead
        bare = _strip_and(word, words) if seen and word not in words.firsts else word
        if seen and word in words.joins and end + 1 < last:
            more = _listed(reading, words, end + 1, last, inside=True)
            if more is None or part % 10 or part == 0 or not _adds(part, more[0], "", joined=True):
                break  # "between forty and fifty-five" are two numbers
            end += 1
            continue
        if bare in words.scale and (bare not in {w for (w, *_) in words.values} or seen):
            if "," in reading.between(end - 1) and seen:
                break
            part = (part or 1) * words.scale[bare]
            if part >= 1000:
                total, part = total + part, 0
            seen, end = True, end + 1
            continue
        listed = _listed(reading, words, end, last, inside=seen, lead=word)
        if listed is None or (
            seen and not _adds(part, listed[0], reading.between(end - 1), joined=bare != word)
        ):
            break
        part, end, seen = part + listed[0], listed[1], True
    return Number(total + part, at, end) if seen else None


def _adds(part: int, more: int, gap: str, *, joined: bool) -> bool:
    """Whether a further number word continues this one: twenty + three, hundred + twenty, Arabic three + twenty."""
    if "," in gap:
        return False
    if part == 0 or (part >= 100 and part % 100 == 0 and more < 100):
        return True
    tens = part % 100
    return (
        (tens >= 20 and tens % 10 == 0 and 0 < more < 10)
        or (tens < 10 and joined and more in range(20, 100, 10))
        or (tens in (60, 80) and 10 <= more < 20)
    )
