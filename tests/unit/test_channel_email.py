"""E-mail against a real SMTP server (aiosmtpd) that can fail in every phase of the dialogue."""

import socket
import ssl
import subprocess
from dataclasses import replace

import pytest

from tests.support.alertkit import NOW, change, policy, report, story, view
from tests.support.maildouble import MailDouble
from worker.channels.email import EmailChannel, check_address, clean
from worker.domain.model import SendResult, Situation
from worker.errors import ConfigError

ARABIC = "هجوم صاروخي على مطار بغداد\nسقط صاروخ كاتيوشا قرب مطار بغداد مساء اليوم."


def delivery_of(reports=None, **more):
    told = view(story(**more), reports or [report()])
    outcome = policy(recipients={"email": ("desk@example.org",)}).judge(told, [change()], Situation(NOW))
    return replace(outcome.deliveries[0], created_at=NOW)


def channel(port, **more):
    return EmailChannel(
        "127.0.0.1",
        "Marsad <marsad@example.org>",
        ("desk@example.org",),
        port,
        security="none",
        timeout_s=3,
        **more,
    )


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    """A server's context with a certificate of its own, and a client's that trusts it."""
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1", "-keyout", folder / "key.pem",
         "-out", folder / "cert.pem"], check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(folder / "cert.pem", folder / "key.pem")
    return server, ssl.create_default_context(cafile=folder / "cert.pem")


def test_a_mail_has_text_and_html_and_one_recipient():
    with MailDouble() as server:
        sent = channel(server.port).send(delivery_of([report(), report(2, ARABIC, language="ar")]), None)
    assert sent.result is SendResult.SENT
    ((to, mail),) = server.mails
    assert to == "desk@example.org"
    assert mail["Subject"] == "HIGH · Rocket attack at Baghdad International Airport wounds 2."
    assert mail["Auto-Submitted"] == "auto-generated"
    text = mail.get_body(("plain",)).get_content()
    html = mail.get_body(("html",)).get_content()
    assert "[صاروخ كاتيوشا = \u2068rocket\u2069]" in text
    assert 'dir="rtl" lang="ar"' in html
    assert (
        text.index("Where")
        < text.index("When")
        < text.index("Toll")
        < text.index("Watch")
        < text.index("Sources")
    )
    assert all(line.isascii() for line in mail.as_string().split("\n\n")[0].splitlines())


def test_the_message_id_is_the_same_at_every_attempt_and_another_for_every_recipient():
    one = channel(1)
    first, again = one.compose(delivery_of(), None), one.compose(delivery_of(), None)
    other = one.compose(replace(delivery_of(), recipient="b@example.org"), None)
    assert first["Message-ID"] == again["Message-ID"] != other["Message-ID"]


def test_an_update_answers_in_the_thread():
    one, delivery = channel(1), delivery_of()
    first = replace(delivery, reference={"message_id": "<a@example.org>", "subject": "HIGH · Rocket attack"})
    message = replace(delivery.message, kind="update", changed=("killed rises from 0 to 5",))
    mail = one.compose(replace(delivery, key="story:7:2", message=message), first)
    assert mail["References"] == mail["In-Reply-To"] == "<a@example.org>"
    assert mail["Subject"] == "Re: HIGH · Rocket attack"
    html = mail.get_body(("html",)).get_content()
    assert "HIGH · UPDATE" in html
    assert "killed rises from 0 to 5" in html


@pytest.mark.parametrize(
    ("fault", "result", "kept"),
    [
        ("mail550", SendResult.CHANNEL_BROKEN, 0),
        ("rcpt550", SendResult.REJECTED, 0),
        ("rcpt450", SendResult.RETRY, 0),
        ("data451", SendResult.RETRY, 0),
        ("end451", SendResult.RETRY, 0),
        ("end552", SendResult.REJECTED, 0),
        ("cut-before-dot", SendResult.RETRY, 0),
        ("cut-after-dot", SendResult.UNCERTAIN, 0),
        ("lost-answer", SendResult.UNCERTAIN, 1),
    ],
)
def test_each_phase_says_what_to_do(fault, result, kept):
    with MailDouble() as server:
        server.faults = [fault]
        big = delivery_of(gist="x" * 170)
        big = replace(big, message=replace(big.message, body="long " * 200_000)) if "before" in fault else big
        sent = channel(server.port).send(big, None)
        assert sent.result is result, sent.reason
        assert len(server.mails) == kept
        assert sent.reason


def test_a_server_that_is_not_there_is_tried_again():
    assert channel(9).send(delivery_of(), None).result is SendResult.RETRY


def test_a_server_that_never_answers_is_tried_again():
    with socket.create_server(("127.0.0.1", 0)) as mute:
        one = replace(channel(mute.getsockname()[1]), timeout_s=0.3)
        assert one.send(delivery_of(), None).result is SendResult.RETRY


def test_starttls_is_demanded_and_login_works(tls):
    server_side, client_side = tls
    with MailDouble(starttls=server_side, password="geheim") as server:
        one = replace(
            channel(server.port), security="starttls", context=client_side, user="u", password="geheim"
        )
        assert one.send(delivery_of(), None).result is SendResult.SENT
        wrong = replace(one, password="falsch").send(delivery_of(), None)
        assert wrong.result is SendResult.CHANNEL_BROKEN
        assert "falsch" not in wrong.reason
    with MailDouble() as plain_server:
        never = replace(one, port=plain_server.port, user="").send(delivery_of(), None)
        assert never.result is SendResult.CHANNEL_BROKEN
        assert plain_server.mails == []


def test_implicit_tls_works_and_a_strange_certificate_is_refused(tls):
    server_side, client_side = tls
    with MailDouble(ssl_context=server_side) as server:
        one = replace(channel(server.port), security="tls", context=client_side)
        assert one.send(delivery_of(), None).result is SendResult.SENT
        strange = replace(one, context=ssl.create_default_context()).send(delivery_of(), None)
        assert strange.result is SendResult.CHANNEL_BROKEN
        assert "certificate" in strange.reason
        assert len(server.mails) == 1


def test_no_headline_makes_a_poison_mail():
    for gist in ("a\r\nBcc: x@example.org", "a\u2028b\u0085c", "\ud800 broken", "\x00\x1b[31m", "é" * 900):
        mail = channel(1).compose(delivery_of(gist=gist), None)
        assert "\n" not in str(mail["Subject"])
        assert mail["Bcc"] is None
        assert mail.as_bytes()


def test_a_line_that_begins_with_a_dot_arrives_whole():
    with MailDouble() as server:
        told = delivery_of()
        dotted = replace(told, message=replace(told.message, body=".\n..two\n.end"))
        channel(server.port).send(dotted, None)
    text = server.mails[0][1].get_body(("plain",)).get_content()
    assert ".\n..two\n.end" in text.replace("\r\n", "\n")


def test_addresses_are_checked_when_the_channel_is_made():
    assert check_address("Desk <desk@example.org>", "MARSAD_MAIL_TO") == "Desk <desk@example.org>"
    with pytest.raises(ConfigError, match=r"MARSAD_MAIL_TO: 'desk' is no mail address"):
        check_address("desk", "MARSAD_MAIL_TO")


def test_header_text_is_one_clean_line():
    assert clean("a\r\n b\x00\u2028c") == "a b c"
