"""The phrase notation of the data files, compiled: what a native speaker writes becomes word tests.

docs/languages.md explains the notation. Words are compared in normal form: folded, everything that is
neither letter nor digit a blank. A language's clitics and endings are part of the word test, so that
no inflected form has to be listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from typing import Any

import msgspec

from worker.domain.text.fold import fold

DEFAULT_GAP = 3
"""Words that `..` may stand for."""

MIN_STEM = 3
"""Shorter words take no endings."""

NUMBER = "#"


class _Plain(dict[int, str]):
    """Code point to itself for letters and digits, to a blank for all else; filled as they turn up."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = char if char.isalnum() else " "
        if len(self) < 20_000:
            self[code] = plain
        return plain


_PLAIN = _Plain()


def plain(folded: str) -> str:
    """Blank out what is neither letter nor digit; as long as the folded text."""
    return folded.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Affixes:
    """What may be joined to a word in a language."""

    before: frozenset[str]
    after: frozenset[str]
    min_stem: int = MIN_STEM
    after_names: frozenset[str] = frozenset()
    """Endings of names of places and parties."""
    contracted: tuple[tuple[str, str], ...] = ()
    """(article, clitic that swallows it): Arabic ل before الحشد makes للحشد."""
    negated: tuple[str, ...] = ()
    """What turns a verb into its opposite where it stands behind an open stem (Turkish -medi, -mayan)."""

    def denies(self, tail: str) -> bool:
        """Whether the rest of a word behind an open stem negates it: `öldür*` is not öldürülmedi."""
        return any(n in tail if n[-1] != "=" else tail.endswith(n[:-1]) for n in self.negated)


class Word(msgspec.Struct, frozen=True, eq=False, gc=False):
    """A test for one word of a text. Made by `word_test` alone: equal tests are one object, compared as such."""

    forms: tuple[str, ...]
    """Alternatives, in normal form."""
    exact: bool = False
    closed: bool = False
    """Clitics may stand before it, even before a short one, but nothing behind."""
    open_end: bool = False
    open_start: bool = False
    name: bool = False
    """A name of a place or a party: takes fewer endings."""
    capitals: str = ""
    """These very capitals in the source text; behind a `~` its letters as it has them, whatever their case.

    Empty where neither matters.
    """
    final: bool = False
    """Nothing of its clause stands behind it: a comma or the sentence's end does."""

    def written_so(self, source: str) -> bool:
        """Whether a word of the source has the demanded capitals or letters, if any are demanded."""
        if self.capitals.startswith("~"):
            return source.lower().startswith(self.capitals[1:])
        return not self.capitals or source == self.capitals

    def fits(self, word: str, affixes: Affixes) -> bool:
        """Whether a word of the text, in normal form, passes."""
        return any(self._form_fits(form, word, affixes) for form in self.forms)

    def _form_fits(self, form: str, word: str, affixes: Affixes) -> bool:
        """The same for one alternative."""
        if word == form:
            return True
        if self.exact:
            return False
        at = word.find(form)
        while at >= 0:
            head, tail = word[:at], word[at + len(form) :]
            if self._joins(form, head, tail, affixes):
                return True
            at = word.find(form, at + 1)
        return False

    def _joins(self, form: str, head: str, tail: str, affixes: Affixes) -> bool:
        """Whether what stands before and behind the form may be joined to it."""
        if len(form) < affixes.min_stem and not (self.open_end or self.open_start or self.closed):
            return False
        return (not head or self.open_start or head in affixes.before) and self.tail_fits(tail, affixes)

    def head_fits(self, head: str, length: int, affixes: Affixes) -> bool:
        """Whether clitics may stand before this word as the first of a phrase; `length` is its form's."""
        if not head:
            return True
        return not self.exact and head in affixes.before and (length >= affixes.min_stem or self.closed)

    def tail_fits(self, tail: str, affixes: Affixes) -> bool:
        """Whether an ending may stand behind this word."""
        endings = affixes.after_names if self.name else affixes.after
        if not tail:
            return True
        if self.open_end:
            return not affixes.denies(tail)
        return not self.exact and not self.closed and tail in endings


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to so many words, none also."""

    most: int


@dataclass(frozen=True, slots=True)
class AnyNumber:
    """A number in digits or words."""


Part = Word | Gap | AnyNumber


class Phrase(msgspec.Struct, frozen=True, gc=False):
    """One way to say something, with the conditions under which it does."""

    say: str
    parts: tuple[Part, ...]
    need: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: int | None = None
    number: str = ""
    """Where the figure of a toll stands: `before`, `after`, `both`; empty: the language's habit."""
    value: int | None = None
    ambiguous: bool = False
    """Counts only with another sign of Iraq in the text."""
    void: bool = False
    """Says nothing: it only keeps shorter phrases of its group off these words."""


class _Normal(dict[int, str]):
    """Code point to its folded characters, all but letters and digits blanked; filled as they turn up."""

    def __missing__(self, code: int) -> str:
        normal = plain(fold(chr(code)).text)
        if len(self) < 20_000:
            self[code] = normal
        return normal


_NORMAL = _Normal()


@lru_cache(maxsize=200_000)
def normal(text: str) -> str:
    """A phrase or a word in normal form, single blanks."""
    return " ".join(text.translate(_NORMAL).split())


