"""E-mail over SMTP: one recipient a message, each phase of the dialogue tracked.

A server that falls silent before the final dot has taken nothing; after it, nobody can know (RFC 1047,
RFC 5321 section 6.1): then the message is uncertain. `sent` is decided before QUIT.
"""

from __future__ import annotations

import hashlib
import smtplib
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr

from worker.channels.html import page
from worker.channels.text import plain, title
from worker.domain.model import Delivery, Message, SendResult, Sent
from worker.errors import ConfigError

TIMEOUT_S = 20
PORTS = {"starttls": 587, "tls": 465, "none": 25}
UPDATES = frozenset(("update", "correction", "retraction", "reminder", "resolved", "wave"))
SEVEN_BIT = SMTP.clone(cte_type="7bit")
"""Every server takes it; 8BITMIME need not be asked for."""


@dataclass(slots=True)
class EmailChannel:
    """One mail server and its recipients."""

    host: str
    sender: str
    to: tuple[str, ...]
    port: int = 0
    user: str = ""
    password: str = field(default="", repr=False)
    security: str = "starttls"
    """`starttls` (demanded, never skipped), `tls` from the first byte, or `none`."""
    timeout_s: float = TIMEOUT_S
    context: ssl.SSLContext | None = field(default=None, repr=False)
    unsubscribe: str = ""
    """Address or page for List-Unsubscribe in digests; empty: the sender."""
    name: str = "email"
    can_edit: bool = False
    pause_s: float = 0.0

    def recipients(self) -> Sequence[str]:
        """Each configured address."""
        return self.to

    def send(self, delivery: Delivery, first: Delivery | None) -> Sent:
        """Make the mail and hand it over."""
        try:
            mail = self.compose(delivery, first)
        except (ValueError, IndexError, UnicodeError) as fault:
            return Sent(SendResult.REJECTED, f"no mail can be made of it: {fault}")
        reference = {"message_id": str(mail["Message-ID"]), "subject": str(mail["Subject"])}
        return _Dialogue(self).hand_over(mail, delivery.recipient, reference)

    def ask(self, delivery: Delivery, first: Delivery | None) -> Sent | None:
        """Say that SMTP cannot be asked."""
        del delivery, first
        return None

    def compose(self, delivery: Delivery, first: Delivery | None) -> EmailMessage:
        """Make the mail: stable Message-ID, References to the thread's first, text and HTML."""
        message = delivery.message
        mail = EmailMessage(policy=SEVEN_BIT)
        mail["Message-ID"] = self.message_id(delivery)
        mail["From"] = _address(self.sender)
        mail["To"] = _address(delivery.recipient)
        mail["Subject"] = _subject(message, first)
        if delivery.created_at:
            mail["Date"] = format_datetime(delivery.created_at)
        if first and first.reference.get("message_id"):
            mail["In-Reply-To"] = str(first.reference["message_id"])
            mail["References"] = str(first.reference["message_id"])
        mail["Auto-Submitted"] = "auto-generated"
        mail["X-Marsad-Key"] = delivery.key
        if message.severity.value == "critical" and message.kind == "alert":
            mail["Importance"] = "high"
        if message.kind == "digest":
            mail["List-Unsubscribe"] = f"<{self.unsubscribe or 'mailto:' + parseaddr(self.sender)[1]}>"
        mail.set_content(_encodable(plain(message)))
        self._add_html(mail, message)
        return mail

    def message_id(self, delivery: Delivery) -> str:
        """Give the same id however often this message is made."""
        what = f"{delivery.key}\n{delivery.channel}\n{delivery.recipient}".encode()
        domain = parseaddr(self.sender)[1].rpartition("@")[2] or "marsad.invalid"
        return f"<{hashlib.sha256(what).hexdigest()[:32]}@{domain}>"

    def _add_html(self, mail: EmailMessage, message: Message) -> None:
        pictures = message.data.get("pictures") or ()
        named = tuple((f"picture{n}", str(p["alt"])) for n, p in enumerate(pictures))
        mail.add_alternative(_encodable(page(message, pictures=named)), subtype="html")
        if not pictures:
            return
        html = mail.get_payload()[1]  # type: ignore[index]
        for (cid, _), picture in zip(named, pictures, strict=True):
            content = bytes.fromhex(picture["png"])
            html.add_related(content, "image", "png", cid=f"<{cid}>", disposition="inline")  # type: ignore[union-attr, call-arg, unused-ignore]


def check_address(address: str, where: str) -> str:
    """Refuse what is no mail address; raises `ConfigError`."""
    try:
        _address(address)
    except (ValueError, IndexError):
        raise ConfigError(f"{address!r} is no mail address", where=where, remedy="name@example.org") from None
    return address


def _address(text: str) -> Address:
    name, address = parseaddr(text)
    if "@" not in address or any(c in address for c in "\r\n "):
        raise ValueError(f"{text!r} is no mail address")
    return Address(display_name=name, addr_spec=address)


