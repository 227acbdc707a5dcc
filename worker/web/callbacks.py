"""What other services call: hubs that confirm and push feeds (WebSub), and Slack's buttons."""

from __future__ import annotations

from anyio import to_thread
from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from worker.channels.slack_actions import BadPressError, carry_out, read_request
from worker.web.desk import DeskOptions
from worker.web.door import desk_of

MOST = 15 * 1024 * 1024


def router(options: DeskOptions) -> APIRouter:
    """The routes that are switched on; each checks its caller by token or signature."""
    made = APIRouter()
    if options.websub:
        _websub(made)
    if options.slack_secret:
        _slack(made, options.slack_secret)
    return made


def _websub(made: APIRouter) -> None:
    @made.get("/websub/{feed_id}/{token}")
    def confirm(request: Request, feed_id: int, token: str) -> Response:
        status, body = desk_of(request).confirm(feed_id, token, dict(request.query_params))
        return PlainTextResponse(body, status)

    @made.post("/websub/{feed_id}/{token}")
    async def push(request: Request, feed_id: int, token: str) -> Response:
        body = await _body(request)
        if body is None:
            return PlainTextResponse("too large\n", 413)
        desk = desk_of(request)
        status, document = await to_thread.run_sync(desk.accept, feed_id, token, dict(request.headers), body)
        if document is not None:
            await desk.take_push(feed_id, document, request.headers.get("content-type", ""))
        return Response(status_code=status)


def _slack(made: APIRouter, secret: str) -> None:
    @made.post("/slack/actions")
    async def press(request: Request) -> Response:
        body = await _body(request)
        try:
            pressed = read_request(body or b"", dict(request.headers), secret)
        except BadPressError as fault:
            return PlainTextResponse(str(fault), 401)
        await to_thread.run_sync(carry_out, pressed, desk_of(request).answers())
        return Response(status_code=200)


async def _body(request: Request) -> bytes | None:
    """The body, or None when it is larger than any feed may be."""
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > MOST:
            return None
    return bytes(held)
