"""The API and its exports, as programs see them."""

import csv
import io
import json
import zipfile
from datetime import timedelta

import pytest
from lxml import etree

from tests.support.alertkit import NOW, change, event, put_story, report, story
from tests.support.deskkit import Clock, client_of, filled, log_in, make_desk, open_store
from worker.domain.desk.acled import COLUMNS
from worker.domain.desk.trends import poisson_interval, trends
from worker.domain.model import AlertState, Watch
from worker.services.cap import cap_of
from worker.services.export import FORMATS, safe_cell

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


@pytest.fixture
def desk(tmp_path):
    engine = open_store(tmp_path)
    filled(engine)
    yield make_desk(engine, Clock())
    engine.dispose()


@pytest.fixture
def client(desk):
    with client_of(desk) as made:
        log_in(made, desk)
        yield made


def test_lists_are_paged_by_key_without_a_gap_or_a_double(client, desk):
    for number in range(3, 12):
        told = story(number, updated_at=NOW - timedelta(days=1), gist=f"Story {number}")
        put_story(desk.store.engine, told, [change(story_id=number, item_id=None)])
    seen, address = [], "/api/v1/stories?limit=4"
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["data"]]
        address = f"/api/v1/stories?limit=4&before={page['next']}" if page["next"] else ""
    assert seen == [1, 2, 11, 10, 9, 8, 7, 6, 5, 4, 3]


def test_what_did_not_change_is_not_sent_again(client):
    first = client.get("/api/v1/stories")
    again = client.get("/api/v1/stories", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_errors_are_problems_with_a_status_and_a_sentence(client):
    for address, status in (
        ("/api/v1/stories/999", 404),
        ("/api/v1/stories?limit=0", 422),
        ("/api/v1/stories?q=(", 422),
        ("/api/v1/stories?before=x", 422),
        ("/api/v1/nowhere", 404),
    ):
        answer = client.get(address)
        assert answer.status_code == status, address
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == status
        assert answer.json()["detail"]


def test_a_story_comes_with_reports_changes_and_alert(client):
    told = client.get("/api/v1/stories/1").json()
    assert told["story"]["event"]["wounded"] == 2
    assert [r["language"] for r in told["reports"]] == ["en", "ar"]
    assert told["alert"]["severity"] == "high"
    assert client.get("/api/v1/alerts").json()["data"][0]["story"]["id"] == 1
    assert client.get("/api/v1/items/2").json()["terms"] == ["rocket_attack", "airport"]


def test_csv_cells_cannot_become_formulas():
    for wicked in ("=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", " =1", "＝1"):
        assert safe_cell(wicked).startswith("'"), wicked
    assert safe_cell(-3) == -3
    assert safe_cell("Baghdad") == "Baghdad"


def exported(desk, form):
    return FORMATS[form].write(desk.store.stories(_all()), "https://marsad.example")


def _all():
    from worker.ports import StoryFilter

    return StoryFilter()


def wicked(desk):
    told = story(5, gist='=cmd|"/c calc"!A1', event=event(killed=None), sources=("a.example", "b.example"))
    put_story(desk.store.engine, told, [change(story_id=5, item_id=9)], [report(9)])


def test_tables_carry_acleds_columns_and_leave_the_unknown_empty(desk):
    wicked(desk)
    rows = list(csv.DictReader(io.StringIO(exported(desk, "csv").decode("utf-8-sig"))))
    assert tuple(rows[0]) == COLUMNS
    row = next(r for r in rows if r["event_id_cnty"] == "MRS5")
    assert row["notes"].startswith("'=")
    assert row["fatalities"] == ""
    assert (row["actor1"], row["inter1"], row["interaction"]) == ("Kata'ib Hezbollah", "3", "30")
    assert row["latitude"] == "33.2625"


def test_a_spreadsheet_holds_text_where_a_formula_was_written(desk):
    from openpyxl import load_workbook

    wicked(desk)
    sheet = load_workbook(io.BytesIO(exported(desk, "xlsx")))["events"]
    notes = [c for row in sheet.iter_rows() for c in row if str(c.value).startswith("=")]
    assert notes
    assert all(cell.data_type == "s" for cell in notes)


def test_parquet_keeps_types(desk):
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(exported(desk, "parquet")))
    assert tuple(table.column_names) == COLUMNS
    assert str(table.schema.field("event_date").type) == "date32[day]"
    assert table.to_pylist()[0]["fatalities"] == 0


def test_geojson_puts_longitude_first(desk):
    found = json.loads(exported(desk, "geojson"))
    assert found["features"][0]["geometry"] == {"type": "Point", "coordinates": [44.2346, 33.2625]}
    assert found["features"][0]["properties"]["severity"] == "high"


