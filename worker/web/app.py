"""The desk's web application: pages over what the store says, and nothing that a page could break."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from worker import __version__
from worker.domain.model import Severity
from worker.errors import MarsadError
from worker.ports import Clock, DeskStore, StoryFilter
from worker.web import present

HERE = Path(__file__).parent
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@dataclass(frozen=True, slots=True)
class DeskOptions:
    """What the composition root tells the pages."""

    title: str = "Marsad"
    demo: bool = False
    """Say on every page that these are invented reports."""


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


def create_app(
    store: Callable[[], DeskStore], *, options: DeskOptions | None = None, clock: Clock = utc_now
) -> FastAPI:
    """Build the application; `store` is called once, in the process that serves."""
    chosen = options or DeskOptions()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.store = store()
        yield

    app = FastAPI(
        title="Marsad",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.filters.update(present.FILTERS)
    templates.env.globals.update(options=chosen, version=__version__, severities=list(Severity))
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")

    @app.middleware("http")
    async def _headers(request: Request, call_next: Callable[[Request], Any]) -> Response:
        response: Response = await call_next(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "no-referrer"
        return response

    @app.exception_handler(MarsadError)
    async def _fault(_request: Request, fault: MarsadError) -> Response:
        return PlainTextResponse(str(fault), status_code=503)

    def page(request: Request, name: str, **values: Any) -> HTMLResponse:
        return templates.TemplateResponse(request, name, {"now": clock(), **values})

    @app.get("/", response_class=HTMLResponse)
    def now(request: Request) -> HTMLResponse:
        desk: DeskStore = request.app.state.store
        found = desk.stories(StoryFilter(limit=60))
        return page(request, "now.html", stories=found, status=desk.status(clock()))

    @app.get("/stories/{story_id}", response_class=HTMLResponse)
    def story(request: Request, story_id: int) -> HTMLResponse:
        view = request.app.state.store.story_view(story_id)
        if view is None:
            raise HTTPException(404, f"There is no story {story_id}.")
        return page(request, "story.html", view=view)

    @app.get("/healthz")
    def health(request: Request) -> JSONResponse:
        status = request.app.state.store.status(clock())
        return JSONResponse({"ok": True, "version": __version__, "last_tick": status["last_tick"]})

    return app
