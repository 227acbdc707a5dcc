"""The query language of watches: text in, a tree out; a fault points at its column.

The grammar is short enough to read; `docs/watches.md` prints it. Operators are written in capitals,
so that `or` (gold, in French) and `not` stay words.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import re2
from lark import Lark, Token, Transformer, v_args
from lark.exceptions import UnexpectedCharacters, UnexpectedToken, VisitError

from worker.domain.alerting.words import key_words
from worker.errors import QueryError

GRAMMAR = r"""
query: either
either: both ("OR" both)*
both: one ("AND"? one)*
one: "NOT" one -> negation
   | near
near: atom (NEAR atom)*
atom: "(" either ")"   -> bracket
    | RUN           -> run
    | PHRASE        -> phrase
    | EXACT         -> exact
    | REGEX         -> regex
    | FIELD value ("," value)* -> field
    | NUMBER_FIELD COMPARE NUMBER -> number
    | SINCE DAY     -> since
value: WORD | PHRASE

NEAR.9: /NEAR\/\d{1,3}(?![\w\/])/
SINCE.8: /since:/
DAY.8: /\d{4}-\d\d-\d\d(?!\w)|\d{1,4}[hdw](?!\w)/
FIELD.7: /[a-z_]+:(?!\/)/
NUMBER_FIELD.6: /[a-z_]+(?=\s*(>=|<=|=|>|<)\s*\d)/
COMPARE: />=|<=|=|>|</
NUMBER: /\d+(\.\d+)?/
EXACT.5: /=("[^"\n]+"|[^\s()",:=<>\/]+)/
REGEX.5: /\/(\\.|[^\/\n])+\//
PHRASE.5: /["“«][^"”»\n]+["”»]/
RUN.1: /(?!(AND|OR|NOT)(?![\w*])|NEAR\/\d)[^\s()",:=<>\/“”«»]+(\s+(?!(AND|OR|NOT)(?![\w*])|NEAR\/\d|[a-z_]+\s*(:|>=|<=|=|>|<))[^\s()",:=<>\/“”«»]+)*/
WORD: /[^\s()",:=<>“”«»]+/

%import common.WS
%ignore WS
"""

TEXT_FIELDS = (
    "type", "actor", "target", "weapon", "place", "governorate", "term", "source", "lang", "kind", "severity",
)  # fmt: skip
NUMBER_FIELDS = ("killed", "wounded", "count", "sources", "confidence")
MAX_LENGTH = 4000
MAX_DEPTH = 40
"""Brackets deeper than this are a fault, not a question."""


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain words: whatever concepts and words it is made of must all be there."""

    words: tuple[str, ...]
    column: int
    said: tuple[str, ...] = ()
    """The words as they were written, one for each of `words`; empty where the split differs."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side; `exact` takes them as they stand, without looking for a concept."""

    words: tuple[str, ...]
    exact: bool
    column: int


@dataclass(frozen=True, slots=True)
class Regex:
    """A pattern for google-re2, run over the folded text; its time is linear in the text."""

    pattern: str
    column: int


@dataclass(frozen=True, slots=True)
class Field:
    """One of `values` in a field of the story."""

    name: str
    values: tuple[str, ...]
    column: int


@dataclass(frozen=True, slots=True)
class Number:
    """A figure of the story compared; a figure that is not known is not compared and says no."""

    name: str
    compare: str
    value: float
    column: int


@dataclass(frozen=True, slots=True)
class Since:
    """Not older than a span or a day."""

    span: timedelta | None
    day: date | None
    column: int

    def start(self, now: datetime) -> datetime:
        """From when on."""
        if self.day:
            return datetime(self.day.year, self.day.month, self.day.day, tzinfo=UTC)
        return now - (self.span or timedelta())


@dataclass(frozen=True, slots=True)
class Near:
    """Both sides in one text with at most `distance` words between them, in either order."""

    left: Node
    right: Node
    distance: int
    column: int


@dataclass(frozen=True, slots=True)
class Not:
    """The opposite."""

    part: Node


@dataclass(frozen=True, slots=True)
class Both:
    """Every part."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one part."""

    parts: tuple[Node, ...]


Leaf = Words | Phrase | Regex | Field | Number | Since
Node = Leaf | Near | Not | Both | Either


@v_args(inline=True)
class _Build(Transformer[Token, Node]):
    """Parse tree to nodes."""

    def query(self, node: Node) -> Node:
        return node

    def either(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else Either(parts)

    def both(self, *parts: Node) -> Node:
        return parts[0] if len(parts) == 1 else Both(parts)

    def one(self, node: Node) -> Node:
        return node

    def negation(self, node: Node) -> Node:
        return Not(node)

    def bracket(self, node: Node) -> Node:
        return node

    def near(self, first: Node, *rest: Node | Token) -> Node:
        node = first
        for operator, right in zip(rest[::2], rest[1::2], strict=True):
            assert isinstance(operator, Token)
            assert not isinstance(right, Token)
            if not isinstance(node, Words | Phrase | Near) or not isinstance(right, Words | Phrase):
                raise QueryError(
                    "NEAR stands between words or phrases", column=operator.column or 1,
                    remedy='write for instance: rocket NEAR/5 "green zone"',
                )  # fmt: skip
            node = Near(node, right, int(operator[5:]), operator.column or 1)
        return node

    def run(self, token: Token) -> Node:
        words = tuple(str(token).split())
        _refuse_lower_operators(words, token)
        _refuse_bad_stars(words, token)
        folded = _worded(token, str(token))
        return Words(folded, token.column or 1, words if len(words) == len(folded) else ())

    def phrase(self, token: Token) -> Node:
        return Phrase(_worded(token, str(token)[1:-1]), False, token.column or 1)

    def exact(self, token: Token) -> Node:
        return Phrase(_worded(token, str(token)[1:].strip('"')), True, token.column or 1)

    def regex(self, token: Token) -> Node:
        pattern = str(token)[1:-1].replace("\\/", "/")
        return Regex(check_pattern(pattern, token.column or 1), token.column or 1)

    def value(self, token: Token) -> Token:
        return token

    def field(self, name: Token, *values: Token) -> Node:
        field, column = str(name)[:-1], name.column or 1
        if field in NUMBER_FIELDS:
            raise QueryError(
                f"{field} is a figure", column=column, remedy=f"compare it: {field}>=3"
            )  # fmt: skip
        if field not in TEXT_FIELDS:
            raise QueryError(f"there is no field {field!r}", column=column, remedy=_meant(field, TEXT_FIELDS))
        return Field(field, tuple(str(value).strip('"“”«»') for value in values), column)

    def number(self, name: Token, compare: Token, value: Token) -> Node:
        field, column = str(name), name.column or 1
        if field not in NUMBER_FIELDS:
            raise QueryError(
                f"there is no figure {field!r}", column=column, remedy=_meant(field, NUMBER_FIELDS)
            )
        return Number(field, str(compare), float(value), column)

    def since(self, name: Token, when: Token) -> Node:
        text, column = str(when), name.column or 1
        if "-" not in text:
            hours = {"h": 1, "d": 24, "w": 168}[text[-1]]
            return Since(timedelta(hours=hours * int(text[:-1])), None, column)
        try:
            return Since(None, date.fromisoformat(text), column)
        except ValueError:
            raise QueryError(f"{text} is no day of the calendar", column=when.column or 1) from None


_PARSER = Lark(GRAMMAR, start="query", parser="lalr", lexer="contextual", maybe_placeholders=False)

_SAID = {
    "RUN": "words", "PHRASE": 'a "phrase"', "EXACT": "=word", "REGEX": "/pattern/", "FIELD": "a field",
    "NUMBER_FIELD": "killed>=3", "SINCE": "since:", "LPAR": "a bracket", "RPAR": "a closing bracket",
    "NOT": "NOT", "AND": "AND", "OR": "OR", "NEAR": "NEAR/n", "COMMA": "a comma", "WORD": "a word",
    "DAY": "a span such as 30d, 12h or a day such as 2026-11-22", "NUMBER": "a number",
    "COMPARE": ">=, >, =, < or <=", "$END": "the end",
}  # fmt: skip


def parse(text: str, *, where: str = "") -> Node:
    """Read a query; raises `QueryError` with the column (from 1), what stands there and what may."""
    if not text.strip():
        raise QueryError(
            "the query is empty", column=1, where=where, remedy="write for instance: rocket attack"
        )
    if len(text) > MAX_LENGTH:
        raise QueryError(f"longer than {MAX_LENGTH} characters", column=MAX_LENGTH, where=where)
    _refuse_depth(text, where)
    try:
        return _Build().transform(_PARSER.parse(text))
    except VisitError as fault:
        inner = fault.orig_exc
        if isinstance(inner, QueryError):
            inner.where = inner.where or where
            raise QueryError(
                inner.message.split(": ", 1)[1], column=inner.column, where=where, remedy=inner.remedy
            ) from None
        raise
    except UnexpectedToken as fault:
        at_end = fault.token.type == "$END"
        column = len(text) + 1 if at_end else fault.column
        found = "the query ends" if at_end else f"{str(fault.token)!r} stands"
        raise _expected(
            f"{found} where it must not", column, fault.accepts or fault.expected, where
        ) from None
    except UnexpectedCharacters as fault:
        raise _expected(f"{fault.char!r} cannot stand here", fault.column, fault.allowed, where) from None


def _expected(said: str, column: int, terminals: Iterable[str], where: str) -> QueryError:
    names = sorted({_SAID[name] for name in terminals if name in _SAID})
    return QueryError(
        said, column=column, where=where, remedy="expected " + ", ".join(names) if names else ""
    )


def _refuse_depth(text: str, where: str) -> None:
    depth = 0
    for column, char in enumerate(text, 1):
        depth += (char == "(") - (char == ")")
        if depth > MAX_DEPTH:
            raise QueryError(f"more than {MAX_DEPTH} brackets inside each other", column=column, where=where)


def _refuse_lower_operators(words: tuple[str, ...], token: Token) -> None:
    for word in words:
        if word in ("and", "or", "not") and len(words) > 1:
            column = (token.column or 1) + re.search(rf"(?<!\S){word}(?!\S)", str(token)).start()  # type: ignore[union-attr]
            raise QueryError(
                f"{word!r} in small letters is a word", column=column,
                remedy=f'write {word.upper()} for the operator, "{word}" in quotes for the word',
            )  # fmt: skip


def _refuse_bad_stars(words: tuple[str, ...], token: Token) -> None:
    for word in words:
        if "*" in word and (len(word.replace("*", "")) < 3 or word.count("*") > 3):
            raise QueryError(
                f"{word!r} would match almost anything", column=token.column or 1,
                remedy="a wildcard needs at least three letters beside at most three stars",
            )  # fmt: skip


def _worded(token: Token, text: str) -> tuple[str, ...]:
    words = key_words(text)
    if not words:
        raise QueryError(f"{text!r} holds no word", column=token.column or 1)
    return words


def _meant(word: str, known: tuple[str, ...]) -> str:
    close = difflib.get_close_matches(word, known, 1)
    return f"did you mean {close[0]}?" if close else "the fields are " + ", ".join(known)


def check_pattern(pattern: str, column: int) -> str:
    """Refuse what google-re2 cannot compile (look-around, back-references) or what is too long."""
    if len(pattern) > 200:
        raise QueryError("a pattern has at most 200 characters", column=column)
    try:
        re2.compile(pattern, _RE2)
    except re2.error as fault:
        raise QueryError(
            f"the pattern is refused: {fault}", column=column,
            remedy="patterns are those of google-re2: no look-around, no back-references",
        ) from None  # fmt: skip
    return pattern


def _re2_options() -> re2.Options:
    options = re2.Options()
    options.max_mem = 1 << 20
    options.log_errors = False
    return options


_RE2 = _re2_options()


def compile_pattern(pattern: str) -> Any:
    """Compile for google-re2 with its memory bounded; `check_pattern` was happy with it before."""
    return re2.compile(pattern, _RE2)
