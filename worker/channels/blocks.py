"""A message as Slack's Block Kit. Of what comes from outside only & < > are escaped, as Slack asks."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from worker.channels.text import KINDS, MARKS, facts, title, why
from worker.domain.model import Message, Quote

HEADER_LIMIT = 150
SECTION_LIMIT = 2900
Block = dict[str, Any]


def escape(text: str) -> str:
    """Escape what Slack reads as markup in any text: the three characters that it names."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def link(url: str, label: str) -> str:
    """Make a link; the address was validated, the label may hold anything but a bar."""
    return f"<{escape(url)}|{escape(label.replace('|', '¦').replace(chr(10), ' '))}>"


def fallback(message: Message) -> str:
    """What notifications show."""
    return escape(f"{MARKS[message.severity]} {title(message)}")[:SECTION_LIMIT]


def blocks(message: Message, *, buttons: bool, state: str = "") -> list[Block]:
    """The whole message; `state` is a line such as “acknowledged by …”."""
    heading = f"{MARKS[message.severity]} {title(message)}"
    made: list[Block] = [_header(heading)]
    made += [_section(escape(part)) for part in message.body.split("\n\n")[:20] if part.strip()]
    made += _facts(message)
    reason = why(message)
    if reason:
        made.append(_context(f"*Watch* {escape(reason)}"))
    made += [_quote(quote) for quote in message.quotes]
    if message.links:
        tagged = [f"{link(url, source)} `{escape(language)}`" for source, language, url in message.links]
        made.append(_context("*Sources* " + " · ".join(tagged)))
    if message.changed:
        made.append(_section("*Changed since the last*\n" + _bullets(message.changed)))
    state = state or str(message.data.get("seen", ""))
    if state:
        made.append(_context(escape(state)))
    if buttons and message.story_id is not None and message.kind not in ("notice", "digest", "test"):
        made.append(_actions(message))
    elif message.story_url:
        made.append(_context(link(message.story_url, f"Open story {message.story_id}")))
    return made


def reply(message: Message) -> tuple[str, list[Block]]:
    """The short answer in the thread: what changed, nothing else."""
    kind = KINDS.get(message.kind, message.kind.upper())
    text = f"*{kind}* {escape(message.headline)}"
    if message.body:
        text += "\n" + escape(message.body)
    if message.changed:
        text += "\n" + _bullets(message.changed)
    plain = f"{kind}: " + ("; ".join(message.changed) or message.headline)
    return escape(plain)[:SECTION_LIMIT], [_section(text)]


def metadata(key: str, recipient: str) -> dict[str, Any]:
    """What identifies a posted message when doubt arises whether it was posted."""
    return {"event_type": "marsad_message", "event_payload": {"key": key, "recipient": recipient}}


def same_metadata(found: Mapping[str, Any], key: str, recipient: str) -> bool:
    """Whether a message of the history is the one with this key."""
    given = found.get("metadata") or {}
    payload = given.get("event_payload") or {}
    return (
        given.get("event_type") == "marsad_message"
        and payload.get("key") == key
        and payload.get("recipient") == recipient
    )


def _header(text: str) -> Block:
    cut = text if len(text) <= HEADER_LIMIT else text[: HEADER_LIMIT - 1].rsplit(" ", 1)[0] + "…"
    return {"type": "header", "text": {"type": "plain_text", "text": cut, "emoji": True}}


def _section(text: str) -> Block:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:SECTION_LIMIT], "verbatim": True}}


def _context(text: str) -> Block:
    element = {"type": "mrkdwn", "text": text[:SECTION_LIMIT], "verbatim": True}
    return {"type": "context", "elements": [element]}


def _bullets(lines: Sequence[str]) -> str:
    return "\n".join(f"• {escape(line)}" for line in lines)


def _facts(message: Message) -> list[Block]:
    lines = []
    for label, value in facts(message):
        line = f"*{label}* {escape(value)}"
        if label == "Where" and message.map_url:
            line += f" · {link(message.map_url, 'map')}"
        lines.append(line)
    return [_section("\n".join(lines))] if lines else []


def _quote(quote: Quote) -> Block:
    elements: list[Block] = []
    behind = 0
    for start, end, meaning in quote.marks:
        elements += _text(quote.text[behind:start])
        elements += _text(quote.text[start:end], bold=True)
        if meaning:
            elements += _text(f" [{meaning}]", italic=True)
        behind = end
    elements += _text(quote.text[behind:])
    if quote.url:
        elements += _text("  — ")
        elements.append({"type": "link", "url": quote.url, "text": f"{quote.source} ({quote.language})"})
    return {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": elements}]}


def _text(text: str, **style: bool) -> list[Block]:
    if not text:
        return []
    return [{"type": "text", "text": text, **({"style": style} if style else {})}]


def _actions(message: Message) -> Block:
    value = json.dumps({"story": message.story_id})
    made = [
        *(
            []
            if message.data.get("seen")
            else [_button("Acknowledge", "marsad_acknowledge", value, style="primary")]
        ),
        _button("Mute story", "marsad_mute", value),
        _button("Not relevant", "marsad_not_relevant", value),
    ]
    if message.story_url:
        opened = _button("Open", "marsad_open", value)
        made.append({**opened, "url": message.story_url})
    return {"type": "actions", "block_id": f"story:{message.story_id}", "elements": made}


def _button(text: str, action: str, value: str, style: str = "") -> Block:
    button: Block = {
        "type": "button",
        "text": {"type": "plain_text", "text": text},
        "action_id": action,
        "value": value,
    }
    return {**button, "style": style} if style else button
