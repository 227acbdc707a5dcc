"""Who gets in, and what nobody can do on another's behalf."""

from datetime import timedelta

import pytest

from tests.support.deskkit import Clock, client_of, filled, log_in, make_desk, open_store
from worker.domain.desk.people import Role
from worker.errors import ConfigError
from worker.services.access import TRIES, check_binding


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def desk(tmp_path, clock):
    engine = open_store(tmp_path)
    filled(engine)
    yield make_desk(engine, clock)
    engine.dispose()


@pytest.fixture
def client(desk):
    with client_of(desk) as made:
        yield made


def test_a_stranger_is_led_to_the_login_page_and_the_api_says_401(client):
    assert client.get("/stories/1").headers["location"] == "/login?next=%2Fstories%2F1"
    refused = client.get("/api/v1/stories")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert client.get("/live").status_code == 401
    assert client.get("/healthz").json()["ok"] is True


def test_a_login_link_lets_in_once(client, desk):
    token = desk.access.new_link()
    first = client.get(f"/login/link/{token}")
    assert first.status_code == 303
    assert "HttpOnly" in first.headers["set-cookie"]
    assert client.get("/").status_code == 200
    client.cookies.clear()
    assert client.get(f"/login/link/{token}").status_code == 403


def test_a_login_link_runs_out(client, desk, clock):
    token = desk.access.new_link()
    clock.at += timedelta(days=2)
    assert client.get(f"/login/link/{token}").status_code == 403


def test_a_password_opens_a_new_session_and_logout_ends_it(client, desk):
    desk.access.set_account("noor", "long enough to keep", Role.ANALYST)
    client.cookies.set("marsad", "planted-before-login")
    answer = client.post(
        "/login", data={"name": "noor", "password": "long enough to keep", "to": "//evil.example"}
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == "/"
    session = answer.cookies["marsad"]
    assert session != "planted-before-login"
    client.cookies.clear()
    client.cookies.set("marsad", session)
    assert client.get("/").status_code == 200
    form = client.get("/").text.split('name="form" value="')[1].split('"')[0]
    client.post("/logout", data={"form": form})
    client.cookies.clear()
    client.cookies.set("marsad", session)
    assert client.get("/").status_code == 303


def test_guessing_passwords_is_braked_even_for_the_right_one(client, desk):
    desk.access.set_account("noor", "long enough to keep", Role.ANALYST)
    for _ in range(TRIES):
        assert client.post("/login", data={"name": "noor", "password": "wrong"}).status_code == 403
    assert client.post("/login", data={"name": "noor", "password": "long enough to keep"}).status_code == 429


def test_passwords_are_kept_as_argon2id(desk):
    desk.access.set_account("noor", "long enough to keep", Role.ANALYST)
    assert desk.people.password_of("noor")[1].startswith("$argon2id$")


def test_a_form_without_its_token_or_from_another_site_changes_nothing(client, desk):
    form = log_in(client, desk)
    assert client.post("/alerts/1/acknowledged").status_code == 403
    assert client.post("/alerts/1/acknowledged", data={"form": "0" * 64}).status_code == 403
    elsewhere = {"origin": "https://evil.example"}
    assert client.post("/alerts/1/acknowledged", data={"form": form}, headers=elsewhere).status_code == 403
    cross = {"sec-fetch-site": "cross-site"}
    assert client.post("/alerts/1/acknowledged", data={"form": form}, headers=cross).status_code == 403
    assert desk.browse.alerts_page(None, 5)[0][0].state == "fired"
    assert client.post("/alerts/1/acknowledged", data={"form": form}).status_code == 303
    assert desk.browse.alerts_page(None, 5)[0][0].state == "acknowledged"
    assert [(a.who, a.what, a.subject) for a in desk.people.audited()] == [
        ("noor", "alert acknowledged", "story 1")
    ]


def test_a_viewer_reads_and_changes_nothing(client, desk):
    form = log_in(client, desk, Role.VIEWER)
    page = client.get("/stories/1")
    assert page.status_code == 200
    assert "Acknowledge" not in page.text
    assert client.post("/alerts/1/acknowledged", data={"form": form}).status_code == 403
    assert client.post("/feeds/add", data={"form": form, "url": "https://x.example/rss"}).status_code == 403


def test_an_account_that_is_removed_or_lowered_counts_at_once(client, desk):
    desk.access.set_account("noor", "long enough to keep", Role.ADMIN)
    token = desk.access.login("noor", "long enough to keep", "127.0.0.1")
    client.cookies.set("marsad", token)
    assert client.get("/").status_code == 200
    desk.people.remove_account("noor")
    assert client.get("/").status_code == 303


def test_a_session_ends_by_itself(client, desk, clock):
    log_in(client, desk)
    clock.at += timedelta(hours=13)
    assert client.get("/").status_code == 303


def test_a_token_is_shown_once_scoped_and_runs_out(client, desk, clock):
    token = desk.access.make_token("notebook", ["read"], "noor", timedelta(days=1))
    bearer = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/stories", headers=bearer).status_code == 200
    state = client.post("/api/v1/alerts/1/state", json={"state": "muted"}, headers=bearer)
    assert state.status_code == 403
    write = {"Authorization": f"Bearer {desk.access.make_token('bot', ['write'], 'noor', timedelta(days=1))}"}
    assert client.post("/api/v1/alerts/1/state", json={"state": "muted"}, headers=write).status_code == 204
    assert token not in str(desk.people.tokens())
    clock.at += timedelta(days=2)
    assert client.get("/api/v1/stories", headers=bearer).status_code == 401


def test_an_unknown_host_name_is_not_answered(desk):
    with client_of(desk, any_host=False, hosts=("marsad.example",)) as client:
        assert client.get("/login", headers={"host": "rebound.example"}).status_code == 421
        assert client.get("/login", headers={"host": "marsad.example"}).status_code == 200
        assert client.get("/login", headers={"host": "127.0.0.1:8642"}).status_code == 200
        assert client.get("/healthz", headers={"host": "10.0.0.9"}).status_code == 200


def test_over_tls_the_cookie_is_bound_to_the_host(desk):
    with client_of(desk, secure=True) as client:
        cookie = client.get(f"/login/link/{desk.access.new_link()}").headers["set-cookie"]
    assert cookie.startswith("__Host-marsad=")
    assert "Secure" in cookie


def test_the_network_is_refused_while_nobody_has_an_account():
    check_binding("127.0.0.1", accounts=False)
    check_binding("0.0.0.0", accounts=True)
    with pytest.raises(ConfigError, match="MARSAD_ADMIN_PASSWORD"):
        check_binding("0.0.0.0", accounts=False)
