"""Reads and checks `data/common_words.yaml`: words that make no two texts alike, by language.

An operator's overlay adds to the shipped lists.
"""

from __future__ import annotations

from pathlib import Path

from config.catalogue import DATA
from config.yamlfile import fault, read_yaml

FILE = "common_words.yaml"


def load_common_words(overlay: Path | None = None, *, data: Path = DATA) -> dict[str, frozenset[str]]:
    """Give each language's function words, as written."""
    found: dict[str, set[str]] = {}
    for folder in (data, overlay):
        path = folder / FILE if folder else None
        if path is None or not path.is_file():
            continue
        raw = read_yaml(path) or {}
        if not isinstance(raw, dict):
            raise fault(path, (), f"{raw!r} is no mapping", "write a language code, a colon and its words")
        for language, words in raw.items():
            if not isinstance(words, str):
                raise fault(path, (language,), f"{words!r} is no text", "write the words with blanks between")
            found.setdefault(str(language), set()).update(words.split())
    return {language: frozenset(words) for language, words in found.items()}
