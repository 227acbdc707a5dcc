"""A small OpenID Connect provider on loopback: lets everybody in that it is asked for, strictly by the book."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from tests.support.loopback import Loopback

SECRET = "provider-secret"


class OidcDouble(Loopback):
    """Runs in a thread. `person` is what it says of who logs in; `bend` may spoil a token before it is signed."""

    def __init__(self):
        self.key = RSAKey.generate_key(2048, {"kid": "first", "use": "sig"}, auto_kid=True)
        self.signing = self.key
        self.person = {
            "sub": "42",
            "email": "Noor@Example.org",
            "email_verified": True,
            "groups": ["iraq-desk"],
        }
        self.bend = lambda header, claims: (header, claims)
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[dict[str, str]] = []
        self.now = time.time
        double = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                parts = urlsplit(self.path)
                double.get(self, parts.path, {k: v[0] for k, v in parse_qs(parts.query).items()})

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"])).decode()
                double.token(self, {k: v[0] for k, v in parse_qs(body).items()})

            def log_message(self, *_):
                pass

        super().__init__(Handler)
        self.issuer = self.at("")

    def get(self, handler, path, query):
        """Discovery, keys, and the page on which somebody would log in."""
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            self.say(handler, {"issuer": self.issuer, **{k: f"{self.issuer}/{v}" for k, v in names.items()}})
        elif path == "/keys":
            self.say(handler, KeySet([self.key]).as_dict(private=False))
        elif path == "/authorize":
            assert query["response_type"] == "code"
            assert query["code_challenge_method"] == "S256"
            self.asked.append(query)
            code = secrets.token_urlsafe(8)
            self.codes[code] = query
            handler.send_response(302)
            back = urlencode({"code": code, "state": query["state"], "iss": self.issuer})
            handler.send_header("location", f"{query['redirect_uri']}?{back}")
            handler.end_headers()

    def token(self, handler, form):
        """Give a token for a code: once, to the right client, with the verifier of its challenge."""
        asked = self.codes.pop(form.get("code", ""), None)
        client = base64.b64decode(handler.headers.get("authorization", "Basic ").split()[1]).decode()
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or client != f"marsad:{SECRET}" or challenge != asked["code_challenge"]:
            self.say(handler, {"error": "invalid_grant"}, 400)
            return
        now = int(self.now())
        claims = {
            "iss": self.issuer,
            "aud": "marsad",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            **self.person,
        }
        header, claims = self.bend({"alg": "RS256", "kid": self.signing.kid}, claims)
        signed = jwt.encode(header, claims, self.signing, algorithms=[header["alg"]])
        self.say(handler, {"access_token": "a", "token_type": "Bearer", "id_token": signed})

    def say(self, handler, value, status=200):
        """Answer with JSON."""
        body = json.dumps(value).encode()
        handler.send_response(status)
        handler.send_header("content-type", "application/json")
        handler.send_header("content-length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
