"""feeds.yaml is read whole or refused with the line that a person must correct."""

import pytest

from config.sources import read_feeds
from worker.errors import ConfigError


def written(tmp_path, text):
    path = tmp_path / "feeds.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_feed_needs_a_name_and_an_address_and_may_say_more(tmp_path):
    path = written(
        tmp_path,
        "feeds:\n- name: One\n  url: https://one.example/rss\n  reliability: B\n  interval_s: 60\n  urgent: true\n",
    )
    assert read_feeds(path) == [
        {
            "name": "One",
            "url": "https://one.example/rss",
            "reliability": "B",
            "interval_s": 60,
            "urgent": True,
        }
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("feeds: none\n", "feeds.yaml:1: has no list"),
        ("feeds:\n- name: One\n", "feeds.yaml:2: a feed without url"),
        ("feeds:\n- name: One\n  url: one.example/rss\n", "feeds.yaml:3: 'one.example/rss' is no address"),
        (
            "feeds:\n- name: One\n  url: https://me:pw@one.example/rss\n",
            "feeds.yaml:3: the address holds credentials",
        ),
        ("feeds:\n- name: One\n  url: https://a.example\n  relaibility: B\n", "unknown key 'relaibility'"),
        (
            "feeds:\n- name: One\n  url: https://a.example\n  reliability: Z\n",
            "feeds.yaml:4: reliability is 'Z'",
        ),
        ("feeds:\n- name: One\n  url: https://a.example\n  interval_s: soon\n", "write a whole number"),
        (
            "feeds:\n- name: One\n  url: https://a.example\n- name: Two\n  url: https://a.example\n",
            "feeds.yaml:5: 'https://a.example' is listed twice",
        ),
        ("feeds:\n- name: [One\n", "not YAML"),
    ],
)
def test_a_fault_names_file_line_value_and_remedy_in_one_line(tmp_path, text, says):
    with pytest.raises(ConfigError) as fault:
        read_feeds(written(tmp_path, text))
    assert says in str(fault.value)
    assert " — " in str(fault.value)
    assert "\n" not in str(fault.value)
    assert fault.value.exit_code == 2


def test_a_missing_file_is_named_with_the_setting(tmp_path):
    with pytest.raises(ConfigError, match="MARSAD_FEEDS_FILE"):
        read_feeds(tmp_path / "none.yaml")
