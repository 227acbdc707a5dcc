"""An item as it was delivered to the document that understanding reads: one pure step.

Shared by the read room, `marsad analyse` and the evaluation, so that all three see the same text.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b

from worker.domain.text.boilerplate import Boilerplate
from worker.domain.text.canonical import canonical_url
from worker.domain.text.clean import tidy
from worker.domain.text.fold import fold_key
from worker.domain.text.html import MAX_TEXT, join, read_html
from worker.domain.text.language import detect
from worker.domain.text.title import clean_title, headline_of, split_last

TEASER_CHARS = 900
"""A body shorter than this is taken for a teaser: news agencies' own reports are longer."""


@dataclass(frozen=True, slots=True)
class CleanItem:
    """What reading makes of an entry before anything is understood."""

    title: str
    suffix: str
    text: str
    """Title, newline, body."""
    language: str
    language_score: float
    canonical_url: str
    text_hash: str
    """The same for texts that differ in spelling, case and spacing only; 32 hex digits."""
    teaser: bool
    """The feed gave no whole article: the body is short or tells its reader to read on."""

    @property
    def title_end(self) -> int:
        """Offset of the newline after the title."""
        return len(self.title)


def clean_item(
    title: str,
    html: str,
    boilerplate: Boilerplate,
    *,
    article: str | None = None,
    source: str = "",
    url: str = "",
    language_hint: str | None = None,
    outlets: Collection[str] = frozenset(),
) -> CleanItem:
    """Clean an entry's title and body and tell its language; `article` is the page's text where it was fetched."""
    headline = clean_title(title, source, url=url, outlets=outlets)
    if article:
        body, cut = tidy(article[:MAX_TEXT]), False
    else:
        read = read_html(html, boilerplate)
        body, cut = read.text, read.cut
    name, suffix = headline.text, headline.suffix
    name, suffix, body = _without_echo(name, suffix, body)
    if not name:  # posts of channels and microblogs have none
        name, body = headline_of(body)
    text, title_end = join(name, boilerplate.without_torn_tail(body, name))
    language = detect(name, text[title_end + 1 :], language_hint)
    return CleanItem(
        title=name,
        suffix=suffix,
        text=text,
        language=language.code,
        language_score=language.score,
        canonical_url=canonical_url(url),
        text_hash=blake2b(fold_key(text).encode(), digest_size=16).hexdigest(),
        teaser=not article and (cut or len(text) - title_end <= TEASER_CHARS),
    )


def _without_echo(title: str, suffix: str, body: str) -> tuple[str, str, str]:
    """Title, suffix and body of an aggregator's item, whose body says headline and outlet once more.

    Google News is one. The echo proves what the title alone leaves open: where the outlet's name begins.
    """
    first, _, rest = body.partition("\n")
    if suffix:
        return title, suffix, rest if fold_key(first) == fold_key(f"{title} {suffix}") else body
    head, last = split_last(title)
    if last and fold_key(first) == fold_key(f"{head} {last}"):
        return head, last, rest
    return title, suffix, body
