"""A message as plain text, in the order in which a reader needs it; the console and mail share it."""

from __future__ import annotations

from worker.domain.model import Message, Quote, Severity

MARKS = {Severity.CRITICAL: "🔴", Severity.HIGH: "🟠", Severity.MODERATE: "🟡", Severity.LOW: "🔵"}
RTL = frozenset(("ar", "ckb", "fa", "ur", "he"))
KINDS = {
    "update": "UPDATE",
    "correction": "CORRECTION",
    "retraction": "RETRACTED",
    "reminder": "REMINDER",
    "wave": "WAVE",
    "resolved": "SETTLED",
    "notice": "NOTICE",
    "digest": "DIGEST",
    "test": "TEST",
}
FSI, RLI, PDI = "\u2068", "\u2067", "\u2069"
"""Isolates: right-to-left quotations neither turn their surroundings round nor are turned by them."""


def title(message: Message) -> str:
    """Severity, what kind of message, and the gist: `HIGH · UPDATE · …`."""
    parts = [message.severity.value.upper()] if message.kind not in ("notice", "digest", "test") else []
    if message.kind in KINDS:
        parts.append(KINDS[message.kind])
    return " · ".join((*parts, message.headline))


def facts(message: Message) -> list[tuple[str, str]]:
    """Label and value of what is known, in order; what is not known is left out."""
    sure = " · ".join(part for part in (message.when, message.corroboration) if part)
    rows = [("Where", message.place), ("When", sure), ("Toll", message.toll), ("Who", message.actors)]
    return [(label, value) for label, value in rows if value]


def why(message: Message) -> str:
    """The watch and what fired it."""
    if not message.watches:
        return ""
    fired = message.reasons[0] if message.reasons else ""
    return " · ".join(part for part in (", ".join(message.watches), fired) if part)


def quoted(quote: Quote) -> str:
    """Original words, each marked span followed by its English meaning in brackets."""
    parts, behind = [], 0
    rtl = quote.language in RTL
    for start, end, meaning in quote.marks:
        parts.append(quote.text[behind:start])
        parts.append(f"[{quote.text[start:end]}" + (f" = {FSI}{meaning}{PDI}]" if meaning else "]"))
        behind = end
    parts.append(quote.text[behind:])
    return f"{RLI if rtl else FSI}{''.join(parts)}{PDI}"


def plain(message: Message, *, width: int = 0) -> str:
    """The whole message; `width` is unused by mail readers that wrap by themselves."""
    del width
    lines = [title(message), ""]
    if message.body:
        lines += [message.body, ""]
    rows = facts(message)
    pad = max((len(label) for label, _ in rows), default=0)
    lines += [f"{label:<{pad}}  {value}" for label, value in rows]
    if message.map_url:
        lines.append(f"{'Map':<{pad}}  {message.map_url}")
    if rows:
        lines.append("")
    reason = why(message)
    if reason:
        lines.append(f"Watch: {reason}")
    lines += [f"  {quoted(quote)}  ({quote.source}, {quote.language})" for quote in message.quotes]
    if message.links:
        lines += ["", "Sources:"]
        lines += [f"  {source} [{language}] {url}" for source, language, url in message.links]
    if message.changed:
        lines += ["", "Changed since the last message:"]
        lines += [f"  - {change}" for change in message.changed]
    if message.story_url:
        about = f"Story {message.story_id}" if message.story_id is not None else "Marsad"
        lines += ["", f"{about}: {message.story_url}"]
    return "\n".join(lines).rstrip() + "\n"
