"""The desk's web application: pages over what the store says, and nothing that a page could break."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates
from starlette.exceptions import HTTPException

from worker import __version__, log
from worker.domain.desk.people import Role
from worker.domain.model import Severity
from worker.errors import ConfigError, MarsadError, StorageError
from worker.services.access import form_token
from worker.web import acting, api, callbacks, entry, mapping, pages, present
from worker.web.desk import Desk, DeskOptions
from worker.web.door import Door, desk_of, problem
from worker.web.live import Live
from worker.web.oidc import Provider

HERE = Path(__file__).parent
KEPT_FOR = timedelta(seconds=10)
"""Counts are dear on a full archive: one serves everybody so long."""


def create_app(
    desk: Callable[[], Desk], *, options: DeskOptions | None = None, provider: Provider | None = None
) -> FastAPI:
    """Build the application; `desk` is called once, in the process that serves; `provider` vouches for people."""
    chosen = options or DeskOptions()
    app = FastAPI(
        title="Marsad",
        version=__version__,
        summary="Security incidents in Iraq, from the news, with their sources.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan(desk),
    )
    page = _pages(chosen)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    app.include_router(entry.router(page, chosen, provider), include_in_schema=False)
    app.include_router(pages.router(page), include_in_schema=False)
    app.include_router(mapping.router(page), include_in_schema=False)
    app.include_router(acting.router(page), include_in_schema=False)
    app.include_router(api.router())
    app.include_router(callbacks.router(chosen), include_in_schema=False)
    _health(app)
    _faults(app, page)
    app.add_middleware(Door, options=chosen)
    return app


def _lifespan(desk: Callable[[], Desk]) -> Callable[[FastAPI], Any]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        parts = desk()
        app.state.desk = parts
        app.state.live = Live(parts.store.changes_after, parts.browse.last_change)
        app.state.kept = Kept()
        app.state.bodies = Kept(timedelta(minutes=10), most=50)
        threading.Thread(target=_warm, args=(parts,), daemon=True).start()
        yield

    return lifespan


def _warm(parts: Desk) -> None:
    """Load the lexicon before somebody waits for it."""
    try:
        parts.label("rocket")
    except Exception as fault:  # noqa: BLE001 - the page that needs it will say what is wrong
        log.get(__name__).warning("the lexicon could not be loaded", fault=str(fault))


class Kept:
    """What is dear to make and the same for everybody, made once for all who ask within a time."""

    def __init__(self, span: timedelta = KEPT_FOR, most: int = 500) -> None:
        self.held: dict[str, tuple[datetime, Any]] = {}
        self.span, self.most, self.lock = span, most, threading.Lock()

    def __call__(self, name: str, now: datetime, make: Callable[[], Any]) -> Any:
        """What `make` gave lately, or gives now."""
        with self.lock:
            at, found = self.held.get(name, (None, None))
            if at is None or now - at > self.span:
                found = make()
                fresh = [(key, one) for key, one in self.held.items() if now - one[0] <= self.span]
                self.held = dict(fresh[-self.most :])
                self.held[name] = (now, found)
            return found


def _pages(options: DeskOptions) -> pages.Page:
    """What makes a page of a template: who is asking, the figures of the top line, the form's token."""
    templates = Jinja2Templates(directory=HERE / "templates")
    env = templates.env
    env.filters.update(present.FILTERS)
    env.trim_blocks = env.lstrip_blocks = True
    marks = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:10] for path in (HERE / "static").iterdir()
    }
    env.globals.update(
        options=options,
        version=__version__,
        severities=list(Severity),
        roles=Role,
        marks=marks,
        form_token=form_token,
    )

    def page(request: Request, name: str, **values: Any) -> HTMLResponse:
        desk = desk_of(request)
        person = getattr(request.state, "person", None)
        fitting: dict[str, Any] = {"now": desk.clock(), "person": person, "label": desk.label}
        if person is not None and name != "cards.html":
            fitting["pulse"] = desk.browse.pulse(fitting["now"])
        return templates.TemplateResponse(request, name, {**fitting, **values})

    return page


def _health(app: FastAPI) -> None:
    """What a supervisor asks: open to everybody, and it tells nothing but that."""

    @app.get("/healthz", include_in_schema=False)
    def health(request: Request) -> JSONResponse:
        parts = desk_of(request)
        return JSONResponse({"ok": True, "version": __version__, "last_tick": parts.store.value("last_tick")})


def _faults(app: FastAPI, page: pages.Page) -> None:
    """Errors as a page for people and as problem+json for programs."""

    def told(request: Request, status: int, detail: str) -> Response:
        title = HTTPStatus(status).phrase
        if request.url.path.startswith("/api/"):
            return problem(status, title, detail)
        try:
            answer: Response = page(request, "fault.html", status=status, title=title, detail=detail)
        except MarsadError:
            return PlainTextResponse(f"{title}. {detail}\n", status)
        answer.status_code = status
        return answer

    @app.exception_handler(HTTPException)
    def refused(request: Request, fault: HTTPException) -> Response:
        return told(request, fault.status_code, str(fault.detail))

    @app.exception_handler(RequestValidationError)
    def malformed(request: Request, fault: RequestValidationError) -> Response:
        said = "; ".join(f"{'.'.join(str(p) for p in e['loc'][1:])}: {e['msg']}" for e in fault.errors()[:5])
        return told(request, 422, said)

    @app.exception_handler(MarsadError)
    def known(request: Request, fault: MarsadError) -> Response:
        status = 503 if isinstance(fault, StorageError) else 422 if isinstance(fault, ConfigError) else 409
        return told(request, status, str(fault))
