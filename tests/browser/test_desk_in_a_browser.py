"""The desk in a real browser: first login, live arrival, filter, map, Arabic, watch, feed, alert; and axe."""

import re
import shutil
import threading
import time

import pytest

pytest.importorskip("playwright", reason="needs playwright")

import uvicorn
from playwright.sync_api import sync_playwright

from tests.support.alertkit import NOW, change, put_story, report, story
from tests.support.deskkit import Clock, filled, make_desk, open_store
from worker.feeds.discover import FoundFeed
from worker.ports import ParsedFeed
from worker.web.app import create_app
from worker.web.desk import DeskOptions

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.timeout(180),
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium on the path"),
]


@pytest.fixture
def desk(tmp_path):
    engine = open_store(tmp_path)
    filled(engine)
    found = [FoundFeed("https://news.example/rss", "News of Anbar", 3, NOW, "link", "rss20")]
    yield make_desk(engine, Clock(), discover=lambda _u: found, preview=lambda _u: ParsedFeed(title="News"))
    engine.dispose()


@pytest.fixture
def address(desk):
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(lambda: desk, options=DeskOptions()),
            port=0,
            log_level="error",
            timeout_graceful_shutdown=1,
        )
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def page(desk, address):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        made = browser.new_page(base_url=address)
        made.faults = []
        made.on("pageerror", lambda fault: made.faults.append(str(fault)))
        made.on("console", lambda line: made.faults.append(line.text) if line.type == "error" else None)
        made.goto(f"/login/link/{desk.access.new_link()}")
        yield made
        assert made.faults == []
        browser.close()


def test_an_analyst_works_through_a_day(page, desk, address):
    assert page.url == f"{address}/"
    # A locator, since the page's policy forbids the evaluated text that waiting for a function polls with.
    page.locator("#live", has_text=re.compile("^Live$")).wait_for()

    told = story(3, gist="Drone shot down over Ain al-Asad.")
    put_story(
        desk.store.engine,
        told,
        [change(story_id=3, item_id=7)],
        [report(7, "Drone shot down\nNear the base.")],
    )
    page.wait_for_selector("#story-3", timeout=10_000)

    page.fill("#words", "convoy")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=convoy**")
    assert page.locator("article h2").all_inner_texts() == ["Bomb hits convoy near Taji."]

    page.click("text=Save as a watch")
    assert page.input_value("#query") == "convoy"
    page.fill("#query", "convoy AND (")
    page.wait_for_selector(".check.bad")
    page.fill("#query", "convoy OR rocket attack")
    page.wait_for_selector(".check.good")
    page.click("text=Try on the archive")
    page.wait_for_selector("#trial h2")
    assert "of 3 stories" in page.inner_text("#trial")
    page.fill("input[name=name]", "roads")
    page.click("button:text-is('Save')")
    page.wait_for_url("**/watches")
    assert [watch.name for watch in desk.store.all_watches()] == ["roads"]

    page.goto("/stories/1")
    arabic = page.locator(".text[lang=ar]")
    assert arabic.evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert arabic.locator("mark").first.get_attribute("title") == "rocket (concept)"

    page.goto("/alerts")
    page.click("#alert-1 button:has-text('Acknowledge')")
    page.wait_for_selector("#alert-1 .severity:has-text('acknowledged')")
    assert desk.browse.alerts_page(None, 1)[0][0].state == "acknowledged"

    page.goto("/feeds")
    page.fill("input[name=address]", "news.example")
    page.click("button:text-is('Look')")
    page.click("button:text-is('Add this feed')")
    page.wait_for_url("**/feeds")
    assert "https://news.example/rss" in {feed.url for feed, _ in desk.store.feeds()}


def test_a_mark_on_the_map_leads_to_its_story(page, desk):
    from sqlalchemy import update

    from worker.storage import tables
    from worker.storage.engine import writing

    with writing(desk.store.engine) as connection:
        connection.execute(
            update(tables.stories).where(tables.stories.c.id == 1).values(lat=33.26, lon=44.23)
        )
    page.goto("/map")
    page.click(".mark circle")
    page.wait_for_url("**/stories/1")


def on_the_map(page, lat, lon):
    """Where a point lies in the window."""
    from worker.web.geo import project

    x, y = project(lat, lon)
    return page.evaluate(
        """([x, y]) => { const svg = document.querySelector("svg.map"), spot = new DOMPoint(x, y)
             .matrixTransform(svg.getScreenCTM()); return [spot.x, spot.y]; }""",
        [x, y],
    )


