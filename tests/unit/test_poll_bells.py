"""Which bells the poll room's task rings, and when."""

import pytest

from tasks import poll as room


class House:
    """A house whose poll room has these feeds due."""

    def __init__(self, due, batch, heard):
        self.due, self.batch, self.heard = due, batch, heard

    def poll(self, more):
        done = min(self.due, self.batch)
        if done == self.batch:
            more()
        self.heard.append("polled")
        return done


@pytest.mark.parametrize(
    ("due", "bells"),
    [(0, ["polled"]), (3, ["polled", "read"]), (50, ["poll", "polled", "read"])],
    ids=["nothing", "a part of a batch", "a full batch"],
)
def test_the_next_batch_is_rung_for_before_this_one_is_polled(monkeypatch, due, bells):
    heard = []
    monkeypatch.setattr(room, "house", lambda: House(due, 50, heard))
    monkeypatch.setattr(room, "ring", heard.append)
    room.poll()
    assert heard == bells
