"""The map: where stories are, how governorates compare, and areas drawn for watches."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, JSONResponse

from worker.domain.alerting.area import EXACT_ENOUGH, Circle, Corridor, Outline
from worker.domain.alerting.firing import IRAQ
from worker.domain.desk.shapes import KINDS, Drawn, area_of, size_of
from worker.domain.desk.trends import USUAL_DAYS, heat
from worker.domain.model import Watch
from worker.errors import ConfigError
from worker.storage.browse import Point
from worker.web.desk import Desk
from worker.web.door import desk_of
from worker.web.geo import MOST_ZOOM, View
from worker.web.pages import Page, days_of

MOST_DAYS = 90
LISTED = 200
SWELL = 1.5
"""As `desk.css` has it for narrow screens."""
Shapes = Sequence[Circle | Corridor | Outline]


def router(page: Page) -> APIRouter:
    """The routes."""
    made = APIRouter()

    @made.get("/map", response_class=HTMLResponse)
    def chart(request: Request) -> HTMLResponse:
        desk, asked = desk_of(request), request.query_params
        days, ago = days_of(request, "days", 7, MOST_DAYS), days_of(request, "ago", 0, MOST_DAYS, least=0)
        until = desk.clock() - timedelta(days=ago)
        points = desk.browse.points(until - timedelta(days=days), until + timedelta(seconds=1))
        view = View.of(asked.get("at", ""), asked.get("zoom", ""))
        return page(
            request, "map.html", days=days, ago=ago, points=points, listed=points[:LISTED], until=until,
            draw=asked.get("draw") == "1",
            map=desk.sheet.drawing(points, _heat(request, days, ago), view, swell=SWELL if in_hand(request) else 1.0),
            closer=min(MOST_ZOOM, view.zoom * 4), kinds=KINDS, shape_given=Drawn(),
        )  # fmt: skip

    @made.get("/map/shape")
    def shape(request: Request, kind: str = "outline", points: str = "", km: str = "") -> JSONResponse:
        """What a shape amounts to, while it is drawn."""
        desk = desk_of(request)
        try:
            found = shapes_of(desk, [Drawn(kind, "", km[:20], points[:20_000])])
        except ConfigError as fault:
            said = ". ".join(part for part in (fault.message, fault.remedy) if part)
            return JSONResponse({"ok": False, "message": f"{fault.where}: {said}" if fault.where else said})
        now = desk.clock()
        recent = desk.browse.points(now - timedelta(days=USUAL_DAYS), now + timedelta(seconds=1))
        inside = sum(lies_in(point, found) for point in recent)
        return JSONResponse(
            {
                "ok": True,
                "message": f"{size_of(found[0])}; {inside} of {len(recent)} stories of the last 90 days lie inside",
                "points": [list(point) for point in _corners(found[0])],
            }
        )

    return made


def in_hand(request: Request) -> bool:
    """Whether a telephone asks, as browsers say it: there the style sheet draws marks larger."""
    hint, agent = request.headers.get("sec-ch-ua-mobile"), request.headers.get("user-agent", "")
    return hint == "?1" if hint else "Mobile" in agent


def shapes_of(desk: Desk, drawn: Sequence[Drawn]) -> Shapes:
    """What somebody drew, checked, with places looked up; raises `ConfigError`."""
    area = area_of(drawn)
    try:
        return desk.check(Watch("area", "kind:incident", {"area": area})).area.shapes
    except ConfigError as fault:
        raise ConfigError(fault.message, remedy=fault.remedy) from None


def lies_in(point: Point, shapes: Shapes) -> bool:
    """Whether a story's own point lies in one of the shapes; a governorate's middle says nothing."""
    exact = (point.geo_precision or 1) <= EXACT_ENOUGH
    return exact and any(shape.why((point.lat, point.lon)) for shape in shapes)


def _heat(request: Request, days: int, ago: int) -> Any:
    desk = desk_of(request)
    now = desk.clock()
    last = now.astimezone(IRAQ).date() - timedelta(days=ago)

    def counted() -> Any:
        return heat(desk.browse.daily(last - timedelta(days=days + USUAL_DAYS)), last, days)

    return request.app.state.kept(f"heat {last} {days}", now, counted)


def _corners(shape: Circle | Corridor | Outline) -> Sequence[tuple[float, float]]:
    match shape:
        case Circle(center=center):
            return [center]
        case Corridor(road=road):
            return road
        case Outline(points=points):
            return points
