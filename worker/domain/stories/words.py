"""Text as comparable words: folded, stemmed, without function words.

Linking compares what was said and not how it was typed: letters that a keyboard or a house style
decides are made equal first (`worker.domain.text.fold`), then endings go.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

import snowballstemmer

from worker.domain.text.fold import fold

_TOKEN = re.compile(r"[^\W_]+(?:[.,]\d{3})*", re.UNICODE)
_GROUPING = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_RUN = re.compile("[\u3040-\u30ff\u3400-\u9fff]+|[^\u3040-\u30ff\u3400-\u9fff]+")
_STEMMERS = {
    "en": "english", "fr": "french", "ar": "arabic", "tr": "turkish", "es": "spanish", "de": "german",
}  # fmt: skip

SHINGLE = 3
"""Words a shingle; three keeps word order without letting one changed figure cost much."""


def tokens(text: str) -> list[str]:
    """Words and numbers in reading order; `1,200` is one number."""
    folded = fold(text).text
    found = _TOKEN.findall(folded)
    if _GROUPING.search(folded):
        found = [_GROUPING.sub("", word) for word in found]
    return _pairs(found) if _UNSPACED.search(text) else found


def _pairs(found: list[str]) -> list[str]:
    """Cut Chinese and Japanese, which set no blanks between words, into overlapping pairs of characters."""
    cut: list[str] = []
    for word in found:
        for run in _RUN.findall(word):
            if len(run) > 2 and _UNSPACED.match(run):
                cut.extend(run[i : i + 2] for i in range(len(run) - 1))
            else:
                cut.append(run)
    return cut


@lru_cache(maxsize=16)
def _stemmer(language: str) -> snowballstemmer.stemmer | None:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


@lru_cache(maxsize=60_000)
def stem(word: str, language: str) -> str:
    """The word without its ending where a stemmer is known for the language, else the word."""
    stemmer = _stemmer(language)
    if stemmer is None or not word.isalpha():
        return word
    return str(stemmer.stemWord(word))


def content(words: list[str], language: str, common: frozenset[str]) -> list[str]:
    """Stems of the words that carry meaning, each once, in order of first appearance."""
    return list(
        dict.fromkeys([stem(w, language) for w in words if w not in common and (len(w) > 1 or w.isdigit())])
    )


def folded(common: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """Fold each language's function words, so that they are met in any spelling."""
    return {
        language: frozenset(t for word in words for t in tokens(word)) for language, words in common.items()
    }


def numbers(words: list[str]) -> tuple[int, ...]:
    """Figures that say something of an event: no years, none beyond a million, each once."""
    found = {int(w) for w in words if w.isdigit() and w.isascii() and len(w) <= 6}
    return tuple(sorted(n for n in found if n > 1 and not 1990 <= n <= 2035))


def shingles(words: list[str]) -> list[str]:
    """Runs of three words; a text shorter than that is one run."""
    if len(words) < SHINGLE:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(words, words[1:], words[2:], strict=False)))
