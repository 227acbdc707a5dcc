"""The pages on which something is changed: stories, alerts, watches, feeds. Each change is in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Annotated, Any

import yaml
from fastapi import APIRouter, Depends, Form, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from worker.domain.alerting.watch import span_of, watch_of
from worker.domain.desk.people import Person, Role
from worker.domain.model import AlertState, DeliveryState, Feed, Origin, Severity, Silence, Watch
from worker.domain.polling import PollPolicy, health_of
from worker.domain.vocabulary import GOVERNORATES
from worker.errors import ConfigError, MarsadError, QueryError
from worker.feeds.opml import read_opml, write_opml
from worker.services.access import form_token
from worker.web.desk import Desk
from worker.web.door import desk_of, needs
from worker.web.pages import Page

MOST_OPML = 2 * 1024 * 1024
ORDER = ("gone", "failing", "silent", "empty", "new", "ok", "paused")
"""Feeds that want looking at come first."""


def form_of(request: Request, form: Annotated[str, Form()] = "") -> None:
    """Refuse a form that does not carry its session's token."""
    person: Person | None = request.state.person
    if person is not None and person.secret and form != form_token(person):
        raise HTTPException(403, "This form is too old. Load the page again and repeat.")


def analyst(request: Request) -> Person:
    """Who may correct and acknowledge."""
    return needs(request, Role.ANALYST)


def admin(request: Request) -> Person:
    """Who may change feeds."""
    return needs(request, Role.ADMIN)


Analyst = Annotated[Person, Depends(analyst)]
Admin = Annotated[Person, Depends(admin)]


def router(page: Page) -> APIRouter:
    """All of them."""
    made = APIRouter()
    checked = APIRouter(dependencies=[Depends(form_of)])
    _stories(made, checked, page)
    _alerts(made, checked, page)
    _watches(made, checked, page)
    _feeds(made, checked, page)
    made.include_router(checked)
    return made


def back(address: str) -> Response:
    """See the page again after a change."""
    return RedirectResponse(address, 303)


def _noted(desk: Desk, person: Person, what: str, subject: str, **data: Any) -> None:
    desk.people.record(person.name, what, subject, desk.clock(), data)


def _stories(made: APIRouter, checked: APIRouter, page: Page) -> None:
    @made.get("/stories/{story_id}", response_class=HTMLResponse)
    def story(request: Request, story_id: int) -> HTMLResponse:
        desk = desk_of(request)
        view = desk.store.story_view(story_id) if story_id < 2**62 else None
        if view is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        ids = [view.story.id, *view.merged]
        letters = [d for found in desk.browse.deliveries_of(ids).values() for d in found]
        why = {r.item_id: desk.store.item(r.item_id) for r in view.reports[-30:]}
        linked = {i: found[2] for i, found in why.items() if found}
        judged = next(iter(linked.values()), {}).get("changes", [])
        return page(request, "story.html", view=view, letters=letters, notes=desk.people.notes(ids),
                    linked=linked, judged={(c["version"], c["reason"]): c["judgement"] for c in judged})  # fmt: skip

    @checked.post("/stories/{story_id}/merge")
    def merge(request: Request, person: Analyst, story_id: int, other: Annotated[int, Form()]) -> Response:
        desk = desk_of(request)
        kept = desk.linker().merge(story_id, other, person.name)
        _noted(desk, person, "stories merged", f"story {kept}", other=other)
        return back(f"/stories/{kept}")

    @checked.post("/stories/{story_id}/split")
    def split(
        request: Request, person: Analyst, story_id: int, items: Annotated[list[int] | None, Form()] = None
    ) -> Response:
        desk = desk_of(request)
        new = desk.linker().split(story_id, items or [], person.name)
        _noted(desk, person, "story split", f"story {story_id}", items=items, new=new)
        return back(f"/stories/{new}")

    @checked.post("/stories/{story_id}/pin")
    def pin(request: Request, person: Analyst, story_id: int) -> Response:
        desk = desk_of(request)
        desk.linker().pin(story_id, person.name)
        _noted(desk, person, "story pinned", f"story {story_id}")
        return back(f"/stories/{story_id}")

    @checked.post("/stories/{story_id}/irrelevant")
    def irrelevant(request: Request, person: Analyst, story_id: int) -> Response:
        desk = desk_of(request)
        if not desk.answers().not_relevant(story_id, person.name):
            raise HTTPException(404, f"No alert was fired for story {story_id}.")
        _noted(desk, person, "called not relevant", f"story {story_id}")
        return back(f"/stories/{story_id}")

    @checked.post("/stories/{story_id}/note")
    def note(request: Request, person: Analyst, story_id: int, text: Annotated[str, Form()]) -> Response:
        desk = desk_of(request)
        if desk.store.story_view(story_id) is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        if text.strip():
            desk.people.add_note(story_id, text.strip()[:4000], person.name, desk.clock())
            _noted(desk, person, "note written", f"story {story_id}")
        return back(f"/stories/{story_id}#notes")


