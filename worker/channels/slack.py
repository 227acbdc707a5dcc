"""Slack: by bot token (edits, threads, buttons, can be asked) or by incoming webhook (posts only).

Errors as Slack documents them at docs.slack.dev/reference/methods/chat.postMessage and
docs.slack.dev/messaging/sending-messages-using-incoming-webhooks.
"""

from __future__ import annotations

import http.client
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.error import URLError

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from worker.channels.blocks import blocks, fallback, metadata, reply, same_metadata
from worker.domain.model import Delivery, Message, SendResult, Sent

log = structlog.get_logger("marsad.slack")

TIMEOUT_S = 15
PAUSE_S = 1.0
"""Slack takes about one message a second and channel."""

BROKEN = frozenset(
    ("invalid_auth", "account_inactive", "token_revoked", "token_expired", "not_authed", "missing_scope",
     "channel_not_found", "not_in_channel", "is_archived", "restricted_action", "no_permission",
     "org_login_required", "ekm_access_denied", "access_denied", "team_access_not_granted",
     "no_service", "no_team", "action_prohibited", "channel_is_archived", "invalid_token", "posting_to_general_channel_denied")
)  # fmt: skip
REJECTED = frozenset(
    ("msg_too_long", "invalid_blocks", "invalid_blocks_format", "no_text", "too_many_attachments",
     "metadata_too_large", "invalid_metadata_format", "invalid_metadata_schema", "invalid_arguments",
     "invalid_payload", "user_not_found")
)  # fmt: skip
REFUSED = frozenset(
    ("ratelimited", "rate_limited", "message_limit_exceeded", "team_added_to_org", "accesslimited")
)
"""Not taken now, surely."""
GONE = frozenset(("message_not_found", "cant_update_message", "edit_window_closed", "thread_not_found"))
UPDATES = frozenset(("update", "correction", "retraction", "resolved"))
HISTORY_PAGES = 5


