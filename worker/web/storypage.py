"""The page of one story, and what is done to it: merge, split, pin, not relevant, note."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, Response

from worker.web.doing import Analyst, back, noted
from worker.web.door import desk_of
from worker.web.pages import Page


def add(made: APIRouter, checked: APIRouter, page: Page) -> None:
    """Add the routes."""

    @made.get("/stories/{story_id}", response_class=HTMLResponse)
    def story(request: Request, story_id: int) -> HTMLResponse:
        desk = desk_of(request)
        view = desk.store.story_view(story_id) if story_id < 2**62 else None
        if view is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        ids = [view.story.id, *view.merged]
        letters = [d for found in desk.browse.deliveries_of(ids).values() for d in found]
        linked, judged = desk.browse.reasons(ids)
        return page(request, "story.html", view=view, letters=letters, notes=desk.people.notes(ids),
                    linked=linked, judged=judged)  # fmt: skip

    @checked.post("/stories/{story_id}/merge")
    def merge(request: Request, person: Analyst, story_id: int, other: Annotated[int, Form()]) -> Response:
        desk = desk_of(request)
        kept = desk.linker().merge(story_id, other, person.name)
        noted(desk, person, "stories merged", f"story {kept}", other=other)
        return back(f"/stories/{kept}")

    @checked.post("/stories/{story_id}/split")
    def split(
        request: Request, person: Analyst, story_id: int, items: Annotated[list[int] | None, Form()] = None
    ) -> Response:
        desk = desk_of(request)
        new = desk.linker().split(story_id, items or [], person.name)
        noted(desk, person, "story split", f"story {story_id}", items=items, new=new)
        return back(f"/stories/{new}")

    @checked.post("/stories/{story_id}/pin")
    def pin(request: Request, person: Analyst, story_id: int) -> Response:
        desk = desk_of(request)
        desk.linker().pin(story_id, person.name)
        noted(desk, person, "story pinned", f"story {story_id}")
        return back(f"/stories/{story_id}")

    @checked.post("/stories/{story_id}/irrelevant")
    def irrelevant(request: Request, person: Analyst, story_id: int) -> Response:
        desk = desk_of(request)
        if not desk.answers().not_relevant(story_id, person.name):
            raise HTTPException(404, f"No alert was fired for story {story_id}.")
        noted(desk, person, "called not relevant", f"story {story_id}")
        return back(f"/stories/{story_id}")

    @checked.post("/stories/{story_id}/note")
    def note(request: Request, person: Analyst, story_id: int, text: Annotated[str, Form()]) -> Response:
        desk = desk_of(request)
        if desk.store.story_view(story_id) is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        if text.strip():
            desk.people.add_note(story_id, text.strip()[:4000], person.name, desk.clock())
            noted(desk, person, "note written", f"story {story_id}")
        return back(f"/stories/{story_id}#notes")
