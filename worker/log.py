"""Log lines of every process: structlog over the standard library, in UTC, as JSON or for people.

Code logs with `structlog.get_logger()` or the standard `logging`; both come out alike. Ids that are
bound (`with bound(feed=…, item=…):`) appear on every line until the block ends, and each task starts
with none but its own name, so that a line can be followed from feed to alert.
"""

from __future__ import annotations

import logging
import logging.config
import os
import sys
from contextlib import AbstractContextManager
from typing import Any

import structlog

from worker.scrub import Scrubber

QUIET = {
    # One line a bell and a tick would bury everything else; tasks say themselves what they did.
    "celery.worker.strategy": "WARNING",
    "celery.app.trace": "WARNING",
    "celery.beat": "WARNING",
    "celery.worker.consumer.gossip": "WARNING",
    "uvicorn.access": "WARNING",
    "uvicorn.error": "WARNING",
    "aiohttp.access": "WARNING",
    "alembic": "WARNING",
    "trafilatura": "CRITICAL",
    "htmldate": "CRITICAL",
    "apprise": "WARNING",
}

BRIEF = ("celery.beat", "celery.worker.consumer.consumer")
"""Loggers whose tracebacks only say again, in eighty lines, that the broker is away."""

LOUD = ("warning", "error", "critical")


def configure(*, style: str, level: str, process: str = "", secrets: tuple[str, ...] = ()) -> None:
    """Send every line of this process to stderr. `style` is `people` or `json`; safe to call again."""
    scrubber = Scrubber(secrets)
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        _stamp(style),
    ]
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "foreign_pre_chain": shared,
        "processors": [
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            _brief,
            *_render(style, process, scrubber),
            lambda _logger, _name, line: scrubber.known(line),
        ],
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"line": formatter},
            "handlers": {
                "stderr": {
                    "class": "logging.StreamHandler",
                    "formatter": "line",
                    "stream": "ext://sys.stderr",
                }
            },
            "root": {"handlers": ["stderr"], "level": level.upper()},
            "loggers": {name: {"level": quiet} for name, quiet in QUIET.items()},
        }
    )
    logging.captureWarnings(capture=True)
    structlog.configure(
        processors=[
            # First, so that a line that is not wanted costs next to nothing.
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def get(name: str) -> Any:
    """A logger; `structlog.get_logger(name)` is the same."""
    return structlog.get_logger(name)


def style_for(wanted: str) -> str:
    """`people` or `json` as asked for; `auto` means people where a person may be looking."""
    if wanted != "auto":
        return wanted
    return "people" if sys.stderr.isatty() else "json"


def bound(**ids: Any) -> AbstractContextManager[None]:
    """Bind ids (feed, item, story, alert …) to every line that is logged inside the block."""
    return structlog.contextvars.bound_contextvars(**ids)


def begin(**ids: Any) -> None:
    """Forget what the last task had bound and start with these."""
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**ids)


def _stamp(style: str) -> Any:
    """UTC in both styles; people need no date on every line."""
    fmt = "%H:%M:%SZ" if style == "people" else "iso"
    return structlog.processors.TimeStamper(fmt=fmt, utc=True)


def _render(style: str, process: str, scrubber: Scrubber) -> list[Any]:
    """The last steps: an event to a line. Faults quote what they met, so their lines are scrubbed by shape too."""
    if style == "json":
        return [
            lambda _logger, _name, event: {"process": process, "pid": os.getpid(), **event},
            structlog.processors.format_exc_info,
            lambda _logger, _name, event: scrubber.value(event) if event.get("level") in LOUD else event,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ]
    colours = bool(os.environ.get("FORCE_COLOR")) or (sys.stderr.isatty() and "NO_COLOR" not in os.environ)
    renderer = structlog.dev.ConsoleRenderer(
        colors=colours, pad_event_to=0, exception_formatter=structlog.dev.plain_traceback
    )

    def people(logger: Any, name: str, event: Any) -> str:
        if event.get("level") not in LOUD:
            return str(renderer(logger, name, event))
        told = {key: value for key, value in event.items() if key != "exc_info"}
        fault = {"exc_info": event["exc_info"]} if "exc_info" in event else {}
        return scrubber.text(str(renderer(logger, name, {**scrubber.value(told), **fault})))

    return [_without_logger, people]


def _brief(_logger: Any, _name: str, event: Any) -> Any:
    """The first line of what a chatty library says, and no traceback."""
    if event.get("logger") in BRIEF:
        event.pop("exc_info", None)
        event["event"] = str(event.get("event", "")).split("\n", 1)[0]
    return event


def _without_logger(_logger: Any, _name: str, event: Any) -> Any:
    """Module paths say nothing to people."""
    for key in ("logger", "color_message"):
        event.pop(key, None)
    return event