@dataclass(slots=True)
class SlackBot:
    """One Slack channel by bot token."""

    token: str = field(repr=False)
    channel: str
    api_url: str = "https://slack.com/api/"
    timeout_s: int = TIMEOUT_S
    buttons: bool = True
    name: str = "slack"
    can_edit: bool = True
    pause_s: float = PAUSE_S
    _client: WebClient | None = field(default=None, repr=False)
    _ids: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def client(self) -> WebClient:
        """The client, made on first use; retries are the outbox's business, not its."""
        if self._client is None:
            self._client = WebClient(
                token=self.token, base_url=self.api_url, timeout=self.timeout_s, retry_handlers=[]
            )
        return self._client

    def recipients(self) -> Sequence[str]:
        """The configured channel."""
        return (self.channel,)

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Post; or edit the first message and, when it matters, answer in its thread."""
        posted = dict(first.reference) if first else {}
        if not posted.get("ts"):
            return self._post(delivery)
        if delivery.message.data.get("member") or delivery.message.kind == "reminder":
            return self._answer(delivery, posted)
        return self._update(delivery, posted) if delivery.message.kind in UPDATES else self._post(delivery)

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Look for the message's metadata in the channel's history or the thread."""
        posted = dict(first.reference) if first else {}
        edited = delivery.message.kind in UPDATES and not delivery.message.data.get("member")
        if edited and posted.get("ts") and _silent(delivery.message):
            return Sent(SendResult.REJECTED, "an edit in place can be made again")
        since = delivery.created_at.timestamp() - 60 if delivery.created_at else 0.0
        found: list[Mapping[str, Any]] = []

        def look() -> Sent:
            channel = posted.get("channel") or self._channel_id(delivery.recipient)
            found.extend(self._history(channel, posted.get("ts", ""), since))
            return Sent(SendResult.SENT)

        looked = _guarded(look, asking=True)
        if looked.result is not SendResult.SENT:
            cannot = looked.result is SendResult.CHANNEL_BROKEN and "missing_scope" in looked.reason
            return None if cannot else replace(looked, result=_asked(looked.result))
        channel = posted.get("channel") or self._channel_id(delivery.recipient)
        for message in found:
            if same_metadata(message, delivery.key, delivery.recipient):
                reference = {"channel": channel, "ts": message["ts"]}
                return Sent(SendResult.SENT, "found in Slack's history", reference)
        return Sent(SendResult.REJECTED, "not in Slack's history")

    def mark(self, reference: Mapping[str, Any], message: Message, state: str) -> Sent:
        """Write a line such as “acknowledged by … at …” into a sent message."""

        def edit() -> Sent:
            self.client.chat_update(
                channel=reference["channel"], ts=reference["ts"], text=fallback(message),
                blocks=blocks(message, buttons=False, state=state),
            )  # fmt: skip
            return Sent(SendResult.SENT, reference=reference)

        return _guarded(edit)

    def _post(self, delivery: Delivery) -> Sent:
        def post() -> Sent:
            return self._sent(self.client.chat_postMessage(
                channel=delivery.recipient, text=fallback(delivery.message),
                blocks=blocks(delivery.message, buttons=self.buttons),
                metadata=metadata(delivery.key, delivery.recipient), unfurl_links=False, unfurl_media=False,
            ))  # fmt: skip

        sent = _guarded(post)
        if sent.result is SendResult.SENT and delivery.message.data.get("pictures"):
            self._attach(sent.reference, delivery.message.data["pictures"])
        return sent

    def _attach(self, posted: Mapping[str, Any], pictures: Sequence[Mapping[str, str]]) -> None:
        """Put a digest's pictures into its thread; without the scope `files:write` it is text alone."""
        files = [
            {"content": bytes.fromhex(one["png"]), "filename": f"chart-{n}.png", "title": one["alt"]}
            for n, one in enumerate(pictures, 1)
        ]

        def upload() -> Sent:
            self.client.files_upload_v2(channel=posted["channel"], thread_ts=posted["ts"], file_uploads=files)
            return Sent(SendResult.SENT)

        added = _guarded(upload)
        if added.result is not SendResult.SENT:
            log.info("digest without pictures", reason=added.reason)

    def _update(self, delivery: Delivery, posted: Mapping[str, Any]) -> Sent:
        """Edit first: it may be repeated without harm. Then answer, which is what may be in doubt."""

        def edit() -> Sent:
            self.client.chat_update(
                channel=posted["channel"], ts=posted["ts"], text=fallback(delivery.message),
                blocks=blocks(delivery.message, buttons=self.buttons),
            )  # fmt: skip
            return Sent(SendResult.SENT, reference={"channel": posted["channel"], "ts": posted["ts"]})

        edited = _guarded(edit)
        if edited.result is SendResult.REJECTED and edited.reason in GONE:
            return self._post(delivery)  # somebody deleted the message: the news still has to arrive
        if edited.result is SendResult.UNCERTAIN:
            return replace(edited, result=SendResult.RETRY)
        if edited.result is not SendResult.SENT or _silent(delivery.message):
            return edited
        return self._answer(delivery, posted)

    def _answer(self, delivery: Delivery, posted: Mapping[str, Any]) -> Sent:
        text, made = reply(delivery.message)

        def post() -> Sent:
            return self._sent(self.client.chat_postMessage(
                channel=posted["channel"], thread_ts=posted["ts"], text=text, blocks=made,
                reply_broadcast=_loud(delivery.message),
                metadata=metadata(delivery.key, delivery.recipient), unfurl_links=False, unfurl_media=False,
            ))  # fmt: skip

        return _guarded(post)

    def _sent(self, response: SlackResponse) -> Sent:
        return Sent(SendResult.SENT, reference={"channel": response["channel"], "ts": response["ts"]})

    def _history(self, channel: str, thread: str, since: float) -> list[Mapping[str, Any]]:
        found: list[Mapping[str, Any]] = []
        cursor = ""
        for _ in range(HISTORY_PAGES):
            wanted: dict[str, Any] = {"channel": channel, "limit": 200, "include_all_metadata": True}
            wanted |= {"oldest": f"{since:.6f}"} | ({"cursor": cursor} if cursor else {})
            if thread:
                answer = self.client.conversations_replies(ts=thread, **wanted)
            else:
                answer = self.client.conversations_history(**wanted)
            found += answer["messages"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return found
        raise SlackApiError("history too long to be sure", {"ok": False, "error": "internal_error"})  # type: ignore[no-untyped-call]

    def _channel_id(self, recipient: str) -> str:
        """Give the id that history wants: names are looked up once."""
        if not recipient.startswith("#"):
            return recipient
        if recipient not in self._ids:
            cursor = ""
            for _ in range(HISTORY_PAGES):
                answer = self.client.conversations_list(
                    limit=1000,
                    types="public_channel,private_channel",
                    exclude_archived=True,
                    cursor=cursor or None,
                )
                self._ids |= {f"#{one['name']}": one["id"] for one in answer["channels"]}
                cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
                if not cursor or recipient in self._ids:
                    break
        if recipient not in self._ids:
            raise SlackApiError("no such channel", {"ok": False, "error": "channel_not_found"})  # type: ignore[no-untyped-call]
        return self._ids[recipient]


@dataclass(slots=True)
class SlackWebhook:
    """One Slack channel by incoming webhook: every update is a new message that names the first."""

    url: str = field(repr=False)
    timeout_s: int = TIMEOUT_S
    name: str = "slack"
    can_edit: bool = False
    pause_s: float = PAUSE_S

    def recipients(self) -> Sequence[str]:
        """A webhook reaches one channel, whose name it does not tell."""
        return ("webhook",)

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Post the whole message."""
        del first

        def post() -> Sent:
            client = WebhookClient(self.url, timeout=self.timeout_s, retry_handlers=[])
            answer = client.send(
                text=fallback(delivery.message),
                blocks=blocks(delivery.message, buttons=False),
                unfurl_links=False,
                unfurl_media=False,
            )
            if answer.status_code == 200:
                return Sent(SendResult.SENT)
            headers = {str(k).lower(): v for k, v in (answer.headers or {}).items()}
            return classify(answer.body.strip()[:80], answer.status_code, headers, sure=True)

        return _guarded(post)

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Say that a webhook can't be asked."""
        del delivery, first
        return None


def classify(error: str, status: int, headers: Mapping[str, Any], *, sure: bool) -> Sent:
    """Turn Slack's error into what to do; `sure`: an error of the server means that nothing was posted."""
    if status == 429 or error in REFUSED:
        wait = str(headers.get("retry-after", "30"))
        return Sent(SendResult.RETRY, "rate limited", retry_after_s=float(wait) if wait.isdigit() else 30.0)
    if error in BROKEN or status in (401, 403, 404, 410):
        return Sent(SendResult.CHANNEL_BROKEN, error or f"HTTP {status}")
    if error in REJECTED or error in GONE or status in (400, 413):
        return Sent(SendResult.REJECTED, error or f"HTTP {status}")
    result = SendResult.RETRY if sure else SendResult.UNCERTAIN
    return Sent(result, f"{error or 'error'} (HTTP {status})")


def _silent(message: Message) -> bool:
    """Whether an update only edits: nobody is to be woken by it."""
    return message.kind == "resolved" or bool(message.data.get("quiet"))


def _loud(message: Message) -> bool:
    """Whether an answer in the thread is shown in the channel as well."""
    kinds = ("correction", "retraction", "reminder", "wave")
    return message.kind in kinds and not message.data.get("quiet")


def _asked(result: SendResult) -> SendResult:
    """While asking, only a broken channel is more than a reason to ask again."""
    return result if result is SendResult.CHANNEL_BROKEN else SendResult.RETRY


def _guarded(call: Callable[[], Sent], *, asking: bool = False) -> Sent:
    """Run one call; every way in which it can fail becomes a `Sent`."""
    try:
        return call()
    except SlackApiError as fault:
        answer = fault.response
        status = getattr(answer, "status_code", 200)
        headers = {str(k).lower(): v for k, v in (getattr(answer, "headers", None) or {}).items()}
        error = str(answer.get("error") or "") if hasattr(answer, "get") else ""
        return classify(error, int(status), headers, sure=asking)
    except SlackRequestError as fault:
        return Sent(SendResult.REJECTED, str(fault))
    except URLError as fault:
        # urllib wraps what fails before the request is out: name lookup, connect, TLS, sending.
        return Sent(SendResult.RETRY, f"Slack cannot be reached: {fault.reason}")
    except (OSError, http.client.HTTPException) as fault:
        return Sent(SendResult.UNCERTAIN, f"no answer from Slack: {type(fault).__name__} {fault}".strip())