def _alerts(made: APIRouter, checked: APIRouter, page: Page) -> None:
    @made.get("/alerts", response_class=HTMLResponse)
    def alerts(request: Request) -> HTMLResponse:
        desk = desk_of(request)
        wanted = request.query_params.get("state", "")
        state = AlertState(wanted) if wanted in list(AlertState) else None
        found = desk.browse.alerts_page(None, 100, state)
        ids = [story.id for _, story in found]
        dead = desk.browse.letters([DeliveryState.DEAD, DeliveryState.UNCERTAIN], 50)
        return page(request, "alerts.html", alerts=found, letters=desk.browse.deliveries_of(ids), dead=dead,
                    state=state, states=list(AlertState))  # fmt: skip

    @checked.post("/alerts/{story_id}/{state}")
    def answer(
        request: Request, person: Analyst, story_id: int, state: AlertState, to: Annotated[str, Form()] = ""
    ) -> Response:
        desk = desk_of(request)
        if not desk.answers().set_state(story_id, state, person.name):
            raise HTTPException(404, f"No alert was fired for story {story_id}.")
        _noted(desk, person, f"alert {state.value}", f"story {story_id}")
        return back(f"/stories/{story_id}" if to == "story" else "/alerts")

    @checked.post("/deliveries/{number}/resend")
    def resend(request: Request, person: Analyst, number: int) -> Response:
        desk = desk_of(request)
        if not desk.store.requeue(number, desk.clock()):
            raise HTTPException(409, f"Message {number} is neither dead nor uncertain.")
        _noted(desk, person, "message sent again", f"message {number}")
        return back("/alerts#letters")


def _watches(made: APIRouter, checked: APIRouter, page: Page) -> None:
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

    @made.get("/watches/try", response_class=HTMLResponse)
    def attempt(request: Request, query: str = "", days: int = 30) -> HTMLResponse:
        desk = desk_of(request)
        days = min(365, max(1, days))
        try:
            rule = desk.check(Watch("this-query", query))
        except ConfigError as fault:
            return page(request, "trial.html", trial=None, fault=fault, query=query, days=days)
        trial = desk.attempt(rule, desk.clock() - timedelta(days=days))
        return page(request, "trial.html", trial=trial, fault=None, query=query, days=days)

    @made.get("/watches/edit", response_class=HTMLResponse)
    def edit(request: Request, name: str = "", query: str = "") -> HTMLResponse:
        desk = desk_of(request)
        watch = next((w for w in desk.store.all_watches() if w.name == name), None)
        if name and watch is None:
            raise HTTPException(404, f"There is no watch {name}.")
        return _form(page, request, watch or Watch("", query, origin=Origin.DATABASE), None)

    @checked.post("/watches/save")
    def save(
        request: Request,
        person: Analyst,
        name: Annotated[str, Form()],
        query: Annotated[str, Form()],
        severity: Annotated[str, Form()] = "low",
        governorates: Annotated[list[str] | None, Form()] = None,
        more: Annotated[str, Form()] = "",
        enabled: Annotated[str, Form()] = "",
        was: Annotated[str, Form()] = "",
    ) -> Response:
        desk = desk_of(request)
        watch = Watch(name.strip(), query, {}, enabled=bool(enabled), origin=Origin.DATABASE)
        try:
            watch = _watch_of(name, query, severity, governorates or [], more, enabled=bool(enabled))
            desk.check(watch)
            if not was and any(w.name == watch.name for w in desk.store.all_watches()):
                raise ConfigError(f"there is a watch {watch.name} already", remedy="choose another name")
            desk.store.save_watch(watch, desk.clock())
        except MarsadError as fault:
            definition = {"severity": severity, "area": {"governorates": governorates or []}}
            kept = replace(watch, definition=watch.definition or definition)
            return _form(page, request, kept, fault, more=more, was=was)
        _noted(desk, person, "watch saved", f"watch {watch.name}", query=watch.query)
        return back("/watches")

    @checked.post("/watches/{name}/remove")
    def remove(request: Request, person: Analyst, name: str) -> Response:
        desk = desk_of(request)
        if not desk.store.remove_watch(name):
            raise HTTPException(409, f"Watch {name} is not one of the page's own; its file defines it.")
        _noted(desk, person, "watch removed", f"watch {name}")
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
        _noted(desk, person, "silence begun", f"silence {number}", query=query, until=until.isoformat())
        return back("/watches#silences")

    @checked.post("/silences/{number}/end")
    def end(request: Request, person: Analyst, number: int) -> Response:
        desk = desk_of(request)
        if not desk.store.end_silence(number, desk.clock()):
            raise HTTPException(404, f"No silence {number} is in force.")
        _noted(desk, person, "silence ended", f"silence {number}")
        return back("/watches#silences")


