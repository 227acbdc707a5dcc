"""Each delivery arrives exactly once or is flagged uncertain, whatever the other sides and the kernel do."""

import pytest

from tests.support.deliveryworld import run
from worker.storage.engine import open_engine
from worker.storage.migrate import migrate


@pytest.mark.parametrize("seed", [1, 2])
def test_each_delivery_arrives_once_or_is_flagged(tmp_path, seed):
    engine = open_engine(f"sqlite:///{tmp_path}/m.sqlite", synchronous="OFF")
    migrate(engine)
    figures = run(engine, stories=24, watches=20, seed=seed, trouble=0.25, death=0.08)
    engine.dispose()
    assert figures.rows >= 24 * 4
    assert figures.twice == []
    assert figures.lost == []
    assert figures.false_sent == []
    assert figures.attempts_failed > 20
    assert figures.deaths > 2
    settled = sum(
        count for (_, state), count in figures.states.items() if state in ("sent", "uncertain", "superseded")
    )
    assert settled == figures.rows
    assert all(state != "uncertain" for channel, state in figures.states if channel in ("slack", "pagerduty"))
