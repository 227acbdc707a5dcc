"""Coming in and going out: login by password or by link, logout."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from worker.web.desk import DeskOptions
from worker.web.doing import form_of
from worker.web.door import client_of, cookie_name, desk_of, set_session
from worker.web.oidc import Pending, Provider, SignOnError
from worker.web.pages import Page


def router(page: Page, options: DeskOptions, provider: Provider | None = None) -> APIRouter:
    """The routes that need no session."""
    made = APIRouter()

    def ask(request: Request, message: str = "", status: int = 200, to: str = "/") -> HTMLResponse:
        desk = desk_of(request)
        answer = page(request, "login.html", message=message, to=to, accounts=desk.access.has_accounts(),
                      link=options.link, provider=provider)  # fmt: skip
        answer.status_code = status
        return answer

    @made.get("/login", response_class=HTMLResponse)
    def login_page(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
        if request.state.person is not None:
            return RedirectResponse(_own(next), 303)
        return ask(request, to=_own(next))

    @made.post("/login")
    def login(
        request: Request,
        name: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        to: Annotated[str, Form()] = "/",
    ) -> Response:
        desk, address = desk_of(request), client_of(request)
        if desk.access.shut(f"name:{name}", f"from:{address}"):
            return ask(request, "Too many wrong passwords. Wait ten minutes.", 429, _own(to))
        token = desk.access.login(name[:80], password[:1000], address)
        if token is None:
            return ask(request, "Name or password is wrong.", 403, _own(to))
        return _let_in(request, token, _own(to), options)

    @made.get("/login/link/{token}")
    def by_link(request: Request, token: str) -> Response:
        desk = desk_of(request)
        if request.state.person is not None:
            return RedirectResponse("/", 303)
        if not options.link:
            return ask(request, "Login links are for the machine that Marsad runs on.", 403)
        session = desk.access.by_link(token, client_of(request))
        if session is None:
            return ask(
                request, "This link was used already or is too old. `marsad user link` prints a new one.", 403
            )
        return _let_in(request, session, "/", options)

    if provider is not None:
        _provided(made, provider, options, ask)

    @made.post("/logout", dependencies=[Depends(form_of)])
    def logout(request: Request) -> Response:
        if request.state.person is not None:
            desk_of(request).access.people.end_session(request.state.person.secret)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(cookie_name(options), path="/", secure=options.secure, httponly=True)
        return answer

    return made


def _provided(
    made: APIRouter, provider: Provider, options: DeskOptions, ask: Callable[..., Response]
) -> None:
    """Out to the provider, and back."""
    name = f"{cookie_name(options)}-oidc"

    def forget(answer: Response) -> Response:
        answer.delete_cookie(name, path="/", secure=options.secure, httponly=True)
        return answer

    @made.get("/login/oidc")
    def out(request: Request, next: str = "/") -> Response:  # noqa: A002 - the name in the address
        try:
            url, pending = provider.begin(_own(next))
        except SignOnError as fault:
            return ask(request, str(fault), 502, _own(next))
        answer = RedirectResponse(url, 303)
        # Lax: coming back is a link on the provider's page.
        answer.set_cookie(name, pending.cookie(), max_age=600, httponly=True, secure=options.secure,
                          samesite="lax", path="/")  # fmt: skip
        return answer

    @made.get("/login/oidc/back")
    def back(request: Request) -> Response:
        desk, address = desk_of(request), client_of(request)
        pending = Pending.read(request.cookies.get(name, ""))
        if pending is None:
            return ask(request, "This login took too long or was begun elsewhere. Begin again.", 403)
        try:
            who, role = provider.finish(pending, dict(request.query_params))
        except SignOnError as fault:
            desk.people.record("nobody", "login refused", address, desk.clock(), {"why": str(fault)[:200]})
            return forget(ask(request, str(fault), 403))
        return forget(
            _let_in(request, desk.access.by_provider(who, role, address), _own(pending.to), options)
        )


def _let_in(request: Request, token: str, to: str, options: DeskOptions) -> Response:
    """A new session for every login: one that somebody planted before is worth nothing."""
    old = request.cookies.get(cookie_name(options))
    if old:
        desk_of(request).access.people.end_session(old)
    answer = RedirectResponse(to, 303)
    set_session(answer, token, options)
    return answer


def _own(address: str) -> str:
    """A page of ours to go to; never another site."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and "\n" not in address
    return address if fine else "/"