def test_a_stix_bundle_refers_only_to_what_it_holds_and_keeps_its_ids(desk):
    bundle = json.loads(exported(desk, "stix"))
    ids = {one["id"] for one in bundle["objects"]}
    assert bundle == json.loads(exported(desk, "stix"))
    for one in bundle["objects"]:
        assert one["spec_version"] == "2.1"
        assert one["id"].startswith(one["type"] + "--")
        assert {v for k, v in one.items() if k.endswith("_ref")} <= ids
    assert {"incident", "location", "relationship", "identity"} <= {o["type"] for o in bundle["objects"]}


def test_a_cap_message_has_its_elements_in_the_order_of_the_schema(desk):
    told, alert = desk.store.stories(_all())[0]
    root = etree.fromstring(cap_of(told, alert, "https://marsad.example"))
    assert [e.tag.removeprefix(CAP) for e in root] == [
        "identifier", "sender", "sent", "status", "msgType", "scope", "restriction", "info",
    ]  # fmt: skip
    info = root.find(f"{CAP}info")
    assert [e.tag.removeprefix(CAP) for e in info] == [
        "language", "category", "event", "urgency", "severity", "certainty", "senderName", "headline",
        "description", "web", "area",
    ]  # fmt: skip
    assert root.findtext(f"{CAP}sent") == "2026-11-22T12:00:00-00:00"
    assert info.findtext(f"{CAP}severity") == "Severe"
    with zipfile.ZipFile(io.BytesIO(exported(desk, "cap"))) as packed:
        assert len(packed.namelist()) == 2


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_feeds_are_well_formed_and_read_by_a_feed_reader(desk, form):
    import feedparser

    wicked(desk)
    found = feedparser.parse(exported(desk, form))
    assert not found.bozo
    assert len(found.entries) == 3
    assert found.entries[0].link.startswith("https://marsad.example/stories/")


def test_a_week_is_called_rising_only_when_chance_does_not_explain_it():
    low, high = poisson_interval(10)
    assert (round(low, 1), round(high, 1)) == (4.8, 18.4)
    today = NOW.date()
    steady = [(today - timedelta(days=d), "Baghdad", "Armed clash", 1) for d in range(0, 84, 7)]
    assert trends(steady, today).total.verdict == "as usual"
    burst = [*steady, *((today, "Baghdad", "Armed clash", 1) for _ in range(8))]
    assert trends(burst, today).governorates[0].verdict == "rising"
    assert trends(burst[-3:], today).total.verdict == "too early to tell"
    assert trends([], today).total.week == 0


def _ask(client, operation):
    """Eight invented calls of one operation."""
    from hypothesis import HealthCheck, Phase, given, settings

    @settings(
        max_examples=8,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        sent = case.as_transport_kwargs(base_url="http://127.0.0.1")
        answer = client.request(sent["method"], sent["url"], params=sent.get("params"), json=sent.get("json"))
        assert answer.status_code < 500, (operation.label, sent)

    ask()


def test_no_call_of_the_openapi_document_ends_in_a_500(client):
    schemathesis = pytest.importorskip("schemathesis", reason="needs schemathesis")
    schema = schemathesis.openapi.from_dict(client.get("/api/v1/openapi.json").json())
    tried = []
    for found in schema.get_all_operations():
        _ask(client, found.ok())
        tried.append(found.ok().label)
    assert len(tried) >= 12


def test_a_cap_message_that_was_fetched_is_named_by_the_next_version(client, desk):
    first = client.get("/api/v1/stories/1/cap")
    again = client.get("/api/v1/stories/1/cap")
    assert b"<msgType>Alert</msgType>" in first.content
    assert again.content == first.content
    put_story(desk.store.engine, story(1, 2, updated_at=NOW + timedelta(minutes=5)), [])
    packed = zipfile.ZipFile(io.BytesIO(client.get("/api/v1/export/cap").content))
    second = packed.read("story-1-v2.xml")
    assert b"<msgType>Update</msgType>" in second
    assert (
        b"<references>marsad@marsad.example,marsad-story-1-v1,2026-11-22T12:00:00-00:00</references>"
        in second
    )
    assert client.get("/api/v1/stories/1/cap").content == second
    assert b"<msgType>Alert</msgType>" in packed.read("story-2-v1.xml")


def test_a_watchs_feed_that_did_not_change_is_answered_before_any_work(client, desk, monkeypatch):
    address = "/api/v1/watches/iraq-security/alerts.atom"
    desk.store.save_watch(Watch("iraq-security", "rocket"), NOW)
    first = client.get(address)
    assert first.status_code == 200
    assert b"Rocket attack" in first.content
    monkeypatch.setattr(type(desk.browse), "told_by", lambda *_: pytest.fail("worked without need"))
    same = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert (same.status_code, same.content) == (304, b"")
    assert client.get(address).content == first.content
    monkeypatch.undo()
    desk.store.set_alert_state(1, AlertState.ACKNOWLEDGED, "noor", NOW + timedelta(hours=1))
    changed = client.get(address, headers={"If-None-Match": first.headers["etag"]})
    assert changed.status_code == 200
    assert changed.headers["etag"] != first.headers["etag"]
    assert client.get("/api/v1/watches/iraq-security/alerts.rss").headers["etag"] != changed.headers["etag"]
