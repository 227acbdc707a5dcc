"""Look-alikes stay apart and one event's reports join: 58 items in six languages, in four orders."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from pathlib import Path

import pytest

from config.boilerplate import load_boilerplate
from config.common_words import load_common_words
from tests.support.lexicon import shipped_analyser
from worker.domain.stories.book import LinkSettings, StoryBook
from worker.domain.text.boilerplate import Boilerplate
from worker.services.analyse import AnalyseService

ITEMS = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "golden" / "lookalikes.jsonl").read_text("utf-8").splitlines()
]
GOLD = {row["id"]: row["story"] for row in ITEMS}


class Caught:
    """Stands where a story book does and keeps the reports, so that one analysis serves four orders."""

    def __init__(self):
        self.reports = {}

    def add(self, report):
        self.reports[report.item_id] = report

    def story_of(self, _):
        return None


@pytest.fixture(scope="module")
def reports():
    caught = Caught()
    service = AnalyseService(shipped_analyser(), Boilerplate(**load_boilerplate()), caught)
    for number, row in enumerate(ITEMS, 1):
        service.one(row, number)
    return {row["id"]: caught.reports[number] for number, row in enumerate(ITEMS, 1)}


def b_cubed(found, labelled):
    """Mean share of an item's found and labelled companions that are right: precision, recall, F1."""
    groups, stories = defaultdict(set), defaultdict(set)
    for item in labelled:
        groups[found[item]].add(item)
        stories[labelled[item]].add(item)
    both = {i: len(groups[found[i]] & stories[labelled[i]]) for i in labelled}
    precision = sum(both[i] / len(groups[found[i]]) for i in labelled) / len(labelled)
    recall = sum(both[i] / len(stories[labelled[i]]) for i in labelled) / len(labelled)
    return precision, recall, 2 * precision * recall / (precision + recall)


def linked(reports, order):
    book = StoryBook(LinkSettings(common_words=load_common_words()))
    for item in order:
        book.add(reports[item])
    return {item: book.story_of(reports[item].item_id) for item in order}


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_look_alikes_stay_apart_and_one_event_joins_in_any_order(reports, seed):
    order = [row["id"] for row in sorted(ITEMS, key=lambda row: row["published"])]
    if seed:
        random.Random(seed).shuffle(order)
    precision, recall, f1 = b_cubed(linked(reports, order), GOLD)
    assert f1 >= 0.92, (precision, recall)


@pytest.mark.parametrize(
    "frame",
    [
        ("ied-diyala", "ied-kirkuk"),
        ("brief-5", "brief-6"),
        ("fr-tikrit", "fr-samarra"),
        ("protest-nasiriyah", "protest-samawah"),
        ("protest-nasiriyah", "protest-nasiriyah-2"),
        ("rocket-taji-8", "rocket-taji-11"),
    ],
)
def test_one_frame_with_another_place_or_day_is_another_story(reports, frame):
    found = linked(reports, [row["id"] for row in ITEMS])
    first, second = ({found[i] for i, story in GOLD.items() if story == name} for name in frame)
    assert not first & second
