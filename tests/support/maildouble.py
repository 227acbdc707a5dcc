"""A real SMTP server (aiosmtpd) that keeps what it gets and can fail in any phase of the dialogue."""

# ruff: noqa: N802 — names that aiosmtpd and http.server ask for

from __future__ import annotations

import asyncio
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


class MailDouble:
    """`faults` is a queue of what happens to the next mails:

    `rcpt550`, `rcpt450`, `mail550`, `data451`, `end552`, `end451` are answers; `cut-before-dot`,
    `cut-after-dot` (nothing kept), `lost-answer` (kept, but the answer never arrives).
    """

    def __init__(self, **options):
        self.mails = []
        self.faults: list[str] = []
        self.fault = lambda: None
        self._now: str | None = None
        self.controller = _Controller(self, hostname="127.0.0.1", port=0, **options)

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *_):
        self.controller.stop()

    @property
    def port(self):
        return self.controller.server.sockets[0].getsockname()[1]

    async def handle_MAIL(self, _server, _session, envelope, address, _options):
        self._now = self.fault() or (self.faults.pop(0) if self.faults else None)
        if self._now == "mail550":
            return "550 5.7.1 sender refused"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, _server, _session, envelope, address, _options):
        if self._now == "rcpt550":
            return "550 5.1.1 no such user"
        if self._now == "rcpt450":
            return "450 4.2.1 mailbox busy"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, _session, envelope):
        fault = self._now
        if fault == "end552":
            return "552 5.3.4 too big"
        if fault == "end451":
            return "451 4.3.0 try later"
        if fault == "cut-after-dot":
            server.transport.abort()
            return "421 gone"
        self.mails.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        if fault == "lost-answer":
            server.transport.abort()
            return "421 gone"
        return "250 2.0.0 kept"


class _Server(SMTP):
    """Cuts the line when asked to, before the mail's end was read."""

    double: MailDouble

    async def smtp_DATA(self, arg):
        fault = self.double._now
        if fault == "data451":
            await self.push("451 4.3.0 not now")
            return
        if fault == "cut-before-dot":
            await self.push("354 go ahead")
            await asyncio.sleep(0.01)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class _Controller(Controller):
    """Port 0, and our server."""

    def __init__(self, double, *, password=None, starttls=None, ssl_context=None, **options):
        self.double, self.password, self.starttls = double, password, starttls
        super().__init__(double, ssl_context=ssl_context, **options)

    def factory(self):
        options = {"tls_context": self.starttls, "require_starttls": bool(self.starttls)}
        if self.password:
            options |= {
                "authenticator": self._check, "auth_required": True,
                "auth_require_tls": bool(self.starttls),
            }  # fmt: skip
        server = _Server(self.handler, **options)
        server.double = self.double
        return server

    def _check(self, _server, _session, _envelope, _mechanism, data):
        return AuthResult(success=data.password == self.password.encode(), handled=False)

    def _trigger_server(self):
        """The base class connects to `self.port`, which is 0 here: the port is known from the socket."""
        import socket

        with socket.create_connection(self.server.sockets[0].getsockname(), 2) as line:
            line.recv(1024)
