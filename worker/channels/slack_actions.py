"""What comes back from Slack's buttons: checked, read, and carried out.

By a signed endpoint of the web process (`read_request`) or by Socket Mode (`listen`), whichever is set up.
Sources: docs.slack.dev/authentication/verifying-requests-from-slack, docs.slack.dev/interactivity.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs

from worker.domain.model import AlertState
from worker.errors import MarsadError


class BadPressError(MarsadError):
    """A request that is not Slack's, or none that Marsad's buttons make."""


@dataclass(frozen=True, slots=True)
class Press:
    """One button pressed by one person."""

    action: str
    """`acknowledge`, `mute`, `not_relevant` or `open`."""
    story_id: int
    by: str


class Answering(Protocol):
    """What carries an answer out (`worker.services.answers.Answers`)."""

    def set_state(self, story_id: int, state: AlertState, by: str) -> bool:
        """Acknowledge or mute."""
        ...

    def not_relevant(self, story_id: int, by: str) -> bool:
        """Note it and mute."""
        ...


def read_request(
    body: bytes, headers: Mapping[str, str], secret: str, *, now: Callable[[], float] = time.time
) -> Press:
    """Check the signature (five minutes old at most) and read the press; raises `BadPressError`."""
    given = {name.lower(): value for name, value in headers.items()}
    stamp = given.get("x-slack-request-timestamp", "")
    if not secret or not stamp.isdigit() or abs(now() - int(stamp)) > 300:
        raise BadPressError("the request is unsigned or too old")
    signed = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(f"v0={signed}".encode(), given.get("x-slack-signature", "").encode()):
        raise BadPressError("the request's signature is not Slack's")
    try:
        payload = json.loads(parse_qs(body.decode())["payload"][0])
    except (UnicodeDecodeError, KeyError, ValueError):
        raise BadPressError("the request holds no payload") from None
    return read_payload(payload)


def read_payload(payload: Any) -> Press:
    """Read an interaction payload; raises `BadPressError` for what Marsad's buttons do not make."""
    try:
        pressed = payload["actions"][0]
        action = str(pressed["action_id"])
        story = json.loads(pressed["value"])["story"]
        person = payload["user"]
    except (KeyError, IndexError, TypeError, ValueError):
        raise BadPressError("no press of a button of Marsad") from None
    if not action.startswith("marsad_") or isinstance(story, bool) or not isinstance(story, int):
        raise BadPressError("no press of a button of Marsad")
    name = " ".join(
        str(person.get("username") or person.get("name") or person.get("id") or "somebody").split()
    )
    return Press(action.removeprefix("marsad_"), story, f"{name[:60]} (Slack)")


def carry_out(press: Press, answers: Answering) -> str:
    """Do what the button says; a sentence about it, empty where there is nothing to do."""
    match press.action:
        case "acknowledge":
            done = answers.set_state(press.story_id, AlertState.ACKNOWLEDGED, press.by)
        case "mute":
            done = answers.set_state(press.story_id, AlertState.MUTED, press.by)
        case "not_relevant":
            done = answers.not_relevant(press.story_id, press.by)
        case _:
            return ""
    return (
        f"story {press.story_id}: {press.action} by {press.by}"
        if done
        else f"no alert on story {press.story_id}"
    )


def listen(app_token: str, answers: Answering, *, said: Callable[[str], None], stop: threading.Event) -> None:
    """Hold a Socket Mode connection until `stop`: buttons work without an address Slack can reach."""
    from slack_sdk.socket_mode import SocketModeClient  # noqa: PLC0415 - only the listening process needs it

    client = SocketModeClient(app_token=app_token)
    client.socket_mode_request_listeners.append(on_request(answers, said))
    client.connect()
    try:
        stop.wait()
    finally:
        client.close()


def on_request(answers: Answering, said: Callable[[str], None]) -> Callable[[Any, Any], None]:
    """Make the listener: acknowledge to Slack at once (it waits three seconds), then carry out."""

    def listener(client: Any, request: Any) -> None:
        from slack_sdk.socket_mode.response import SocketModeResponse  # noqa: PLC0415

        client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))
        if request.type != "interactive":
            return
        try:
            said(carry_out(read_payload(request.payload), answers))
        except MarsadError as fault:
            said(str(fault))

    return listener
