"""What surrounds a text and is none of it: share rows, "read more", newsletter boxes, credits.

The phrases are data (`config/data/boilerplate.yaml`), compared in folded form, so that spelling and
case do not matter. All languages are tried on every text, since its language is known only later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from worker.domain.text.fold import fold, fold_key

_LONGEST_LINE = 400
"""A paragraph longer than this is text, whatever it begins with."""
_TAIL_REACH = 700
"""How far from its end a text is searched for a closing phrase such as "The post … appeared first on …"."""
_LONGEST_HEADLINE = 220
_TORN_AT_LEAST = 8
_DECORATION = " \t.,:;|/\\<>[](){}«»‹›…-–—→←↓▶►»*•·+=\"'"
_ENDS_SENTENCE = '.!?…؟۔:"”»)]'
_CUT_MARK = re.compile(r"\s*(?:\[\s*(?:…|\.{3}|&hellip;)\s*\]|\(\s*(?:…|\.{3})\s*\)|\[\+\d+ chars\])$")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """The phrases, as the data file has them; `*` stands for any words."""

    hidden: tuple[str, ...] = ()
    """Class or id names of parts that are dropped; `share-*` covers what begins so."""
    more: tuple[str, ...] = ()
    """Invitations to read on: dropped as a link, as a paragraph and at the end of the text."""
    lines: tuple[str, ...] = ()
    """Paragraphs that are dropped whole."""
    tails: tuple[str, ...] = ()
    """Phrases that end a text; dropped from where they begin to the end of their paragraph."""
    share: tuple[str, ...] = ()
    """Words that a row of share links consists of."""
    credits: tuple[str, ...] = ()
    """Words that introduce a photo's credit."""
    agencies: tuple[str, ...] = ()
    """Names that stand as a photo's credit by themselves."""
    _rules: _Rules = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Compile once: a reader makes one of these at start."""
        object.__setattr__(self, "_rules", _Rules(self))

    def hides(self, name: str) -> bool:
        """Whether a part with this class or id is dropped."""
        return self._rules.hides(name)

    def invites(self, text: str) -> bool:
        """Whether a link's text only invites to read on."""
        return self._rules.invites(text)

    def drops(self, line: str) -> bool:
        """Whether a paragraph is no part of the text."""
        return self._rules.drops(line)

    def without_credit(self, caption: str) -> str:
        """Return a photo's caption without the photographer and agency at its end."""
        return self._rules.credit.sub("", caption) if len(caption) <= _LONGEST_LINE else caption

    def without_tail(self, text: str) -> tuple[str, bool]:
        """Cut closing phrases off; says whether one of them invited to read on."""
        return self._rules.without_tail(text)

    def without_torn_tail(self, text: str, title: str) -> str:
        """Cut off what is left of "The post <title> appeared …" where a text was cut at some length."""
        return self._rules.without_torn_tail(text, fold_key(title))


class _Rules:
    """The phrases in the forms in which they are looked up."""

    def __init__(self, data: Boilerplate) -> None:
        exact = [name.casefold() for name in data.hidden if not name.endswith("*")]
        begun = tuple(name[:-1].casefold() for name in data.hidden if name.endswith("*"))
        names = frozenset(exact)
        self.hides = lru_cache(4096)(lambda name: name in names or name.startswith(begun))
        self.more = frozenset(map(_bare, data.more))
        self.more_tails = tuple(sorted(self.more, key=len, reverse=True))
        self.line = _wildcards((*data.lines, *(f"{word}: *" for word in data.credits)))
        self.share = _row([*data.share])
        self.tails = tuple(tuple(map(_squeeze, tail.split("*"))) for tail in data.tails)
        self.openings = tuple(sorted({tail[0] for tail in self.tails if len(tail) > 2 and tail[0]}))
        self.credit = _credit(data.credits, data.agencies)

    def invites(self, text: str) -> bool:
        return len(text) <= _LONGEST_LINE and _bare(text) in self.more

    def drops(self, line: str) -> bool:
        if len(line) > _LONGEST_LINE:
            return False
        key = fold_key(line)
        bare = key.strip(_DECORATION)
        return not bare or bare in self.more or bool(self.line.fullmatch(key) or self.share.fullmatch(bare))

    def without_tail(self, text: str) -> tuple[str, bool]:
        cut = False
        for _ in range(4):  # a text rarely has more than two: "[…] The post … appeared first on …"
            shorter, marked = self._once(text)
            if shorter == text:
                break
            text, cut = shorter, cut or marked
        return text, cut

    def _once(self, text: str) -> tuple[str, bool]:
        unmarked = _CUT_MARK.sub("", text)
        if unmarked != text:
            return unmarked, True
        offset = max(0, len(text) - _TAIL_REACH)
        folded = fold(text[offset:])
        end = folded.text.rstrip(_DECORATION)
        at = max((_find_tail(folded.text, end, pieces) for pieces in self.tails), default=-1)
        marked = False
        if at < 0:
            at = self._find_more(end)
            marked = at >= 0
        if at < 0:
            return text, False
        return text[: offset + folded.span(at, at)[0]].rstrip(), marked

    def without_torn_tail(self, text: str, title: str) -> str:
        offset = max(0, len(text) - _TAIL_REACH)
        folded = fold(text[offset:])
        for opening in self.openings:
            at = folded.text.rfind(opening)
            rest = fold_key(folded.text[at + len(opening) :]) if at >= 0 else ""
            if len(rest) >= _TORN_AT_LEAST and title.startswith(rest):
                return text[: offset + folded.span(at, at)[0]].rstrip()
        return text

    def _find_more(self, end: str) -> int:
        """Where a closing "read more" begins: behind a sentence's end, else it is the sentence."""
        if not end.endswith(self.more_tails):
            return -1
        for phrase in self.more_tails:
            if end.endswith(phrase):
                before = end[: -len(phrase)].rstrip(" \n[(-–—|>»")
                if not before or before[-1] in _ENDS_SENTENCE or end[-len(phrase) - 1] in "\n[(|":
                    return len(end) - len(phrase)
        return -1


