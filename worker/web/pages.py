"""The pages to read: Now with its live stream, Trends, System."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response, StreamingResponse

from worker.domain.alerting.firing import IRAQ
from worker.domain.desk.trends import trends
from worker.domain.vocabulary import ACTORS, EVENT_TYPES, GOVERNORATES
from worker.errors import ConfigError
from worker.services.browse import Found
from worker.web.desk import Desk
from worker.web.door import desk_of
from worker.web.filters import SPANS, Asked, search, text_of
from worker.web.present import LANGUAGES

Page = Callable[..., HTMLResponse]
"""(request, template, values) to a page; made by the application."""


def router(page: Page) -> APIRouter:
    """The routes of the pages that change nothing."""
    made = APIRouter()

    @made.get("/", response_class=HTMLResponse)
    def now(request: Request) -> HTMLResponse:
        desk, asked = desk_of(request), Asked.of(request.query_params)
        found, fault = _searched(desk, asked)
        return page(
            request,
            "now.html",
            found=found,
            fault=fault,
            asked=asked,
            next=text_of(found.more) if found.more else "",
            governorates=GOVERNORATES,
            types=EVENT_TYPES,
            actors=ACTORS,
            languages=LANGUAGES,
            spans=SPANS,
            sources=desk.browse.outlets(),
            last=desk.browse.last_change(),
        )

    @made.get("/list", response_class=HTMLResponse)
    def listing(request: Request) -> HTMLResponse:
        desk, asked = desk_of(request), Asked.of(request.query_params)
        found, fault = _searched(desk, asked)
        return page(request, "cards.html", found=found, fault=fault, asked=asked)

    @made.get("/live")
    async def live(request: Request) -> Response:
        given = request.headers.get("last-event-id") or request.query_params.get("after") or ""
        return StreamingResponse(
            request.app.state.live.stream(int(given) if given.isdigit() else None),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    @made.get("/trends", response_class=HTMLResponse)
    def rising(request: Request) -> HTMLResponse:
        desk = desk_of(request)
        now, kept = desk.clock(), request.app.state.kept
        today = now.astimezone(IRAQ).date()

        def counted() -> Any:
            return trends(desk.browse.daily(today - timedelta(days=97)), today)

        actors = kept("actors", now, lambda: desk.browse.actors(now - timedelta(days=30)))
        return page(request, "trends.html", found=kept(f"trends {today}", now, counted),
                    actors=sorted(actors.items(), key=lambda pair: -pair[1])[:12])  # fmt: skip

    @made.get("/system", response_class=HTMLResponse)
    def system(request: Request) -> HTMLResponse:
        desk = desk_of(request)
        now = desk.clock()
        status = request.app.state.kept("status", now, lambda: desk.store.status(now))
        waits = request.app.state.kept("latency", now, lambda: sorted(desk.browse.latency()))
        return page(
            request,
            "system.html",
            status=status,
            tick=_tick(status.get("last_tick")),
            latency=(median(waits), waits[math.ceil(0.95 * len(waits)) - 1]) if waits else None,
            told=len(waits),
            dead=desk.browse.undelivered(20),
            notices=desk.store.open_notices(now - timedelta(days=7)),
            audited=desk.people.audited(40),
            channels=desk.channels,
            database=desk.store.engine.dialect.name,
        )

    return made


def _searched(desk: Desk, asked: Asked) -> tuple[Found, ConfigError | None]:
    """What was found, or nothing with the reason: a filter that cannot be read is no broken page."""
    try:
        return search(desk, asked), None
    except ConfigError as fault:
        return Found((), None), fault


def days_of(request: Request, name: str, usual: int, most: int, least: int = 1) -> int:
    """A number of days of the address, within its limits."""
    given = request.query_params.get(name, "")
    return min(most, max(least, int(given))) if given.isdigit() and len(given) < 5 else usual


def _tick(text: Any) -> datetime | None:
    try:
        return datetime.fromisoformat(str(text)).astimezone(UTC)
    except ValueError:
        return None
