"""Removes secrets and addresses from whatever is about to leave: log lines, Sentry events.

Two nets, because each has holes: the values of our own secret settings, wherever and however they are
quoted, and the shapes that secrets have (a webhook address, a token, `password=…`), for those that came
with a feed's options or a user's Apprise address and are in no setting.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

MASK = "********"
DEPTH = 12

_NAMES = (
    r"pass(?:word|wd|phrase)?|secret|token|api[_-]?key|apikey|routing[_-]?key|signature|credentials?|"
    r"authori[sz]ation|cookie|session|dsn|webhook|bearer|basic[_-]?auth|smtp|apprise"
)
_SENSITIVE_KEY = re.compile(rf"(?:^|[^a-z])(?:{_NAMES})", re.IGNORECASE)
_PERSONAL_KEY = re.compile(
    r"(?:^|[^a-z])(?:e?mail|recipients?|mail_to|mail_from|user)(?:$|[^a-z])", re.IGNORECASE
)

_SHAPES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"https?://hooks\.[^\s'\"<>]+", re.IGNORECASE), f"https://hooks/{MASK}"),
    (re.compile(r"https?://[^\s'\"<>]*(?:web)?hooks?/[^\s'\"<>]+", re.IGNORECASE), f"https://{MASK}"),
    (re.compile(r"\bxox[a-z](?:\.[a-z]+)?-[\w-]+|\bxapp-[\w-]+"), MASK),
    (re.compile(r"(?<=://)[^\s/@'\"]+@"), f"{MASK}@"),
    (re.compile(r"\b(Bearer|Basic|Digest)\s+[\w.~+/=-]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    (
        re.compile(
            rf"(?P<n>[\w-]*(?:{_NAMES})[\w-]*['\"]?\s*[=:]\s*)(?:'[^']*'|\"[^\"]*\"|[^\s,;&)}}\]]+)",
            re.IGNORECASE,
        ),
        rf"\g<n>{MASK}",
    ),
)
_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")


class Scrubber:
    """Cleans text and nested values. `personal` also removes e-mail addresses."""

    def __init__(self, secrets: Iterable[str] = (), *, personal: bool = False) -> None:
        """Secrets shorter than 4 characters are left out: they would black out ordinary words."""
        forms = {f for s in secrets if len(s) >= 4 for f in (s, quote(s, safe=""), quote(s))}
        self._known = (
            re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True)))) if forms else None
        )
        self._personal = personal

    def known(self, text: str) -> str:
        """Only our own secrets: cheap enough for every log line."""
        return self._known.sub(MASK, text) if self._known else text

    def text(self, text: str) -> str:
        """Our own secrets and everything that looks like one."""
        text = self.known(text)
        for shape, instead in _SHAPES:
            text = shape.sub(instead, text)
        return _MAIL.sub(f"{MASK}@", text) if self._personal else text

    def value(self, value: Any, depth: int = 0) -> Any:
        """The same for dictionaries, lists and what is in them; too deep is cut off."""
        if isinstance(value, str):
            return self.text(value)
        if depth > DEPTH:
            return MASK
        if isinstance(value, Mapping):
            return {self.text(str(k)): self._entry(str(k), v, depth) for k, v in value.items()}
        if isinstance(value, (list, tuple, set, frozenset)):
            return [self.value(v, depth + 1) for v in value]
        if value is None or isinstance(value, (bool, int, float)):
            return value
        return self.text(repr(value))

    def _entry(self, key: str, value: Any, depth: int) -> Any:
        """A value under a name that gives it away is masked whole."""
        told = _SENSITIVE_KEY.search(key) or (self._personal and _PERSONAL_KEY.search(key))
        if told and isinstance(value, (str, bytes, list, tuple, Mapping)) and value:
            return MASK
        return self.value(value, depth + 1)
