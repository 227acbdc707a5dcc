"""The API: what the pages show, for programs. Lists are paged by key, answers carry ETags, errors are problem+json."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, FastAPI, HTTPException, Query, Request
from fastapi.openapi.utils import get_openapi
from fastapi.responses import Response
from pydantic import Field

from worker.domain.desk.people import Role
from worker.domain.model import AlertState
from worker.domain.polling import PollPolicy, health_of
from worker.services.cap import as_cap, cap_of, leave
from worker.services.export import FORMATS, as_atom, as_rss
from worker.web.answers import (
    AlertOut,
    AlertPage,
    EventOut,
    EventPage,
    FeedOut,
    ItemOut,
    ItemPage,
    StateIn,
    StoryPage,
    TextIn,
    WatchOut,
    item_out,
    story_out,
)
from worker.web.door import desk_of, needs, person_of
from worker.web.filters import Asked, key_of, search, text_of

MOST = 200
EXPORTED = 5000
"""Stories that one export holds at most; the command line has no such end."""
Id = Annotated[int, Field(ge=1, lt=2**62)]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Before = Annotated[str, Query(max_length=40, description="Where to go on: `next` of the page before.")]


def stories_asked(
    q: Annotated[str, Query(max_length=500, description="Words, in the watches' query language.")] = "",
    governorate: Annotated[str, Query(max_length=80)] = "",
    type: Annotated[str, Query(max_length=80, description="ACLED sub-event type.")] = "",  # noqa: A002 - the query's name
    actor: Annotated[str, Query(max_length=80)] = "",
    severity: Annotated[str, Query(max_length=20)] = "",
    lang: Annotated[str, Query(max_length=8)] = "",
    source: Annotated[str, Query(max_length=200)] = "",
    since: Annotated[str, Query(max_length=8, description="1h, 24h, 7d or 30d.")] = "",
    before: Before = "",
) -> Asked:
    """The filter of stories."""
    given = {"q": q, "governorate": governorate, "type": type, "actor": actor, "severity": severity,
             "lang": lang, "source": source, "since": since, "before": before}  # fmt: skip
    return Asked.of(given)


Wanted = Annotated[Asked, Depends(stories_asked)]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    code: {"description": text, "content": {"application/problem+json": {"schema": {"type": "object"}}}}
    for code, text in (
        (401, "Not logged in"),
        (403, "Not allowed"),
        (404, "Not there"),
        (422, "Not understood"),
    )
}


def router() -> APIRouter:
    """The routes."""
    made = APIRouter(prefix="/api/v1", responses=PROBLEMS)
    _reading(made)
    _lists(made)
    _watching(made)
    _doing(made)
    return made


def answer(request: Request, value: Any) -> Response:
    """JSON with an ETag; 304 when the caller has it already."""
    return tagged(request, msgspec.json.encode(value), "application/json")


def tagged(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """Any body with an ETag."""
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    more = {"ETag": tag, "Cache-Control": "private, no-cache", **(headers or {})}
    if has_already(request, tag):
        return Response(status_code=304, headers=more)
    return Response(body, media_type=media_type, headers=more)


def has_already(request: Request, tag: str) -> bool:
    """Whether the caller holds what carries this tag."""
    held = request.headers.get("if-none-match", "")
    return tag in [one.strip().removeprefix("W/") for one in held.split(",")]


def _reading(made: APIRouter) -> None:
    @made.get("/openapi.json", include_in_schema=False)
    def openapi(request: Request) -> Response:
        return answer(request, document(request.app))

    @made.get("/stories", responses={200: {"model": StoryPage}})
    def stories(request: Request, asked: Wanted, limit: Limit = 50) -> Response:
        """Stories, newest change first."""
        found = search(desk_of(request), asked, limit)
        rows = [story_out(story, alert) for story, alert in found.stories]
        return answer(request, StoryPage(rows, text_of(found.more) if found.more else None))

    @made.get(
        "/stories/{story_id}",
        responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}},
    )
    def story(request: Request, story_id: Id) -> Response:
        """One story with its reports, changes and alert. A merged one leads to what it is part of now."""
        view = desk_of(request).store.story_view(story_id)
        if view is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        return answer(request, msgspec.to_builtins(view))

    @made.get(
        "/stories/{story_id}/cap",
        responses={200: {"content": {"application/cap+xml": {}}}},
        response_class=Response,
    )
    def cap(request: Request, story_id: Id) -> Response:
        """One story as a CAP 1.2 message: an update that names the earlier ones, where some left already."""
        view = desk_of(request).store.story_view(story_id)
        if view is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        desk = desk_of(request)
        earlier = leave(desk.store, [view.story], desk.public_url)[view.story.id]
        body = cap_of(view.story, view.alert, desk.public_url, earlier=earlier)
        return tagged(request, body, "application/cap+xml")

    @made.get(
        "/export/{form}",
        responses={200: {"content": {"application/octet-stream": {}}}},
        response_class=Response,
    )
    def export(
        request: Request,
        form: Literal["csv", "xlsx", "parquet", "geojson", "stix", "cap", "atom", "rss"],
        asked: Wanted,
        limit: Annotated[int, Query(ge=1, le=EXPORTED)] = 1000,
    ) -> Response:
        """Stories of a filter as a file; CSV, XLSX and Parquet under ACLED's column names."""
        desk, chosen = desk_of(request), FORMATS[form]
        found = search(desk, asked, limit)
        name = f'attachment; filename="marsad.{chosen.suffix}"'
        if form == "cap":
            earlier = leave(desk.store, [story for story, _ in found.stories], desk.public_url)
            body = as_cap(found.stories, desk.public_url, earlier)
        else:
            body = chosen.write(found.stories, desk.public_url)
        return tagged(request, body, chosen.media_type, {"Content-Disposition": name})


