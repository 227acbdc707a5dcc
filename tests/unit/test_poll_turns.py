"""Turns at a host, given back by several fetches at a time."""

import asyncio

from worker.feeds.sharedgate import RedisGate


class SlowRedis:
    """Answers after the others had their chance to run."""

    def __init__(self):
        self.given_back = []

    def pipeline(self, *, transaction):
        assert not transaction
        return SlowPipeline(self)


class SlowPipeline:
    def __init__(self, redis):
        self.redis, self.commands = redis, []

    def execute_command(self, *command):
        self.commands.append(command)

    async def execute(self, *, raise_on_error):
        await asyncio.sleep(0.01)
        self.redis.given_back += [command[2] for command in self.commands if command[0] == "ZREM"]
        return [0] * len(self.commands)


def test_two_that_leave_one_host_at_the_same_time_both_give_their_turn_back():
    async def scene():
        redis = SlowRedis()
        gate = RedisGate(redis)
        await gate.enter("example.org", 1)
        await gate.enter("example.org", 1)
        await asyncio.gather(gate.leave("example.org"), gate.leave("example.org"))
        return redis.given_back

    assert len(set(asyncio.run(scene()))) == 2
