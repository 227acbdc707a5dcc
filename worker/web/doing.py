"""What every page that changes something needs: who may, the form's token, the audit log, the way back."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, Form, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from worker.domain.desk.people import Person, Role
from worker.services.access import form_token
from worker.web.desk import Desk
from worker.web.door import needs


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


def back(address: str) -> Response:
    """See the page again after a change."""
    return RedirectResponse(address, 303)


def noted(desk: Desk, person: Person, what: str, subject: str, **data: Any) -> None:
    """Write into the audit log what was changed by whom."""
    desk.people.record(person.name, what, subject, desk.clock(), data)
