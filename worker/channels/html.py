"""A message as HTML for mail: one column, inline styles, readable on a phone and without pictures."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from worker.channels.text import KINDS, RTL, facts, title, why
from worker.domain.model import Message, Quote, Severity

COLOURS = {
    Severity.CRITICAL: "#b3001b",
    Severity.HIGH: "#c2500a",
    Severity.MODERATE: "#8a6d00",
    Severity.LOW: "#2b5c8a",
}
FONT = "font-family:-apple-system,'Segoe UI',Roboto,'Noto Sans','Noto Naskh Arabic',Arial,sans-serif"


def page(message: Message, *, pictures: tuple[tuple[str, str], ...] = (), extra: str = "") -> str:
    """The whole mail; `pictures` are (content id, description) of inline images, `extra` trusted HTML."""
    colour = COLOURS[message.severity]
    shown = "".join(
        f'<p style="margin:12px 0"><img src="cid:{cid}" alt="{escape(alt)}" style="max-width:100%;height:auto"></p>'
        for cid, alt in pictures
    )
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title(message))}</title></head>"
        f'<body style="margin:0;padding:12px;background:#f4f4f2;color:#1c1c1c;{FONT};font-size:16px;line-height:1.4">'
        f"{_preheader(message)}"
        '<div style="max-width:640px;margin:0 auto;background:#ffffff;border:1px solid #dcdcd8;'
        f'border-top:5px solid {colour};border-radius:6px;padding:14px 16px">'
        f"{_heading(message, colour)}{_body(message)}{_facts(message)}{_why(message)}{_quotes(message)}"
        f"{_links(message)}{_changed(message)}{extra}{shown}{_story(message)}"
        "</div></body></html>"
    )


def _preheader(message: Message) -> str:
    """What a mail reader shows beside the subject: the news of an update."""
    news = "; ".join(message.changed) or " · ".join(value for _, value in facts(message))
    return f'<div style="display:none;max-height:0;overflow:hidden">{escape(news)}</div>' if news else ""


def _heading(message: Message, colour: str) -> str:
    kind = KINDS.get(message.kind, "")
    level = "" if message.kind in ("notice", "digest", "test") else message.severity.value.upper()
    label = " · ".join(part for part in (level, kind) if part)
    return (
        f'<div style="color:{colour};font-weight:700;font-size:13px;letter-spacing:.04em">{escape(label)}</div>'
        f'<h1 style="font-size:20px;line-height:1.25;margin:2px 0 10px">{escape(message.headline)}</h1>'
    )


def _body(message: Message) -> str:
    sections = message.data.get("sections")
    if sections:
        return "".join(_section(section) for section in sections)
    return (
        f'<p style="margin:0 0 10px;white-space:pre-line">{escape(message.body)}</p>' if message.body else ""
    )


def _section(section: Mapping[str, Any]) -> str:
    """One part of a digest: a heading and its rows, each with its severity as a coloured mark."""
    heading = f'<p style="margin:14px 0 2px;font-weight:600">{escape(section["title"])}</p>'
    rows = []
    for row in section["rows"]:
        shown = escape(row["text"])
        if row.get("url"):
            shown = f'<a href="{escape(row["url"])}" style="color:#1c1c1c">{shown}</a>'
        if row.get("severity"):
            colour = COLOURS[Severity(row["severity"])]
            shown = f'<b style="color:{colour};font-size:12px">{escape(row["severity"].upper())}</b> {shown}'
        rows.append(f'<div style="margin:3px 0">{shown}</div>')
    return (heading if section["title"] else "") + "".join(rows)


def _facts(message: Message) -> str:
    rows = []
    for label, value in facts(message):
        shown = escape(value)
        if label == "Where" and message.map_url:
            shown += f' · <a href="{escape(message.map_url)}" style="color:#1a5fb4">map</a>'
        rows.append(
            f'<tr><td style="color:#6b6b66;padding:1px 12px 1px 0;vertical-align:top">{label}</td>'
            f'<td style="padding:1px 0">{shown}</td></tr>'
        )
    table = f'<table role="presentation" style="border-collapse:collapse">{"".join(rows)}</table>'
    return table if rows else ""


def _why(message: Message) -> str:
    reason = why(message)
    if not reason:
        return ""
    return f'<p style="margin:10px 0 6px;color:#6b6b66;font-size:14px">Watch {escape(reason)}</p>'


def _quotes(message: Message) -> str:
    return "".join(_quote(quote) for quote in message.quotes)


def _quote(quote: Quote) -> str:
    rtl = quote.language in RTL
    parts, behind = [], 0
    for start, end, meaning in quote.marks:
        parts.append(escape(quote.text[behind:start]))
        mark = f'<mark style="background:#ffe9a8;padding:0 2px">{escape(quote.text[start:end])}</mark>'
        if meaning:
            mark += f' <span dir="ltr" style="color:#6b6b66;font-size:13px">[{escape(meaning)}]</span>'
        parts.append(mark)
        behind = end
    parts.append(escape(quote.text[behind:]))
    side = "right" if rtl else "left"
    source = f"{escape(quote.source)} ({escape(quote.language)})"
    return (
        f'<blockquote dir="{"rtl" if rtl else "ltr"}" lang="{escape(quote.language)}" style="margin:6px 0;'
        f'padding:2px 10px;border-{side}:3px solid #cfcfc8;text-align:{side}">{"".join(parts)}'
        f'<div dir="ltr" style="color:#6b6b66;font-size:13px;text-align:{side}">{source}</div></blockquote>'
    )


def _links(message: Message) -> str:
    if not message.links:
        return ""
    rows = "".join(
        f'<li style="margin:2px 0"><a href="{escape(url)}" style="color:#1a5fb4">{escape(source)}</a> '
        f'<span style="color:#6b6b66;font-size:13px">{escape(language)}</span></li>'
        for source, language, url in message.links
    )
    return f'<p style="margin:12px 0 2px;font-weight:600">Sources</p><ul style="margin:0;padding-left:20px">{rows}</ul>'


def _changed(message: Message) -> str:
    if not message.changed:
        return ""
    rows = "".join(f"<li>{escape(change)}</li>" for change in message.changed)
    return (
        '<p style="margin:12px 0 2px;font-weight:600">Changed since the last message</p>'
        f'<ul style="margin:0;padding-left:20px">{rows}</ul>'
    )


def _story(message: Message) -> str:
    if not message.story_url:
        return ""
    address = escape(message.story_url)
    label = f"Open story {message.story_id}" if message.story_id is not None else "Open Marsad"
    return f'<p style="margin:14px 0 0"><a href="{address}" style="color:#1a5fb4">{label}</a></p>'
