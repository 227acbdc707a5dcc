"""The page of alerts: what was sent, and what somebody answers to it."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from worker.domain.model import AlertState
from worker.web.doing import Analyst, back, noted
from worker.web.door import desk_of
from worker.web.filters import key_of, text_of
from worker.web.pages import Page

PAGE = 40


def add(made: APIRouter, checked: APIRouter, page: Page) -> None:
    """Add the routes."""

    @made.get("/alerts", response_class=HTMLResponse)
    def alerts(request: Request) -> HTMLResponse:
        desk = desk_of(request)
        wanted = request.query_params.get("state", "")
        state = AlertState(wanted) if wanted in list(AlertState) else None
        before = request.query_params.get("before", "")
        found = desk.browse.alerts_page(key_of(before) if before else None, PAGE + 1, state)
        shown, last = found[:PAGE], found[PAGE - 1][0] if len(found) > PAGE else None
        older = {"state": state or "", "before": text_of((last.updated_at, last.id))} if last else {}
        return page(
            request, "alerts.html", alerts=shown, letters=desk.browse.deliveries_of([s.id for _, s in shown]),
            dead=desk.browse.undelivered(50), state=state, states=list(AlertState), paged=bool(before),
            older=urlencode({k: v for k, v in older.items() if v}),
        )  # fmt: skip

    @checked.post("/alerts/{story_id}/{state}")
    def answer(
        request: Request, person: Analyst, story_id: int, state: AlertState, to: Annotated[str, Form()] = ""
    ) -> Response:
        desk = desk_of(request)
        if not desk.answers().set_state(story_id, state, person.name):
            raise HTTPException(404, f"No alert was fired for story {story_id}.")
        noted(desk, person, f"alert {state.value}", f"story {story_id}")
        return back(f"/stories/{story_id}" if to == "story" else "/alerts")

    @checked.post("/deliveries/{number}/resend")
    def resend(request: Request, person: Analyst, number: int) -> Response:
        desk = desk_of(request)
        if not desk.store.requeue(number, desk.clock()):
            raise HTTPException(409, f"Message {number} is neither dead nor uncertain.")
        noted(desk, person, "message sent again", f"message {number}")
        return back("/alerts#letters")
