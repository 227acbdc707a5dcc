"""The measure of scrapinghub's article-extraction benchmark: F1 over four-word shingles.

A page's counts of true, false and missed shingles give its precision and recall; the means over all
pages give F1 (https://github.com/scrapinghub/article-extraction-benchmark, `evaluate.py`).
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

_WORD = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the corpus with its true text."""

    url: str
    html: bytes
    truth: str


@dataclass(frozen=True, slots=True)
class Score:
    """Means over all pages."""

    f1: float
    precision: float
    recall: float


def load_pages(folder: Path) -> dict[str, Page]:
    """The corpus by page id."""
    truth = json.loads(gzip.decompress((folder / "ground-truth.json.gz").read_bytes()))
    return {
        name: Page(row["url"], gzip.decompress((folder / f"{name}.html.gz").read_bytes()), row["articleBody"])
        for name, row in truth.items()
    }


def score(pages: Mapping[str, Page], found: Mapping[str, str]) -> Score:
    """Compare texts found with true ones; a page without words on one side counts on the other alone."""
    precisions, recalls = [], []
    for name, page in pages.items():
        true, got = _shingles(page.truth), _shingles(found[name])
        common = (true & got).total()
        if got:
            precisions.append(common / got.total())
        if true:
            recalls.append(common / true.total())
    precision, recall = mean(precisions), mean(recalls)
    return Score(2 * precision * recall / (precision + recall), precision, recall)


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    starts = range(max(1, len(words) - _SHINGLE + 1))
    return Counter(shingle for at in starts if (shingle := tuple(words[at : at + _SHINGLE])))