def _squeeze(text: str) -> str:
    """Fold a piece of a pattern, keeping whether a space stands at its ends."""
    key = fold_key(text)
    return f"{' ' if text[:1] == ' ' else ''}{key}{' ' if key and text[-1:] == ' ' else ''}"


def _bare(text: str) -> str:
    """A phrase without the arrows and brackets around it."""
    return fold_key(text).strip(_DECORATION)


def _wildcards(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One expression that matches a whole folded line by any of the patterns; an arrow or a bar does for a colon."""
    bodies = (".*?".join(map(re.escape, map(_squeeze, pattern.split("*")))) for pattern in patterns)
    bodies = (re.sub(r"(?:\\ )?:", r"\\s*[:>|»›\"–-]", body) for body in bodies)
    return re.compile(rf"[\W_]*(?:{'|'.join(bodies) or '(?!)'})[\W_]*", re.DOTALL)


def _row(words: list[str]) -> re.Pattern[str]:
    """A line of nothing but these words; atomic, so that no line makes it slow."""
    folded = sorted({fold_key(word) for word in words}, key=len, reverse=True)
    if not folded:
        return re.compile(r"(?!)")
    return re.compile(rf"(?>(?>{'|'.join(map(re.escape, folded))})(?>\W+|$))+")


def _credit(words: tuple[str, ...], agencies: tuple[str, ...]) -> re.Pattern[str]:
    """The credit at the end of a caption, bracketed or after a bar."""
    any_word = "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or r"(?!)"
    any_name = "|".join(map(re.escape, sorted(agencies, key=len, reverse=True))) or r"(?!)"
    inner = rf"[^()\[\]\n]{{0,60}}\b(?:{any_name})\b[^()\[\]\n]{{0,40}}|(?:{any_word})\b[^()\[\]\n]{{0,80}}"
    bare = rf"(?:(?:{any_word})\s*:|©)[^\n]{{0,80}}|(?:{any_name})"
    return re.compile(rf"\s*(?:[(\[](?:{inner})[)\]]|[|/–—-]\s*(?:{bare})|©[^\n]{{0,80}})\s*$", re.IGNORECASE)


def _find_tail(text: str, end: str, pieces: tuple[str, ...]) -> int:
    """Where the last occurrence of a phrase begins, provided that it closes the text; -1 if nowhere.

    `end` is the text without the decoration behind its last word. What a closing `*` stands for is a
    headline or a name, and no longer than one.
    """
    last = pieces[-1].rstrip(_DECORATION)
    if not end.endswith(last):
        return -1
    at = text.rfind(last) if last else len(text)
    behind = at
    for piece in reversed(pieces[:-1]):
        at = text.rfind(piece, 0, at)
        if at < 0 or (behind == len(text) and behind - at > _LONGEST_HEADLINE):
            return -1
        behind = at
    starts_word = at == 0 or not text[at - 1].isalnum()
    return at if starts_word and "\n" not in text[at:].strip() else -1
