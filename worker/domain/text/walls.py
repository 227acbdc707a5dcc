"""Pages that stand in front of an article: consent, paywall, "enable JavaScript", robot checks.

Their words are data. A page is only called a wall when it gave little text: on most sites the same words
stand in a banner beside the whole article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from worker.domain.text.fold import fold_key

MIN_ARTICLE = 200
"""Characters; what is shorter is no article."""

_SHORT = 600
"""Below this, words anywhere on the page name the wall."""
_LOCKED = 1_500
"""Below this, a page that declares itself locked has kept the rest back."""
_OPENING = 400
_Kind = tuple[str, str, tuple[str, ...]]
"""A verdict, its reason in words, the phrases that stand for it."""


@dataclass(frozen=True, slots=True)
class Walls:
    """Phrases by kind of wall; compared in folded form."""

    consent: tuple[str, ...] = ()
    paywall: tuple[str, ...] = ()
    javascript: tuple[str, ...] = ()
    challenge: tuple[str, ...] = ()
    _folded: tuple[_Kind, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Fold once; the order is that of suspicion."""
        kinds = (
            ("needs-javascript", "a check for robots", self.challenge),
            ("needs-javascript", "the page asks for JavaScript", self.javascript),
            ("consent", "the page asks for consent first", self.consent),
            ("paywall", "the page asks to subscribe", self.paywall),
        )
        folded = tuple((verdict, reason, tuple(map(fold_key, words))) for verdict, reason, words in kinds)
        object.__setattr__(self, "_folded", folded)

    def judge(self, text: str, page: str, *, locked: bool = False) -> tuple[str, str]:
        """Return the verdict of `ArticleOutcome` and its reason.

        `text` is what extraction found, `page` all visible words, `locked` whether the page's own
        metadata says that it is not free to read.
        """
        if locked and len(text) < _LOCKED:
            return "paywall", "the page says that it is not free to read"
        if len(text) < _SHORT:
            found = self._find(fold_key(page), self._folded)
        elif len(text) < _LOCKED:
            # A wall's own text may be long; what closes an article's beginning offers the rest for sale.
            consent_or_script, for_sale = self._folded[1:3], self._folded[3:]
            found = self._find(fold_key(text[:_OPENING]), consent_or_script)
            found = found or self._find(fold_key(text[-_OPENING:]), for_sale)
        else:
            found = None
        if found:
            return found
        if len(text) < MIN_ARTICLE:
            return "too-short", f"only {len(text)} characters of text"
        return "ok", ""

    @staticmethod
    def _find(where: str, kinds: Sequence[_Kind]) -> tuple[str, str] | None:
        """The first kind that one of its phrases stands for."""
        for verdict, reason, words in kinds:
            if word := next((word for word in words if word in where), ""):
                return verdict, f"{reason}: “{word}”"
        return None
