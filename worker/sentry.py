"""Errors to Sentry, when `SENTRY_DSN` is set: scrubbed, without local variables, without persons.

sentry-sdk's own scrubbing looks at dictionary keys only; webhook addresses and passwords also travel in
exception texts, breadcrumbs and lists. So every event and breadcrumb goes through our `Scrubber` last.
"""

from __future__ import annotations

import sys
import time
from typing import Any

from worker import __version__
from worker.scrub import Scrubber

TICK_MONITOR = "marsad-tick"
CHECK_IN_EVERY_S = 60
_state: dict[str, float] = {}


def start(*, dsn: str, environment: str, process: str, secrets: tuple[str, ...] = ()) -> bool:
    """Switch Sentry on for this process; False, and nothing imported, without a DSN."""
    if not dsn:
        return False
    import sentry_sdk  # noqa: PLC0415 — a third of a second that most installations need not pay
    from sentry_sdk.integrations.celery import CeleryIntegration  # noqa: PLC0415

    scrubber = Scrubber(secrets, personal=True)

    def clean(event: Any, _hint: Any) -> Any:
        event.pop("server_name", None)
        for part in ("user", "modules"):
            event.pop(part, None)
        return {key: value if key in KEEP else scrubber.value(value) for key, value in event.items()}

    sentry_sdk.init(
        dsn=dsn,
        release=f"marsad@{__version__}",
        environment=environment,
        include_local_variables=False,
        send_default_pii=False,
        max_request_body_size="never",
        before_send=clean,
        before_breadcrumb=clean,
        integrations=[CeleryIntegration(monitor_beat_tasks=False, propagate_traces=False)],
    )
    sentry_sdk.set_tag("process", process)
    return True


KEEP = frozenset({"event_id", "timestamp", "platform", "release", "environment", "sdk", "level", "type"})
"""Parts of an event that hold nothing of ours and whose exact form Sentry relies on."""


def check_in(*, ok: bool, tick_s: float) -> None:
    """Tell Sentry's monitor that the tick runs, once a minute; it misses us when the beat is dead.

    By hand, because the integration's own monitoring leaves out schedules shorter than a minute.
    """
    if "sentry_sdk" not in sys.modules:
        return
    import sentry_sdk  # noqa: PLC0415

    now = time.monotonic()
    if not sentry_sdk.is_initialized() or (ok and now - _state.get("at", -1e9) < CHECK_IN_EVERY_S):
        return
    _state["at"] = now
    from sentry_sdk.crons import capture_checkin  # noqa: PLC0415

    capture_checkin(
        monitor_slug=TICK_MONITOR,
        status="ok" if ok else "error",
        duration=tick_s,
        monitor_config={
            "schedule": {"type": "interval", "value": 1, "unit": "minute"},
            "checkin_margin": 3,
            "failure_issue_threshold": 2,
            "recovery_threshold": 1,
        },
    )