def _lists(made: APIRouter) -> None:
    @made.get("/alerts", responses={200: {"model": AlertPage}})
    def alerts(
        request: Request, state: AlertState | None = None, before: Before = "", limit: Limit = 50
    ) -> Response:
        """Alerts, newest change first."""
        found = desk_of(request).browse.alerts_page(key_of(before) if before else None, limit, state)
        last = text_of((found[-1][0].updated_at, found[-1][0].id)) if len(found) == limit else None
        rows = [
            AlertOut(story_out(s, a), a.severity, a.state, a.state_by, a.watches, a.fired_at, a.updated_at)
            for a, s in found
        ]
        return answer(request, AlertPage(rows, last))

    @made.get("/items", responses={200: {"model": ItemPage}})
    def items(
        request: Request, before: Annotated[int | None, Query(ge=1, lt=2**62)] = None, limit: Limit = 50
    ) -> Response:
        """Items, newest first; `before` is the `next` of the page before."""
        found = desk_of(request).browse.items_page(before, limit)
        rows = [item_out(item, report) for item, report in found]
        return answer(request, ItemPage(rows, str(found[-1][0].id) if len(found) == limit else None))

    @made.get("/items/{item_id}", responses={200: {"model": ItemOut}})
    def item(request: Request, item_id: Id) -> Response:
        """One item with its analysis."""
        found = desk_of(request).store.item(item_id)
        if found is None:
            raise HTTPException(404, f"There is no item {item_id}.")
        return answer(request, item_out(found[0], found[1]))

    @made.get("/events", responses={200: {"model": EventPage}})
    def events(
        request: Request, before: Annotated[int | None, Query(ge=1, lt=2**62)] = None, limit: Limit = 50
    ) -> Response:
        """Events as single items report them, newest first."""
        found = desk_of(request).browse.events_page(before, limit)
        rows = [EventOut(**{n: row[n] for n in EventOut.__slots__}) for row in found]
        return answer(request, EventPage(rows, str(rows[-1].id) if len(rows) == limit else None))

    @made.get("/feeds", responses={200: {"model": list[FeedOut]}})
    def feeds(request: Request) -> Response:
        """All feeds with their health."""
        desk = desk_of(request)
        rows = []
        for feed, state in desk.store.feeds():
            health = health_of(PollPolicy(), feed, state, desk.clock())
            rows.append(
                FeedOut(feed.id, feed.name, feed.url, feed.language, feed.scope, feed.reliability, feed.enabled,
                        feed.origin, health.status, health.sentence, state.last_success_at, health.items_a_day)
            )  # fmt: skip
        return answer(request, rows)


def _watching(made: APIRouter) -> None:
    @made.get("/watches", responses={200: {"model": list[WatchOut]}})
    def watches(request: Request) -> Response:
        """All watches."""
        found = desk_of(request).store.all_watches()
        return answer(request, [WatchOut(w.name, w.query, w.enabled, w.origin, w.definition) for w in found])

    @made.get(
        "/watches/{name}/alerts.{form}",
        responses={200: {"content": {"application/atom+xml": {}}}},
        response_class=Response,
    )
    def feed(
        request: Request, name: Annotated[str, Field(max_length=63)], form: Literal["atom", "rss"]
    ) -> Response:
        """A watch's alerts as a feed: Atom or RSS."""
        desk = desk_of(request)
        if not any(w.name == name for w in desk.store.all_watches()):
            raise HTTPException(404, f"There is no watch {name}.")
        mark = (desk.browse.alerts_mark(), name, form, desk.public_url, request.app.version)
        tag = hashlib.sha256("\n".join(mark).encode()).hexdigest()[:32]
        headers = {"ETag": f'"{tag}"', "Cache-Control": "private, no-cache"}
        if has_already(request, headers["ETag"]):
            return Response(status_code=304, headers=headers)

        def body() -> bytes:
            fired = [(story, alert) for alert, story in desk.browse.told_by(name, 100)]
            write = as_atom if form == "atom" else as_rss
            return write(fired, desk.public_url, f"Marsad: {name}", request.url.path)

        kept = request.app.state.bodies(tag, desk.clock(), body)
        return Response(kept, media_type=FORMATS[form].media_type, headers=headers)


def _doing(made: APIRouter) -> None:
    @made.post("/analyse", responses={200: {"content": {"application/json": {"schema": {"type": "object"}}}}})
    def analyse(request: Request, given: TextIn) -> Response:
        """What a text says: language, relevance, kind, terms, events with the words as evidence."""
        person_of(request)
        return answer(request, desk_of(request).analyse(given.title, given.body, given.source))

    @made.post(
        "/alerts/{story_id}/state",
        responses={204: {"description": "Done"}},
        status_code=204,
        response_class=Response,
    )
    def state(request: Request, story_id: Id, given: StateIn) -> Response:
        """Acknowledge, mute or resolve the alert of a story; needs the scope `write`."""
        person = needs(request, Role.ANALYST)
        if person.secret:
            raise HTTPException(403, "Changes through the API take an API token.")
        desk = desk_of(request)
        if not desk.answers().set_state(story_id, given.state, person.name):
            raise HTTPException(404, f"No alert was fired for story {story_id}.")
        desk.people.record(person.name, f"alert {given.state.value}", f"story {story_id}", desk.clock(), {})
        return Response(status_code=204)


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document, made once."""
    kept: dict[str, Any] | None = getattr(app.state, "openapi", None)
    if kept is None:
        kept = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
        kept["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
        kept["security"] = [{"token": []}]
        app.state.openapi = kept
    return kept
