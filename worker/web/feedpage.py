"""The page of feeds: health, add by any address, OPML."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Form, HTTPException, Request, UploadFile
from fastapi.responses import HTMLResponse, Response

from worker.domain.model import Feed
from worker.domain.polling import PollPolicy, health_of
from worker.errors import MarsadError
from worker.feeds.opml import read_opml, write_opml
from worker.web.doing import Admin, back, noted
from worker.web.door import desk_of
from worker.web.pages import Page

MOST_OPML = 2 * 1024 * 1024
ORDER = ("gone", "failing", "silent", "empty", "new", "ok", "paused")
"""Feeds that want looking at come first."""


def add(made: APIRouter, checked: APIRouter, page: Page) -> None:
    """Add the routes."""

    def listing(request: Request, **more: Any) -> HTMLResponse:
        desk = desk_of(request)
        now = desk.clock()
        told = [
            (feed, state, health_of(PollPolicy(), feed, state, now)) for feed, state in desk.store.feeds()
        ]
        told.sort(key=lambda row: (ORDER.index(row[2].status) if row[2].status in ORDER else 9, row[0].name))
        begin = (now - timedelta(days=13)).date()
        days = [(begin + timedelta(days=n)).isoformat() for n in range(14)]
        counts = request.app.state.kept("rhythm", now, lambda: desk.browse.rhythm(now - timedelta(days=14)))
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
    def take(
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
        noted(desk, person, "feed added", url)
        return back("/feeds")

    @checked.post("/feeds/{number}/{what}")
    def switch(request: Request, person: Admin, number: int, what: str) -> Response:
        desk = desk_of(request)
        if what not in ("pause", "resume"):
            raise HTTPException(404, "There is no such page.")
        if not desk.store.set_feed_enabled(number, enabled=what == "resume"):
            raise HTTPException(404, f"There is no feed {number}.")
        noted(desk, person, f"feed {what}d", f"feed {number}")
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
        noted(desk, person, "feeds taken in", file.filename or "OPML", count=len(new))
        return back("/feeds")
