"""The door: host names, security headers, who is asking, and nothing changed on another site's behalf."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlsplit

from anyio import to_thread
from fastapi import HTTPException, Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from worker.domain.desk.people import Person, Role
from worker.services.access import is_loopback
from worker.web.desk import Desk, DeskOptions

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # `no-referrer` would make our own forms say `Origin: null`
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=()",
}
OPEN = ("/login", "/slack/actions", "/websub/")
"""Pages that anybody may ask for; callbacks check their caller themselves."""
SAFE = ("GET", "HEAD", "OPTIONS")


def cookie_name(options: DeskOptions) -> str:
    """`__Host-` binds the cookie to this very host over TLS; browsers refuse it on plain loopback."""
    return "__Host-marsad" if options.secure else "marsad"


def set_session(response: Response, token: str, options: DeskOptions) -> None:
    """Hand the session out. Lax, so that a link in an alert opens; strict would ask to log in again."""
    response.set_cookie(
        cookie_name(options), token, httponly=True, secure=options.secure, samesite="lax", path="/"
    )


def problem(status: int, title: str, detail: str = "") -> Response:
    """An error as RFC 9457 has it."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    return Response(json.dumps(body), status, media_type="application/problem+json")


@dataclass(slots=True)
class Door:
    """Plain ASGI: streams pass through it untouched."""

    app: ASGIApp
    options: DeskOptions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refused = await self._refused(scope)
        await (refused or self.app)(scope, receive, told)

    async def _refused(self, scope: Scope) -> Response | None:
        """The answer to who is not let in; None: go on."""
        headers, path = Headers(scope=scope), scope["path"]
        if path == "/healthz" or path.startswith("/static/"):
            return None
        if not self._known_host(headers.get("host", "")):
            return PlainTextResponse(
                "Marsad does not answer to this host name. Name it in MARSAD_ALLOWED_HOSTS.\n", 421
            )
        person = await self._person(scope, headers)
        scope.setdefault("state", {})["person"] = person
        if path.startswith(OPEN):
            return None
        if person is None:
            return _ask_to_log_in(scope, path)
        if scope["method"] not in SAFE and person.secret and not _same_site(headers):
            return problem(403, "Another site sent this", "Forms are taken from Marsad's own pages only.")
        return None

    def _known_host(self, host: str) -> bool:
        name = urlsplit(f"//{host}").hostname or ""
        return self.options.any_host or name in self.options.hosts or is_loopback(name)

    async def _person(self, scope: Scope, headers: Headers) -> Person | None:
        desk: Desk = scope["app"].state.desk
        given = headers.get("authorization", "")
        if given.lower().startswith("bearer "):
            return await to_thread.run_sync(desk.people.token, given[7:].strip(), desk.clock())
        cookie = cookie_parser(headers.get("cookie", "")).get(cookie_name(self.options), "")
        return await to_thread.run_sync(desk.people.session, cookie, desk.clock()) if cookie else None


def _ask_to_log_in(scope: Scope, path: str) -> Response:
    """People are led to the login page, scripts are told with a status."""
    if path.startswith("/api/"):
        refusal = problem(401, "Not logged in", "Send Authorization: Bearer with an API token.")
        refusal.headers["WWW-Authenticate"] = 'Bearer realm="marsad"'
        return refusal
    if path in ("/live", "/list") or scope["method"] not in SAFE:
        return PlainTextResponse("Log in first.\n", 401)
    asked = path + (f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else "")
    return RedirectResponse(f"/login?next={quote(asked, safe='')}", 303)


def _same_site(headers: Headers) -> bool:
    """Whether the browser says that our own page sent this; one that says nothing still needs the form token."""
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in ("same-origin", "none"):
        return False
    return origin is None or urlsplit(origin).netloc == headers.get("host", "")


def person_of(request: Request) -> Person:
    """Who is asking; the door let nobody else through."""
    person: Person | None = request.state.person
    if person is None:
        raise HTTPException(401, "Log in first.")
    return person


def needs(request: Request, role: Role) -> Person:
    """Who is asking, if they may do this; raises 403."""
    person = person_of(request)
    if not person.role.includes(role):
        raise HTTPException(403, f"This takes the role {role.value}; {person.name} is {person.role.value}.")
    return person


def desk_of(request: Request) -> Desk:
    """The parts."""
    desk: Desk = request.app.state.desk
    return desk


def client_of(request: Any) -> str:
    """The address that somebody comes from, for the brake on guessing and the audit log."""
    return request.client.host if request.client else "unknown"
