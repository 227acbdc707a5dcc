"""Logging in at an OpenID Connect provider: authorization code with PKCE, state and nonce.

The libraries are imported when somebody first logs in this way, so that nobody else waits for them.
What happens between going out and coming back is kept in a cookie of the browser that went: nobody can
finish what another began.
"""

# ruff: noqa: PLC0415 - see above

from __future__ import annotations

import hmac
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from worker.domain.desk.people import Role, SignOn
from worker.errors import MarsadError
from worker.ports import Clock
from worker.services.access import is_loopback

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures of a key pair only: neither `none` nor one made with a shared secret."""
PATIENCE_S = 10
LEEWAY_S = 60
"""How far the provider's clock may be off."""
KEPT_FOR = timedelta(hours=1)
"""How long the provider's own description and keys are believed."""


class SignOnError(MarsadError):
    """The provider could not be asked, or what it said is not to be believed."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A login on its way."""

    state: str
    nonce: str
    verifier: str
    to: str

    @classmethod
    def new(cls, to: str) -> Pending:
        """One that nobody can guess."""
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), to)

    def cookie(self) -> str:
        """As the browser keeps it."""
        return ".".join((self.state, self.nonce, self.verifier, quote(self.to, safe="")))

    @classmethod
    def read(cls, cookie: str) -> Pending | None:
        """What the browser kept; None for nonsense."""
        parts = cookie.split(".", 3)
        if len(parts) != 4 or not all(parts[:3]):
            return None
        state, nonce, verifier, to = parts
        return cls(state, nonce, verifier, unquote(to))


@dataclass(slots=True)
class Provider:
    """One provider, and who may come in by it."""

    issuer: str
    client_id: str
    secret: str
    back: str
    """Our address that it sends people back to."""
    rules: SignOn
    clock: Clock
    name: str = ""
    _known: tuple[datetime, Mapping[str, Any], Any] | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, to: str) -> tuple[str, Pending]:
        """Where to send somebody, and what their browser must bring back; raises `SignOnError`."""
        about, _ = self._described()
        pending = Pending.new(to)
        url, _ = self._session().create_authorization_url(
            about["authorization_endpoint"],
            state=pending.state,
            nonce=pending.nonce,
            code_verifier=pending.verifier,
        )
        return url, pending

    def finish(self, pending: Pending, answer: Mapping[str, str]) -> tuple[str, Role]:
        """Who came back and what they may do; raises `SignOnError`."""
        if not hmac.compare_digest(pending.state.encode(), answer.get("state", "").encode()):
            raise SignOnError("this login was begun elsewhere", remedy="begin again on the login page")
        if answer.get("iss", self.issuer) != self.issuer:
            raise SignOnError("another provider answered than was asked", remedy="begin again")
        if answer.get("error") or not answer.get("code"):
            raise SignOnError(f"the provider refused: {answer.get('error', 'no code')[:80]}")
        token = self._exchange(pending, answer["code"])
        claims = self._believed(token, pending)
        admitted = self.rules.admit(claims)
        if isinstance(admitted, str):
            raise SignOnError(admitted)
        return admitted

    def _session(self) -> Any:
        from authlib.integrations.requests_client import OAuth2Session

        return OAuth2Session(
            self.client_id,
            self.secret or None,
            token_endpoint_auth_method="client_secret_basic" if self.secret else "none",
            scope="openid email profile",
            redirect_uri=self.back,
            code_challenge_method="S256",
        )

    def _exchange(self, pending: Pending, code: str) -> Mapping[str, Any]:
        about, _ = self._described()
        try:
            token: Mapping[str, Any] = self._session().fetch_token(
                about["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=pending.verifier,
                timeout=PATIENCE_S,
            )
        except Exception as fault:
            raise SignOnError(f"the provider gave no token: {str(fault)[:200]}") from fault
        return token

    def _believed(self, token: Mapping[str, Any], pending: Pending) -> Mapping[str, Any]:
        """The claims of the identity token, once its signature and everything that it says was checked."""
        from authlib.oidc.core import CodeIDToken
        from joserfc import jwt
        from joserfc.errors import JoseError

        _, keys = self._described()
        try:
            try:
                read = jwt.decode(str(token.get("id_token", "")), keys, algorithms=list(ALGORITHMS))
            except (JoseError, ValueError):  # perhaps signed with a key that is newer than what we know
                _, keys = self._described(anew=True)
                read = jwt.decode(str(token.get("id_token", "")), keys, algorithms=list(ALGORITHMS))
            claims = CodeIDToken(
                read.claims,
                read.header,
                {
                    "iss": {"essential": True, "value": self.issuer},
                    "aud": {"essential": True, "value": self.client_id},
                },
                {
                    "nonce": pending.nonce,
                    "client_id": self.client_id,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(self.clock().timestamp()), leeway=LEEWAY_S)
        except (JoseError, ValueError) as fault:
            raise SignOnError(f"the provider's token is not to be believed: {fault}") from fault
        return dict(claims)

    def _described(self, *, anew: bool = False) -> tuple[Mapping[str, Any], Any]:
        """What the provider says of itself, and its keys."""
        import requests
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        with self._lock:
            now = self.clock()
            if self._known and not anew and now - self._known[0] < KEPT_FOR:
                return self._known[1:]
            try:
                about = _get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
                if about.get("issuer") != self.issuer:
                    raise SignOnError(f"it calls itself {about.get('issuer')!r}", where="MARSAD_OIDC_ISSUER")
                for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                    _check_safe(str(about.get(name, "")))
                keys = KeySet.import_key_set(_get(about["jwks_uri"]))  # type: ignore[arg-type]
            except (requests.RequestException, JoseError, ValueError) as fault:
                raise SignOnError(f"the provider {self.issuer} cannot be asked: {fault}") from fault
            self._known = (now, about, keys)
            return about, keys


def _get(url: str) -> dict[str, Any]:
    import requests

    answer = requests.get(url, timeout=PATIENCE_S, allow_redirects=False)
    answer.raise_for_status()
    found = answer.json()
    return found if isinstance(found, dict) else {}


def _check_safe(url: str) -> None:
    """Secrets travel over TLS only, save within this machine."""
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise SignOnError(f"{url!r} is no https address", where="MARSAD_OIDC_ISSUER")
