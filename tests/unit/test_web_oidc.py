"""Logging in at a provider: what is believed, who is let in, and that nothing is loaded without one."""

import subprocess
import sys
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

import pytest
from joserfc.jwk import RSAKey

from config.settings import load
from tests.support.alertkit import NOW
from tests.support.deskkit import Clock, client_of, filled, make_desk, open_store
from tests.support.oidcdouble import SECRET, OidcDouble
from worker.domain.desk.people import Role, SignOn
from worker.errors import ConfigError
from worker.serve import provider_of
from worker.web.oidc import Provider

RULES = SignOn(frozenset({"example.org"}), "groups", {"iraq-desk": Role.ANALYST, "it": Role.ADMIN})


@pytest.fixture
def double():
    with OidcDouble() as made:
        made.now = NOW.timestamp
        yield made


@pytest.fixture
def desk(tmp_path):
    engine = open_store(tmp_path)
    filled(engine)
    yield make_desk(engine, Clock())
    engine.dispose()


@pytest.fixture
def client(desk, double):
    provider = Provider(double.issuer, "marsad", SECRET, "http://127.0.0.1/login/oidc/back", RULES, Clock())
    with client_of(desk, provider=provider) as made:
        yield made


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def at_the_provider(client, to="/alerts"):
    """Go out as a browser would; the address that the provider sends back to."""
    out = client.get("/login/oidc", params={"next": to})
    assert out.status_code == 303
    with pytest.raises(HTTPError) as sent:
        build_opener(_Stay).open(out.headers["location"])
    back = urlsplit(sent.value.headers["location"])
    return f"{back.path}?{back.query}"


def test_somebody_whom_the_provider_vouches_for_comes_in_with_the_role_of_their_group(client, desk, double):
    assert "Log in with your organisation" in client.get("/login").text
    answer = client.get(at_the_provider(client))
    assert (answer.status_code, answer.headers["location"]) == (303, "/alerts")
    page = client.get("/alerts").text
    assert "noor@example.org" in page
    assert "Acknowledge" in page
    assert client.post("/feeds/add", data={"url": "https://x.example"}).status_code == 403
    (entry,) = (a for a in desk.people.audited() if a.what == "login by provider")
    assert (entry.who, entry.data) == ("noor@example.org", {"role": "analyst"})
    (asked,) = double.asked
    assert asked["scope"] == "openid email profile"


def test_an_answer_is_good_once_and_only_in_the_browser_that_asked(client, double):
    back = at_the_provider(client)
    kept = dict(client.cookies)
    client.cookies.clear()
    assert client.get(back).status_code == 403
    client.cookies.update(kept)
    assert client.get(back.replace("state=", "state=x")).status_code == 403
    client.cookies.update(kept)
    assert client.get(back).status_code == 303
    client.cookies.clear()
    client.cookies.update(kept)
    assert client.get(back).status_code == 403


@pytest.mark.parametrize(
    "spoiled",
    [
        {"nonce": "another"},
        {"aud": "somebody-else"},
        {"iss": "https://evil.example"},
        {"exp": 1_000},
        {"sub": None},
    ],
    ids=lambda s: next(iter(s)),
)
def test_a_token_that_was_not_made_for_this_login_is_not_believed(client, double, spoiled):
    double.bend = lambda header, claims: (
        header,
        {k: v for k, v in {**claims, **spoiled}.items() if v is not None},
    )
    answer = client.get(at_the_provider(client))
    assert answer.status_code == 403
    assert "not to be believed" in answer.text
    assert client.get("/alerts").status_code == 303


def test_a_token_signed_by_another_key_is_not_believed_and_a_changed_key_is_learned(client, double):
    double.signing = RSAKey.generate_key(2048, {"kid": "first"}, auto_kid=True)
    assert client.get(at_the_provider(client)).status_code == 403
    double.key = double.signing
    assert client.get(at_the_provider(client)).status_code == 303


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"email": "noor@elsewhere.example"}, "elsewhere.example are not let in"),
        ({"email_verified": False}, "vouches for no e-mail address"),
        ({"groups": ["sports"]}, "carries no groups"),
        ({"groups": {"iraq-desk": True}}, "carries no groups"),
    ],
)
def test_who_is_not_meant_is_not_let_in(client, double, said, why):
    double.person |= said
    answer = client.get(at_the_provider(client))
    assert answer.status_code == 403
    assert why in answer.text


def test_the_greatest_role_counts_and_the_fallback_when_there_is_none():
    person = {"sub": "1", "email": "a@example.org", "email_verified": True}
    assert RULES.admit({**person, "groups": ["iraq-desk", "it"]}) == ("a@example.org", Role.ADMIN)
    open_to_all = SignOn(frozenset({"example.org"}), fallback=Role.VIEWER)
    assert open_to_all.admit(person) == ("a@example.org", Role.VIEWER)


def test_a_provider_that_is_away_or_calls_itself_otherwise_is_told_on_the_login_page(desk, double):
    for issuer in ("http://127.0.0.1:9", double.issuer + "/"):
        provider = Provider(issuer, "marsad", SECRET, "http://127.0.0.1/login/oidc/back", RULES, Clock())
        with client_of(desk, provider=provider) as client:
            answer = client.get("/login/oidc")
            assert answer.status_code == 502
            assert "<h1>Log in</h1>" in answer.text


def test_the_settings_make_a_provider_and_refuse_one_that_would_let_everybody_in():
    env = {
        "MARSAD_OIDC_ISSUER": "https://login.example.org",
        "MARSAD_OIDC_CLIENT_ID": "marsad",
        "MARSAD_PUBLIC_URL": "https://marsad.example.org/",
        "MARSAD_OIDC_ROLES": "iraq-desk=analyst, it=admin",
        "MARSAD_HOME": "/nowhere",
    }
    made = provider_of(load(env))
    assert made.back == "https://marsad.example.org/login/oidc/back"
    assert made.rules.roles == {"iraq-desk": Role.ANALYST, "it": Role.ADMIN}
    assert provider_of(load({"MARSAD_HOME": "/nowhere"})) is None
    for name in ("MARSAD_OIDC_ROLES", "MARSAD_OIDC_CLIENT_ID", "MARSAD_PUBLIC_URL"):
        with pytest.raises(ConfigError):
            load({key: value for key, value in env.items() if key != name})
    with pytest.raises(ConfigError):
        load(env | {"MARSAD_OIDC_DEFAULT_ROLE": "viewer"})
    with pytest.raises(ConfigError, match="names no role"):
        provider_of(load(env | {"MARSAD_OIDC_ROLES": "iraq-desk=king"}))


def test_nothing_of_it_is_loaded_without_a_provider():
    code = "import sys, worker.serve; print([m for m in ('authlib', 'joserfc') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