def compile_phrase(entry: Mapping[str, Any]) -> list[Phrase]:
    """Phrases of one entry (`say` and conditions); none where nothing is left to match (`lexicon check` tells).

    A word of the notation that falls into several words of a text (`l'attaque`) becomes several tests, and
    a phrase of its own where it is one of several alternatives (`cease-fire|truce`).
    """
    say = str(entry["say"])
    spelled = [parts for one in _spelled_out(say) if (parts := _compiled(one, False))]
    if len(entry) == 1:
        return [Phrase(say, parts) for parts in spelled]
    return [
        Phrase(
            say=say,
            parts=parts,
            need=tuple(entry.get("need") or ()),
            unless=tuple(entry.get("unless") or ()),
            near=entry.get("near"),
            number=str(entry.get("number") or ""),
            value=entry.get("value"),
            void=bool(entry.get("void")),
        )
        for parts in spelled
    ]


def compile_name(name: str, *, ambiguous: bool = False) -> list[Phrase]:
    """The same for a name of a place or a party, which takes fewer endings and has no conditions."""
    parts = _compiled(name, True)
    return [Phrase(name, parts, ambiguous=ambiguous)] if parts else []


def _spelled_out(say: str) -> list[str]:
    """A phrase once for all alternatives of one word each and once for every one of several words.

    A single test looks at a single word, so that `sit-in|rally` needs two phrases, and so does `several|#`.
    """
    if "|" not in say:
        return [say]
    rows = product(*map(_alternatives, say.split()))
    return [" ".join(tokens) for tokens in rows if tokens[0] != NUMBER]


def _alternatives(token: str) -> list[str]:
    """A piece of the notation parted into what one test can hold.

    Its marks hold for all, but for a star within it, which holds for that choice alone: `edil*|ediliyor`.
    """
    bare = token.strip("=^~$*")
    choices = bare.split("|") if "|" in bare else []
    if not token.endswith("*") and (open_ended := [c for c in choices if c.endswith("*")]):
        before, _, behind = token.partition(bare)
        rest = "|".join(c for c in choices if c not in open_ended)
        stems = "|".join(c.rstrip("*") for c in open_ended)
        return [*(_alternatives(f"{before}{rest}{behind}") if rest else []), f"{before}{stems}*{behind}"]
    several = [part for part in choices if " " in normal(part)]
    number = [NUMBER] if NUMBER in choices else []
    if not several and not number:
        return [token]
    single = "|".join(part for part in choices if part not in (*several, *number))
    before, _, behind = token.partition(bare)
    return [f"{before}{part}{behind}" for part in (single, *several) if part] + number


def _compiled(say: str, name: bool) -> tuple[Part, ...]:
    """The tests of a phrase."""
    tokens = say.split()
    if all(map(str.isalnum, tokens)):  # most have no notation
        words = normal(say).split()
        if words == tokens:
            words = tokens  # the same letters once in memory
        if len(words) == len(tokens):
            return _led_by_clitics([_bare_word(word, name) for word in words])
    parts: list[Part] = []
    for token in tokens:
        parts += _parts(token, name)
    while parts and not isinstance(parts[0], Word):
        parts.pop(0)
    while parts and isinstance(parts[-1], Gap):
        parts.pop()
    return _led_by_clitics(parts)


def _led_by_clitics(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The same tests, where a short first word may bear clitics: what stands behind it settles what it is (*بتل عبطة*)."""
    first = parts[0] if len(parts) > 1 and isinstance(parts[1], Word) else None
    if (
        not isinstance(first, Word)
        or first.exact
        or first.open_end
        or first.open_start
        or any(len(form) >= MIN_STEM for form in first.forms)
    ):
        return tuple(parts)
    led = word_test(first.forms, False, True, False, False, first.name, first.capitals, first.final)
    return (led, *parts[1:])


@cache
def word_test(
    forms: tuple[str, ...],
    exact: bool,
    closed: bool,
    open_end: bool,
    open_start: bool,
    name: bool,
    capitals: str,
    final: bool = False,
    /,
) -> Word:
    """The one test with these values: phrases share most of their words, and identity is quickly compared."""
    return Word(forms, exact, closed, open_end, open_start, name, capitals, final)


@cache
def _bare_word(word: str, name: bool, /) -> Word:
    """The test for a word without notation, in normal form."""
    return word_test((word,), False, False, False, False, name, "")


def forget() -> None:
    """Let go of what was remembered while a language was compiled: the next one has other words."""
    normal.cache_clear()
    _parts.cache_clear()


@lru_cache(maxsize=200_000)
def _parts(token: str, name: bool) -> tuple[Part, ...]:
    """The tests that one blank-separated piece of the notation stands for; remembered, names repeat them."""
    if token == NUMBER:
        return (AnyNumber(),)
    if token.startswith(".."):
        return (Gap(int(token[2:]) if token[2:].isdigit() else DEFAULT_GAP),)
    capitals = token.startswith("^")
    exact = token.startswith("=") or capitals
    closed = token.endswith("=") and not exact
    spelled, final = "~" in token[:2], token.endswith("$")
    token = token.strip("=^~$")
    open_start, open_end = token.startswith("*") and len(token) > 1, token.endswith("*") and len(token) > 1
    bare = token.strip("*")
    choices = [choice for part in bare.split("|") if (choice := normal(part))]
    if len(choices) > 1:
        return (word_test(tuple(choices), exact, closed, open_end, open_start, name, "", final),)
    words = choices[0].split() if choices else []
    last = len(words) - 1
    return tuple(
        word_test(
            (word,),
            exact or i < last,
            closed,
            open_end and i == last,
            open_start and i == 0,
            name,
            (bare if capitals else f"~{bare}" if spelled else "") if last == 0 else "",
            final and i == last,
        )
        for i, word in enumerate(words)
    )