def _subject(message: Message, first: Delivery | None) -> str:
    """Keep the thread's subject for all its mails: readers group by it as well as by References."""
    if first and message.kind in UPDATES and first.reference.get("subject"):
        return clean("Re: " + str(first.reference["subject"]))
    return clean(title(message))


def _encodable(text: str) -> str:
    """Drop lone surrogates: a message must not be lost for one broken character."""
    return text.encode("utf-8", "ignore").decode()


def clean(text: str) -> str:
    """Make a header value of a text: one line, no control characters, no broken surrogates, 200 at most."""
    text = text.encode("utf-8", "ignore").decode()
    kept = "".join(c if c.isprintable() else " " for c in text)
    one_line = " ".join(kept.split())
    return one_line if len(one_line) <= 200 else one_line[:199] + "…"


@dataclass(slots=True)
class _Dialogue:
    """One conversation with the server; `phase` says how far it came."""

    channel: EmailChannel
    phase: str = "connect"

    def hand_over(self, mail: EmailMessage, recipient: str, reference: dict[str, str]) -> Sent:
        """Run the dialogue; every way in which it can end becomes a `Sent`."""
        server: smtplib.SMTP | None = None
        try:
            server = self._connect()
            refused = self._envelope(server, recipient)
            return refused or self._content(server, mail, reference)
        except smtplib.SMTPAuthenticationError as fault:
            return self._refused(fault.smtp_code, fault.smtp_error, broken=True)
        except smtplib.SMTPResponseException as fault:
            return self._refused(fault.smtp_code, fault.smtp_error, broken=self.phase != "content")
        except smtplib.SMTPNotSupportedError as fault:
            return Sent(SendResult.CHANNEL_BROKEN, f"{self.phase}: {fault}")
        except ssl.SSLCertVerificationError as fault:
            return Sent(
                SendResult.CHANNEL_BROKEN, f"the server's certificate is refused: {fault.verify_message}"
            )
        except (OSError, smtplib.SMTPException) as fault:
            return self._broken_off(fault)
        finally:
            if server is not None:
                self._quit(server)

    def _connect(self) -> smtplib.SMTP:
        given = self.channel
        port = given.port or PORTS[given.security]
        context = given.context or ssl.create_default_context()
        server: smtplib.SMTP
        if given.security == "tls":
            server = smtplib.SMTP_SSL(given.host, port, timeout=given.timeout_s, context=context)
        else:
            server = smtplib.SMTP(given.host, port, timeout=given.timeout_s)
        self.phase = "greeting"
        server.ehlo_or_helo_if_needed()
        if given.security == "starttls":
            self.phase = "starttls"
            server.starttls(context=context)
            server.ehlo()
        if given.user:
            self.phase = "login"
            server.login(given.user, given.password)
        return server

    def _envelope(self, server: smtplib.SMTP, recipient: str) -> Sent | None:
        self.phase = "sender"
        code, said = server.mail(parseaddr(self.channel.sender)[1])
        if code != 250:
            return self._refused(code, said, broken=True)
        self.phase = "recipient"
        code, said = server.rcpt(parseaddr(recipient)[1])
        if code not in (250, 251):
            return self._refused(code, said, broken=False)
        return None

    def _content(self, server: smtplib.SMTP, mail: EmailMessage, reference: dict[str, str]) -> Sent:
        self.phase = "data"
        code, said = server.docmd("DATA")
        if code != 354:
            return self._refused(code, said, broken=False)
        lines = mail.as_bytes().replace(b"\r\n.", b"\r\n..")
        body = lines if lines.endswith(b"\r\n") else lines + b"\r\n"
        # An exception while sending means that the final dot never left: nothing was taken.
        server.send(body + b".\r\n")
        self.phase = "answer"
        code, said = server.getreply()
        if code == 250:
            return Sent(SendResult.SENT, reference=reference)
        return self._refused(code, said, broken=False)

    def _refused(self, code: int, said: bytes | str, *, broken: bool) -> Sent:
        words = said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)
        reason = f"{self.phase} refused: {code} {' '.join(words.split())[:200]}"
        if code == -1:
            return self._broken_off(smtplib.SMTPServerDisconnected(words))
        if 500 <= code < 600:
            return Sent(SendResult.CHANNEL_BROKEN if broken else SendResult.REJECTED, reason)
        return Sent(SendResult.RETRY, reason)

    def _broken_off(self, fault: Exception) -> Sent:
        said = (
            "timed out"
            if isinstance(fault, TimeoutError | socket.timeout)
            else str(fault) or type(fault).__name__
        )
        if self.phase == "answer":
            return Sent(SendResult.UNCERTAIN, f"no answer after the message was handed over: {said}")
        return Sent(SendResult.RETRY, f"{self.phase}: {said}")

    @staticmethod
    def _quit(server: smtplib.SMTP) -> None:
        """Leave politely; whatever goes wrong here changes nothing."""
        try:
            server.quit()
        except (OSError, smtplib.SMTPException):
            server.close()