def test_an_area_drawn_with_the_mouse_becomes_a_watch(page, desk):
    page.goto("/map")
    page.click("text=Draw an area")
    page.locator("svg.map").scroll_into_view_if_needed()
    for spot in ((33.0, 43.9), (33.0, 44.8), (33.7, 44.8), (33.7, 43.9)):
        page.mouse.click(*on_the_map(page, *spot))
    page.wait_for_selector(".told:has-text('km²')")
    assert len(page.input_value("[name=shape_points]").split("\n")) == 4
    grip = on_the_map(page, 33.7, 43.9)
    page.mouse.move(*grip)
    page.mouse.down()
    page.mouse.move(grip[0] - 30, grip[1], steps=4)
    page.mouse.up()
    lat, lon = map(float, page.input_value("[name=shape_points]").split("\n")[3].split(", "))
    assert lat == pytest.approx(33.7, abs=0.03)
    assert lon < 43.8
    page.fill("[name=shape_name]", "belt")
    page.click("text=Make a watch of it")
    page.fill("[name=name]", "belt")
    page.fill("[name=query]", "rocket attack")
    page.click("text=Try on the archive")
    page.wait_for_selector("#trial h2")
    page.click("button:text-is('Save')")
    page.wait_for_url("**/watches")
    assert page.locator("article:has-text('inside the outline belt')").count() == 1
    (watch,) = desk.store.all_watches()
    assert len(watch.definition["area"]["outlines"][0]["points"]) == 4


def test_a_road_is_drawn_with_the_keys_alone(page, desk):
    page.goto("/map?draw=1")
    page.select_option("[name=shape_kind]", "corridor")
    page.fill("[name=shape_km]", "10")
    page.locator(".sheet").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".told:has-text('2 points are needed')")  # the answer to the first point
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_selector(".told:has-text('E, ')")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("Backspace")
    page.wait_for_selector(".told:has-text('10 km wide')")
    assert page.locator(".figure.corridor").count() == 1
    page.keyboard.press("+")
    assert page.locator("svg.map").get_attribute("viewBox") != "0 0 1000 1007"
    page.click("text=Make a watch of it")
    assert len(page.input_value("[name=shape_points] >> nth=0").split("\n")) == 2
    page.fill("[name=name]", "road")
    page.fill("[name=query]", "convoy")
    page.click("button:text-is('Save')")
    page.wait_for_url("**/watches")
    (watch,) = desk.store.all_watches()
    assert watch.definition["area"]["corridors"][0]["width_km"] == 10


def test_an_area_is_drawn_with_a_finger_on_a_phone(page, desk, address):
    context = page.context.browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True
    )
    phone = context.new_page()
    phone.goto(f"/login/link/{desk.access.new_link()}")
    phone.goto("/map?draw=1")
    phone.select_option("[name=shape_kind]", "rectangle")
    phone.locator("svg.map").scroll_into_view_if_needed()
    for spot in ((33.0, 43.5), (34.0, 45.0)):
        phone.touchscreen.tap(*on_the_map(phone, *spot))
    phone.wait_for_selector(".told:has-text('km²')")
    assert len(phone.input_value("[name=shape_points]").split("\n")) == 2
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    context.close()


def test_an_area_is_written_without_any_script(page, desk, address):
    context = page.context.browser.new_context(base_url=address, java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"/login/link/{desk.access.new_link()}")
    plain.goto("/map?draw=1")
    plain.fill("[name=shape_points]", "33.2, 44.1\n33.2, 44.4\nTaji")
    plain.click("text=Make a watch of it")
    assert plain.locator(".figure.outline").count() == 1
    plain.fill("[name=name]", "north")
    plain.fill("[name=query]", "rocket attack")
    plain.click("text=Try on the archive")
    assert "of 2 stories" in plain.inner_text("#trial")
    plain.click("button:text-is('Save')")
    assert [watch.name for watch in desk.store.all_watches()] == ["north"]
    context.close()


def test_the_stream_can_be_walked_with_the_keyboard_alone(page):
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent") == "Bomb hits convoy near Taji."
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/stories/1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault_on_any_page(page, scheme):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe-playwright-python"
    ).Axe()
    page.emulate_media(color_scheme=scheme)
    found = {}
    for address in (
        "/",
        "/?severity=high",
        "/map",
        "/map?draw=1",
        "/trends",
        "/alerts",
        "/watches",
        "/watches/edit?query=convoy",
        "/feeds",
        "/system",
        "/stories/1",
    ):
        page.goto(address)
        for fault in axe.run(page).response["violations"]:
            if fault["impact"] in ("serious", "critical"):
                found.setdefault(address, []).append(
                    (fault["id"], [n["html"][:120] for n in fault["nodes"]][:3])
                )
    assert found == {}


@pytest.mark.parametrize(
    "path",
    ["/", "/map", "/map?draw=1", "/trends", "/alerts", "/watches/edit", "/feeds", "/system", "/stories/1"],
)
def test_nothing_sticks_out_on_a_phone(page, path):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
