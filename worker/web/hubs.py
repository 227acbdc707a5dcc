"""Where WebSub hubs verify subscriptions and push documents; part of the page's application.

The path holds a secret token, so it needs no login and no CSRF token: hubs have neither.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

MAX_PUSH = 15 * 1024 * 1024


class Subscriptions(Protocol):
    """What answers a hub; `worker.feeds.websub.WebSub` is one."""

    def confirm(self, feed_id: int, token: str, query: Mapping[str, str]) -> tuple[int, str]:
        """Status and body for a verification request."""
        ...

    def accept(
        self, feed_id: int, token: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, bytes | None]:
        """Status for a push, and the document to take in."""
        ...


def hub_routes(
    subscriptions: Callable[[], Subscriptions], take_in: Callable[[int, bytes, str], Awaitable[int]]
) -> APIRouter:
    """Routes below `/websub/`; `take_in` gets feed, document and content type and stores what is new."""
    router = APIRouter()

    @router.get("/websub/{feed_id}/{token}")
    def confirm(feed_id: int, token: str, request: Request) -> Response:
        status, text = subscriptions().confirm(feed_id, token, request.query_params)
        return PlainTextResponse(text, status_code=status)

    @router.post("/websub/{feed_id}/{token}")
    async def accept(feed_id: int, token: str, request: Request) -> Response:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > MAX_PUSH:
                return Response(status_code=413)
        status, document = subscriptions().accept(feed_id, token, request.headers, bytes(body))
        if document is not None:
            await take_in(feed_id, document, request.headers.get("content-type", ""))
        return Response(status_code=status)

    return router
