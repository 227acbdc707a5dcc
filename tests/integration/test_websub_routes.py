"""The routes that hubs call, in the page's own framework."""

import asyncio

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from worker.web.hubs import MAX_PUSH, hub_routes


class Subscriptions:
    def confirm(self, feed_id, token, query):
        return (200, query["hub.challenge"]) if (feed_id, token) == (7, "t") else (404, "")

    def accept(self, feed_id, token, headers, body):
        return (202, body) if headers.get("x-hub-signature") == "good" else (202, None)


@pytest.fixture
def client():
    taken = []

    async def take_in(feed_id, body, kind):
        await asyncio.sleep(0)
        taken.append((feed_id, body, kind))
        return 1

    app = FastAPI()
    app.include_router(hub_routes(Subscriptions, take_in))
    # A portal of anyio talks to itself over a socket pair, which is loopback.
    with TestClient(app) as made:
        made.taken = taken
        yield made


def test_verification_pushes_and_forgeries(client):
    assert client.get("/websub/7/t", params={"hub.challenge": "c4ll"}).text == "c4ll"
    assert client.get("/websub/7/x", params={"hub.challenge": "c4ll"}).status_code == 404
    headers = {"X-Hub-Signature": "good", "Content-Type": "application/rss+xml"}
    assert client.post("/websub/7/t", content=b"<rss/>", headers=headers).status_code == 202
    assert client.post("/websub/7/t", content=b"<forged/>").status_code == 202
    assert client.taken == [(7, b"<rss/>", "application/rss+xml")]


def test_a_push_beyond_the_limit_is_refused_before_anything_looks_at_it(client):
    assert client.post("/websub/7/t", content=b"x" * (MAX_PUSH + 1)).status_code == 413
    assert client.taken == []
