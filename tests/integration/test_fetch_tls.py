"""What is wrong with a certificate is said in a sentence; an owner may take a self-signed one."""

import asyncio
import shutil
import ssl
import subprocess

import pytest
from aiohttp import connector, web

from worker.errors import FetchError
from worker.feeds.fetch import HttpFetcher
from worker.feeds.guard import AddressGuard
from worker.ports import Request

CONFIG = """
[ca]
default_ca = own
[own]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
x509_extensions = host
[any]
commonName = supplied
[host]
subjectAltName = DNS:localhost
[req]
distinguished_name = name
[name]
"""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A maker of self-signed certificates for localhost that end on a given day."""
    if shutil.which("openssl") is None:
        pytest.skip("needs the openssl command to make certificates")
    folder = tmp_path_factory.mktemp("tls")

    def make(end):
        own = folder / end
        own.mkdir()
        (own / "ca.cnf").write_text(CONFIG.format(folder=own))
        (own / "index.txt").write_text("")
        (own / "serial").write_text("01")
        new = "req -new -newkey rsa:2048 -nodes -keyout key.pem -out r.csr -subj /CN=localhost -config ca.cnf"
        sign = f"ca -batch -selfsign -keyfile key.pem -in r.csr -out cert.pem -notext -config ca.cnf -startdate 20250101000000Z -enddate {end}000000Z"
        for command in (new, sign):
            subprocess.run(["openssl", *command.split()], cwd=own, check=True, capture_output=True)
        return own / "cert.pem", own / "key.pem"

    return make


def fetch(pair, *, trusted, monkeypatch, **options):
    cert, key = pair
    served = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    served.load_cert_chain(cert, key)
    if trusted:
        monkeypatch.setattr(connector, "_SSL_CONTEXT_VERIFIED", ssl.create_default_context(cafile=str(cert)))

    async def main():
        async def hello(_request):
            return web.Response(text="<rss/>")

        app = web.Application()
        app.router.add_get("/f", hello)
        runner = web.AppRunner(app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0, ssl_context=served).start()
        url = f"https://localhost:{runner.addresses[0][1]}/f"
        try:
            async with HttpFetcher(AddressGuard(["localhost:*"]), user_agent="t") as fetcher:
                return await fetcher.fetch(Request(url=url, options=options))
        finally:
            await runner.cleanup()

    return asyncio.run(main())


def test_an_expired_certificate_says_since_when(certificate, monkeypatch):
    with pytest.raises(FetchError) as caught:
        fetch(certificate("20260503"), trusted=True, monkeypatch=monkeypatch)
    assert (caught.value.kind, caught.value.message) == ("tls", "the certificate expired on 3 May 2026")


def test_a_certificate_that_nobody_vouches_for(certificate, monkeypatch):
    pair = certificate("20990101")
    with pytest.raises(FetchError) as caught:
        fetch(pair, trusted=False, monkeypatch=monkeypatch)
    assert caught.value.message == "the certificate is signed by nobody but the server itself"
    assert fetch(pair, trusted=False, monkeypatch=monkeypatch, allow_self_signed=True).status == 200


def test_a_good_certificate_is_taken(certificate, monkeypatch):
    assert fetch(certificate("20980101"), trusted=True, monkeypatch=monkeypatch).body == b"<rss/>"
