"""The read room: clean documents, the next stage, wanted pages, and faults that stop nobody else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from config.boilerplate import load_boilerplate
from worker.domain.model import Analysis, Document, Item, Kind, Lease, ReadOutcome, Stage
from worker.domain.text.boilerplate import Boilerplate
from worker.services.read import ReadService

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PHRASES = Boilerplate(**load_boilerplate())


@dataclass
class Shelf:
    """A read store in memory that refuses what it is told to refuse."""

    waiting: list[Item]
    refuses: frozenset[int] = frozenset()
    saved: dict[int, ReadOutcome] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)
    transactions: int = 0

    def claim_items(self, now: datetime, limit: int, lease: timedelta) -> list[Item]:
        claimed, self.waiting = self.waiting[:limit], self.waiting[limit:]
        return claimed

    def save_read(self, outcomes: Sequence[ReadOutcome], now: datetime) -> int:
        self.transactions += 1
        if any(outcome.item.id in self.refuses for outcome in outcomes):
            raise RuntimeError("the database takes offence")
        self.saved |= {outcome.item.id: outcome for outcome in outcomes}
        return len(outcomes)

    def fail_item(self, item: Item, error: str, now: datetime) -> None:
        self.failed[item.id] = error


class Judge:
    """Finds relevant what speaks of rockets, nearly so what speaks of smoke; chokes on poison."""

    version = "test"

    def __init__(self) -> None:
        self.seen: list[Document] = []

    def analyse(self, document: Document) -> Analysis:
        self.seen.append(document)
        if "poison" in document.text:
            raise ZeroDivisionError("poison")
        score = 0.9 if "rocket" in document.text.lower() else 0.2 if "smoke" in document.text else 0.01
        return Analysis(score > 0.5, score, Kind.INCIDENT if score > 0.5 else Kind.OTHER)


def item(number: int, title: str, html: str, **changes: object) -> Item:
    values = {
        "id": number, "feed_id": 1, "entry_id": number, "revision": 1, "title_raw": title, "html_raw": html,
        "url": f"https://www.wire.example/{number}?utm_source=rss", "published_at": NOW, "seen_at": NOW,
        "fresh": True, "stage": Stage.NEW, "source": "Tigris Wire", "language_hint": "en",
        "lease": Lease(number, 1),
    }  # fmt: skip
    return Item(**(values | changes))  # type: ignore[arg-type]


def read(*items: Item, refuses: frozenset[int] = frozenset(), **options: object) -> tuple[Shelf, Judge, int]:
    shelf, judge = Shelf(list(items), refuses), Judge()
    service = ReadService(shelf, judge, lambda: NOW, PHRASES, **options)  # type: ignore[arg-type]
    return shelf, judge, service.run(50)


LONG = "<p>" + "A rocket was found and the army said that nobody was hurt in the village. " * 20 + "</p>"


def test_a_relevant_item_becomes_a_clean_document_and_moves_on() -> None:
    html = "<p>Two rockets hit.</p><p>The post X appeared first on Tigris Wire.</p>"
    shelf, judge, done = read(item(1, "Rockets hit Taji &amp; Balad - Tigris Wire", html))
    outcome = shelf.saved[1]
    assert done == 1
    assert (outcome.title, outcome.text) == (
        "Rockets hit Taji & Balad",
        "Rockets hit Taji & Balad\nTwo rockets hit.",
    )
    assert (outcome.stage, outcome.language) == (Stage.READ, "en")
    assert outcome.canonical_url == "https://wire.example/1"
    assert judge.seen[0].text[judge.seen[0].title_end] == "\n"
    assert len(outcome.text_hash) == 32


def test_an_item_that_is_none_of_our_business_passes_with_its_analysis() -> None:
    shelf, _, _ = read(item(1, "Bakery opens", "<p>Bread for all.</p>"))
    assert shelf.saved[1].stage is Stage.PASSED
    assert shelf.saved[1].analysis is not None
    assert not shelf.saved[1].wants_article


@pytest.mark.parametrize(
    ("title", "html", "changes", "options", "wanted"),
    [
        ("Rocket hits", "<p>Teaser.</p>", {}, {}, True),
        ("Thick smoke over Taji", "<p>Teaser.</p>", {}, {}, True),
        ("Bakery opens", "<p>Teaser.</p>", {}, {}, False),
        ("Rocket hits", LONG, {}, {}, False),
        ("Rocket hits", LONG + "<a href='#'>Read more</a>", {}, {}, True),
        ("Rocket hits", "<p>Teaser.</p>", {"fetch_articles": False}, {}, False),
        ("Rocket hits", "<p>Teaser.</p>", {}, {"fetch_articles": False}, False),
        ("Rocket hits", "<p>Teaser.</p>", {"url": ""}, {}, False),
        ("Rocket hits", "<p>Teaser.</p>", {"article_html": "The whole rocket story."}, {}, False),
    ],
)
def test_the_page_is_wanted_where_a_teaser_matters(
    title: str, html: str, changes: dict[str, object], options: dict[str, object], wanted: bool
) -> None:
    shelf, _, _ = read(item(1, title, html, **changes), **options)
    assert shelf.saved[1].wants_article is wanted


def test_a_fetched_article_replaces_the_teaser() -> None:
    shelf, _, _ = read(item(1, "Rocket hits", "<p>Teaser.</p>", article_html="First paragraph.\nSecond one."))
    assert shelf.saved[1].text == "Rocket hits\nFirst paragraph.\nSecond one."


def test_the_address_that_a_fetched_page_gave_itself_stands() -> None:
    opaque = "https://news.google.com/rss/articles/CBMiAUFVX3lxTE9pYWJjZGVmZ2hpamtsbW5vcA"
    page = {"article_html": "The rocket story.", "canonical_url": "https://wire.example/taji"}
    shelf, _, _ = read(item(1, "Rocket hits", "", url=opaque, **page), item(2, "Rocket hits", "", url=opaque))
    assert [shelf.saved[n].canonical_url for n in (1, 2)] == ["https://wire.example/taji", opaque]


def test_one_item_that_cannot_be_read_stops_no_other() -> None:
    shelf, _, done = read(item(1, "Rocket one", ""), item(2, "poison", ""), item(3, "Rocket three", ""))
    assert done == 3
    assert set(shelf.saved) == {1, 3}
    assert shelf.failed == {2: "ZeroDivisionError: poison"}
    assert shelf.transactions == 1


def test_one_item_that_cannot_be_saved_stops_no_other() -> None:
    shelf, _, _ = read(item(1, "Rocket one", ""), item(2, "Rocket two", ""), refuses=frozenset({2}))
    assert set(shelf.saved) == {1}
    assert shelf.failed == {2: "RuntimeError: the database takes offence"}


def test_a_database_that_refuses_everything_is_no_fault_of_the_items() -> None:
    shelf = Shelf([item(1, "Rocket one", ""), item(2, "Rocket two", "")], frozenset({1, 2}))
    with pytest.raises(RuntimeError):
        ReadService(shelf, Judge(), lambda: NOW, PHRASES).run(50)
    assert shelf.failed == {}


def test_nothing_due_is_nothing_done() -> None:
    shelf, _, done = read()
    assert (done, shelf.transactions) == (0, 0)


def test_a_post_without_title_takes_its_first_line() -> None:
    shelf, _, _ = read(item(1, "", "<p>Rocket near Taji.</p><p>More follows.</p>"))
    assert shelf.saved[1].text == "Rocket near Taji.\nMore follows."


def test_the_same_text_in_other_spelling_has_the_same_hash() -> None:
    shelf, _, _ = read(item(1, "Rocket Hits", "<p>At  Ba’quba</p>"), item(2, "rocket hits", "at Ba'quba"))
    assert shelf.saved[1].text_hash == shelf.saved[2].text_hash


def test_a_slow_batch_saves_what_it_has_before_its_lease_runs_out() -> None:
    times = iter(NOW + timedelta(seconds=6 * n) for n in range(100))
    shelf = Shelf([item(n, f"Rocket {n}", "") for n in range(1, 8)])
    ReadService(shelf, Judge(), lambda: next(times), PHRASES).run(50)
    assert len(shelf.saved) == 7
    assert shelf.transactions > 1