def _form(page: Page, request: Request, watch: Watch, fault: MarsadError | None, *, more: str | None = None,
          was: str | None = None) -> HTMLResponse:  # fmt: skip
    definition = dict(watch.definition)
    area = dict(definition.pop("area", None) or {})
    chosen = area.pop("governorates", [])
    severity = definition.pop("severity", "low")
    rest = definition | ({"area": area} if area else {})
    if more is None:
        more = yaml.safe_dump(rest, allow_unicode=True, sort_keys=False) if rest else ""
    return page(request, "watch.html", watch=watch, fault=fault, more=more, chosen=chosen, severity=severity,
                governorates=GOVERNORATES, levels=list(Severity), was=watch.name if was is None else was)  # fmt: skip


def _watch_of(
    name: str, query: str, severity: str, governorates: list[str], more: str, *, enabled: bool
) -> Watch:
    try:
        rest = yaml.safe_load(more) if more.strip() else {}
    except yaml.YAMLError as fault:
        raise ConfigError(f"is no YAML: {fault}", where="More settings") from None
    if not isinstance(rest, Mapping):
        raise ConfigError(
            "must be lines of key: value", where="More settings", remedy="for example throttle: 10"
        )
    definition: dict[str, Any] = {
        **rest,
        "name": name.strip(),
        "query": query,
        "severity": severity,
        "enabled": enabled,
    }
    if governorates:
        area = rest.get("area") or {}
        definition["area"] = {**(area if isinstance(area, Mapping) else {}), "governorates": governorates}
    return watch_of(definition, origin=Origin.DATABASE)


def _feeds(made: APIRouter, checked: APIRouter, page: Page) -> None:
    def listing(request: Request, **more: Any) -> HTMLResponse:
        desk = desk_of(request)
        now = desk.clock()
        told = [
            (feed, state, health_of(PollPolicy(), feed, state, now)) for feed, state in desk.store.feeds()
        ]
        told.sort(key=lambda row: (ORDER.index(row[2].status) if row[2].status in ORDER else 9, row[0].name))
        begin = (now - timedelta(days=13)).date()
        days = [(begin + timedelta(days=n)).isoformat() for n in range(14)]
        counts = desk.browse.rhythm(now - timedelta(days=14))
        rhythm = {feed: [by_day.get(d, 0) for d in days] for feed, by_day in counts.items()}
        return page(
            request,
            "feeds.html",
            feeds=told,
            rhythm=rhythm,
            **{"found": None, "fault": None, "address": "", **more},
        )

    @made.get("/feeds", response_class=HTMLResponse)
    def feeds(request: Request) -> HTMLResponse:
        return listing(request)

    @made.get("/feeds.opml")
    def opml(request: Request) -> Response:
        desk = desk_of(request)
        body = write_opml([feed for feed, _ in desk.store.feeds()], now=desk.clock())
        return Response(
            body,
            media_type="text/x-opml",
            headers={"Content-Disposition": 'attachment; filename="marsad-feeds.opml"'},
        )

    @checked.post("/feeds/look", response_class=HTMLResponse)
    def look(
        request: Request,
        person: Admin,  # noqa: ARG001 - asking for it is the check
        address: Annotated[str, Form()],
    ) -> HTMLResponse:
        desk = desk_of(request)
        try:
            found = [(one, desk.preview(one.url)) for one in list(desk.discover(address.strip()))[:5]]
        except (MarsadError, ValueError) as fault:
            return listing(request, fault=str(fault), address=address)
        return listing(request, found=found, address=address)

    @checked.post("/feeds/add")
    def add(
        request: Request,
        person: Admin,
        url: Annotated[str, Form()],
        name: Annotated[str, Form()] = "",
        language: Annotated[str, Form()] = "",
    ) -> Response:
        desk = desk_of(request)
        if not url.startswith(("https://", "http://")):
            raise HTTPException(422, "The address of a feed begins with https:// or http://.")
        desk.store.upsert_feeds([Feed(url=url, name=name.strip(), language=language or None)], desk.clock())
        _noted(desk, person, "feed added", url)
        return back("/feeds")

    @checked.post("/feeds/{number}/{what}")
    def switch(request: Request, person: Admin, number: int, what: str) -> Response:
        desk = desk_of(request)
        if what not in ("pause", "resume"):
            raise HTTPException(404, "There is no such page.")
        if not desk.store.set_feed_enabled(number, enabled=what == "resume"):
            raise HTTPException(404, f"There is no feed {number}.")
        _noted(desk, person, f"feed {what}d", f"feed {number}")
        return back("/feeds")

    @checked.post("/opml")
    def take_in(request: Request, person: Admin, file: UploadFile) -> Response:
        desk = desk_of(request)
        body = file.file.read(MOST_OPML + 1)
        if len(body) > MOST_OPML:
            raise HTTPException(413, "The file is larger than 2 MB.")
        there = {feed.url for feed, _ in desk.store.feeds()}
        new = [feed for feed in read_opml(body, where=file.filename or "OPML") if feed.url not in there]
        desk.store.upsert_feeds(new, desk.clock())
        _noted(desk, person, "feeds taken in", file.filename or "OPML", count=len(new))
        return back("/feeds")
