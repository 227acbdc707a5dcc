"""A running service follows its files, and a wrong one leaves it as it was."""

import pytest

from config.settings import load
from worker import bootstrap

GOOD = "feeds:\n- name: One\n  url: https://one.example/rss\n"
TWO = GOOD + "- name: Two\n  url: https://two.example/rss\n"


@pytest.fixture
def house(tmp_path):
    (tmp_path / "feeds.yaml").write_text(GOOD, encoding="utf-8")
    env = {"MARSAD_HOME": str(tmp_path), "MARSAD_FEEDS_FILE": str(tmp_path / "feeds.yaml")}
    bootstrap.reset()
    settings = load(env)
    bootstrap.migrate(settings)
    made = bootstrap.house(settings)
    yield made
    made.close()
    bootstrap.reset()


def names(house):
    return [feed.name for feed, _ in house.store.feeds()]


def test_a_changed_file_is_taken_in_once_and_a_wrong_one_changes_nothing(house, tmp_path):
    file = tmp_path / "feeds.yaml"
    assert names(house) == ["One"]
    house.follow_files()
    assert house.follow_files() == ""

    file.write_text(TWO, encoding="utf-8")
    assert "feeds taken in" in house.follow_files()
    assert names(house) == ["One", "Two"]

    file.write_text(TWO + "- name: Three\n  url: nowhere\n", encoding="utf-8")
    said = house.follow_files()
    assert "feeds.yaml:7" in said
    assert "the last good feeds and watches stay" in said
    assert names(house) == ["One", "Two"]
    assert house.follow_files() == ""

    file.write_text(GOOD, encoding="utf-8")
    house.follow_files()
    assert "One" in names(house)
