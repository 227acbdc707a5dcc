"""A marked sample message: what `marsad channels test` sends."""

from __future__ import annotations

from datetime import datetime

from worker.domain.model import Delivery, Message, Quote, Severity


def sample(channel: str, recipient: str, now: datetime) -> Delivery:
    """Make a message that shows every part of an alert and cannot be taken for one."""
    arabic = "سقوط صاروخ كاتيوشا قرب قاعدة عسكرية"
    start = arabic.index("صاروخ")
    end = start + len("صاروخ كاتيوشا")
    message = Message(
        kind="test",
        severity=Severity.MODERATE,
        headline="Test message of Marsad: nothing happened",
        place="Example place, Baghdad",
        map_url="https://www.openstreetmap.org/?mlat=33.3406&mlon=44.4009&zoom=11",
        when=f"{now:%a} {now.day} {now:%b %Y}",
        toll="nobody killed or wounded",
        actors="nobody",
        corroboration="invented for this test",
        watches=("test",),
        reasons=("fired by: marsad channels test",),
        quotes=(
            Quote(arabic, "ar", ((start, end, "Katyusha rocket"),), "Example outlet", "https://example.org/"),
        ),
        links=(("Example outlet", "ar", "https://example.org/"),),
        body="This is what an alert looks like. It was sent to try the channel.",
    )
    key = f"test:{now:%Y%m%dT%H%M%S%f}"
    return Delivery(key, channel, recipient, key, message, now, created_at=now)
