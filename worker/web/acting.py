"""The pages on which something is changed, behind the check of the form's token."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from worker.web import alertpage, feedpage, storypage, watchpage
from worker.web.doing import form_of
from worker.web.pages import Page


def router(page: Page) -> APIRouter:
    """All of them."""
    made = APIRouter()
    checked = APIRouter(dependencies=[Depends(form_of)])
    for room in (storypage, alertpage, watchpage, feedpage):
        room.add(made, checked, page)
    made.include_router(checked)
    return made
