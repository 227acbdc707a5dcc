"""The pages of watches and silences: list, check, try, save."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from worker.domain.alerting.watch import span_of
from worker.domain.desk.people import Role
from worker.domain.desk.shapes import KINDS, Drawn
from worker.domain.model import Origin, Severity, Silence, Watch
from worker.domain.vocabulary import GOVERNORATES
from worker.errors import ConfigError, MarsadError, QueryError
from worker.web.desk import Desk
from worker.web.doing import Analyst, back, noted
from worker.web.door import desk_of, person_of
from worker.web.mapping import shapes_of
from worker.web.pages import Page
from worker.web.watchform import WatchForm, given

Given = Annotated[WatchForm, Depends(given)]


def add(made: APIRouter, checked: APIRouter, page: Page) -> None:
    """Add the routes."""

    @made.get("/watches", response_class=HTMLResponse)
    def watches(request: Request) -> HTMLResponse:
        desk = desk_of(request)
        now = desk.clock()
        return page(
            request, "watches.html", watches=desk.store.all_watches(), silences=desk.store.silences(now)
        )

    @made.get("/watches/check")
    def check(request: Request, query: str = "", text: str = "") -> JSONResponse:
        desk = desk_of(request)
        try:
            rule = desk.check(Watch("this-query", query))
        except QueryError as fault:
            return JSONResponse(
                {"ok": False, "column": fault.column, "message": fault.message, "remedy": fault.remedy}
            )
        except ConfigError as fault:
            return JSONResponse({"ok": False, "column": 0, "message": fault.message, "remedy": fault.remedy})
        return JSONResponse({"ok": True, "text": dict(desk.match(text, rule)) if text else None})

    @made.get("/watches/edit", response_class=HTMLResponse)
    def edit(request: Request, name: str = "", query: str = "") -> HTMLResponse:
        watch = _called(desk_of(request), name)
        if name and watch is None:
            raise HTTPException(404, f"There is no watch {name}.")
        if watch:
            return _form(page, request, WatchForm.of(watch), origin=watch.origin)
        asked = request.query_params.get
        names = ("shape_kind", "shape_name", "shape_km", "shape_points")
        drawn = Drawn(*(asked(one, "")[:20_000] for one in names))
        return _form(page, request, WatchForm(query=query, shapes=() if drawn.empty else (drawn,)))

    @checked.post("/watches/try", response_class=HTMLResponse)
    def attempt(request: Request, form: Given, days: Annotated[int, Form()] = 30) -> HTMLResponse:
        desk, days = desk_of(request), min(365, max(1, days))
        known = _called(desk, form.was)
        fixed = known is not None and known.origin is Origin.FILE
        shown = WatchForm.of(known) if known and fixed else form
        more: dict[str, Any] = {
            "days": days,
            "tried": True,
            "origin": Origin.FILE if fixed else Origin.DATABASE,
        }
        try:
            watch = (
                known if known and fixed else replace(form, name=form.name.strip() or "this-watch").watch()
            )
            rule = desk.check(watch)
        except ConfigError as fault:
            return _form(page, request, shown, trial=None, wrong=fault, **more)
        trial = desk.attempt(rule, desk.clock() - timedelta(days=days))
        return _form(page, request, shown, trial=trial, wrong=None, **more)

    @checked.post("/watches/save")
    def save(request: Request, person: Analyst, form: Given) -> Response:
        desk = desk_of(request)
        try:
            watch = form.watch()
            desk.check(watch)
            if not form.was and _called(desk, watch.name):
                raise ConfigError(f"there is a watch {watch.name} already", remedy="choose another name")
            desk.store.save_watch(watch, desk.clock())
        except MarsadError as fault:
            return _form(page, request, form, fault=fault)
        noted(desk, person, "watch saved", f"watch {watch.name}", query=watch.query)
        return back("/watches")

    @checked.post("/watches/{name}/remove")
    def remove(request: Request, person: Analyst, name: str) -> Response:
        desk = desk_of(request)
        if not desk.store.remove_watch(name):
            raise HTTPException(409, f"Watch {name} is not one of the page's own; its file defines it.")
        noted(desk, person, "watch removed", f"watch {name}")
        return back("/watches")

    @checked.post("/silences")
    def silence(
        request: Request,
        person: Analyst,
        query: Annotated[str, Form()],
        reason: Annotated[str, Form()],
        length: Annotated[str, Form()] = "6h",
    ) -> Response:
        desk = desk_of(request)
        desk.check(Watch("silence", query))
        until = desk.clock() + span_of(length, "for")
        number = desk.store.add_silence(Silence(query, until, reason, person.name), desk.clock())
        noted(desk, person, "silence begun", f"silence {number}", query=query, until=until.isoformat())
        return back("/watches#silences")

    @checked.post("/silences/{number}/end")
    def end(request: Request, person: Analyst, number: int) -> Response:
        desk = desk_of(request)
        if not desk.store.end_silence(number, desk.clock()):
            raise HTTPException(404, f"No silence {number} is in force.")
        noted(desk, person, "silence ended", f"silence {number}")
        return back("/watches#silences")


def _called(desk: Desk, name: str) -> Watch | None:
    return next((w for w in desk.store.all_watches() if w.name == name), None)


def _form(page: Page, request: Request, form: WatchForm, *, origin: Origin = Origin.DATABASE,
          fault: MarsadError | None = None, days: int = 30, **more: Any) -> HTMLResponse:  # fmt: skip
    """The form, with the areas drawn on its map as far as they can be read."""
    fixed = origin is Origin.FILE or not person_of(request).role.includes(Role.ANALYST)
    figures: list[Any] = []
    for one in form.shapes:
        with suppress(ConfigError):
            figures += shapes_of(desk_of(request), [one])
    return page(
        request, "watch.html", form=form, origin=origin, fixed=fixed, fault=fault, governorates=GOVERNORATES,
        levels=list(Severity), kinds=KINDS, blank=Drawn(), days=days,
        map=desk_of(request).sheet.drawing(figures=figures), **more,
    )  # fmt: skip
