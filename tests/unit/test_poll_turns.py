"""Turns at a host, given back by several fetches at a time."""

import asyncio

from worker.feeds.hostgate import RedisGate


class SlowRedis:
    """Answers after the others had their chance to run."""

    def __init__(self):
        self.given_back = []

    def register_script(self, _):
        async def enter(**_):
            await asyncio.sleep(0)
            return 0

        return enter

    async def zrem(self, _key, turn):
        await asyncio.sleep(0.01)
        self.given_back.append(turn)


def test_two_that_leave_one_host_at_the_same_time_both_give_their_turn_back():
    async def scene():
        redis = SlowRedis()
        gate = RedisGate(redis)
        await gate.enter("example.org", 1)
        await gate.enter("example.org", 1)
        await asyncio.gather(gate.leave("example.org"), gate.leave("example.org"))
        return redis.given_back

    assert len(set(asyncio.run(scene()))) == 2
