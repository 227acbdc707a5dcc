"""Renders the demo's outlets as RSS 2.0, RSS 1.0 and Atom, with dates relative to now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import format_datetime
from importlib.resources import files
from xml.sax.saxutils import escape
from zoneinfo import ZoneInfo

import msgspec
import yaml

BAGHDAD = ZoneInfo("Asia/Baghdad")

WEEKDAYS = {
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
    "fr": ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"],
    "ar": ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"],
    "ckb": ["دووشەممە", "سێشەممە", "چوارشەممە", "پێنجشەممە", "هەینی", "شەممە", "یەکشەممە"],
}


@dataclass(frozen=True, slots=True)
class SampleItem:
    """One entry and the second at which it appears."""

    after: float
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class Outlet:
    """One invented outlet with its feed."""

    id: str
    name: str
    format: str
    language: str
    reliability: str
    items: tuple[SampleItem, ...]


def outlets() -> tuple[Outlet, ...]:
    """Read the sample outlets that ship with the package."""
    raw = yaml.safe_load(files("worker.demo").joinpath("data/feeds.yaml").read_text("utf-8"))
    return msgspec.convert(raw["outlets"], tuple[Outlet, ...])


def render(outlet: Outlet, base: str, started: datetime, now: datetime) -> str:
    """Write the feed as it stands at `now`: entries whose second has come, newest first."""
    shown = [
        (number, item, started + timedelta(seconds=item.after))
        for number, item in enumerate(outlet.items, 1)
        if started + timedelta(seconds=item.after) <= now
    ]
    write = {"rss2": _rss2, "rss1": _rss1, "atom": _atom}[outlet.format]
    return write(outlet, f"{base}/{outlet.id}", list(reversed(shown)))


def _filled(outlet: Outlet, text: str, link: str, at: datetime) -> str:
    days, today = WEEKDAYS[outlet.language], at.astimezone(BAGHDAD).weekday()
    return (
        text.replace("{today}", days[today]).replace("{yesterday}", days[today - 1]).replace("{link}", link)
    )


Shown = list[tuple[int, SampleItem, datetime]]


def _rss2(outlet: Outlet, link: str, shown: Shown) -> str:
    rows = "".join(
        f"<item><title>{escape(item.title)}</title><link>{link}/{n}</link>"
        f"<guid isPermaLink='false'>{outlet.id}-{n}</guid><pubDate>{format_datetime(at)}</pubDate>"
        f"<description>{escape(_filled(outlet, item.html, f'{link}/{n}', at))}</description></item>"
        for n, item, at in shown
    )
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><rss version='2.0'><channel><title>{escape(outlet.name)}</title>"
        f"<link>{link}</link><description>Sample feed</description><language>{outlet.language}</language>"
        f"{rows}</channel></rss>"
    )


def _atom(outlet: Outlet, link: str, shown: Shown) -> str:
    rows = "".join(
        f"<entry><id>tag:{outlet.id},2026:{n}</id><title>{escape(item.title)}</title>"
        f"<link href='{link}/{n}'/><published>{at.isoformat()}</published><updated>{at.isoformat()}</updated>"
        f"<content type='html'>{escape(_filled(outlet, item.html, f'{link}/{n}', at))}</content></entry>"
        for n, item, at in shown
    )
    updated = shown[0][2].isoformat() if shown else "1970-01-01T00:00:00Z"
    return (
        f"<?xml version='1.0' encoding='UTF-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='{outlet.language}'>"
        f"<id>tag:{outlet.id},2026:feed</id><title>{escape(outlet.name)}</title><updated>{updated}</updated>{rows}</feed>"
    )


def _rss1(outlet: Outlet, link: str, shown: Shown) -> str:
    rows = "".join(
        f"<item rdf:about='{link}/{n}'><title>{escape(item.title)}</title><link>{link}/{n}</link>"
        f"<dc:date>{at.isoformat()}</dc:date>"
        f"<description>{escape(_filled(outlet, item.html, f'{link}/{n}', at))}</description></item>"
        for n, item, at in shown
    )
    order = "".join(f"<rdf:li rdf:resource='{link}/{n}'/>" for n, _, _ in shown)
    return (
        "<?xml version='1.0' encoding='UTF-8'?><rdf:RDF xmlns='http://purl.org/rss/1.0/'"
        " xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        f"<channel rdf:about='{link}'><title>{escape(outlet.name)}</title><link>{link}</link>"
        f"<description>Sample feed</description><items><rdf:Seq>{order}</rdf:Seq></items></channel>{rows}</rdf:RDF>"
    )
