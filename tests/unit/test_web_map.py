"""From an area on the map to a watch that fires inside it and stays silent outside."""

import itertools
import random
import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.support.alertkit import KNOWN, NOW, change, event, policy, put_story, report, story
from tests.support.deskkit import Clock, client_of, filled, log_in, make_desk, open_store
from worker.domain.alerting.watch import check
from worker.domain.desk.people import Role
from worker.services.judge import JudgeService
from worker.storage import tables
from worker.storage.browse import Point
from worker.storage.engine import writing
from worker.web.geo import CELL, WIDTH, Sheet, View, project, unproject

BOX = "33.2, 44.1\n33.2, 44.4\n33.4, 44.4\n33.4, 44.1"
"""Round Baghdad airport."""


@pytest.fixture
def desk(tmp_path):
    engine = open_store(tmp_path)
    filled(engine)
    yield make_desk(engine, Clock())
    engine.dispose()


@pytest.fixture
def client(desk):
    with client_of(desk) as made:
        made.form = log_in(made, desk)
        yield made


def put_points(desk, *points):
    """Set the map points of stories 1, 2, …; more are made of the first."""
    for number, (lat, lon, more) in enumerate(points, 1):
        told = story(number, event=event(lat=lat, lon=lon, **more), updated_at=NOW)
        put_story(desk.store.engine, told, [])
        with writing(desk.store.engine) as connection:
            connection.execute(
                update(tables.stories)
                .where(tables.stories.c.id == number)
                .values(
                    lat=lat,
                    lon=lon,
                    sub_event_type=told.event.sub_event_type,
                    updated_at=NOW,
                    geo_precision=told.event.geo_precision,
                )
            )


def saved(client, **more):
    given = {
        "form": client.form,
        "name": "airport",
        "query": "rocket attack",
        "severity": "low",
        "enabled": "1",
    }
    return client.post("/watches/save", data=given | more)


def test_a_drawn_area_is_named_checked_saved_and_listed(client, desk):
    drawn = {"shape_kind": "outline", "shape_name": "airport", "shape_points": BOX}
    form = client.get("/watches/edit", params=drawn).text
    assert "33.2, 44.1" in form
    assert 'class="figure outline"' in form
    assert saved(client, **drawn).status_code == 303
    (watch,) = desk.store.all_watches()
    points = [[33.2, 44.1], [33.2, 44.4], [33.4, 44.4], [33.4, 44.1]]
    assert watch.definition["area"] == {"outlines": [{"name": "airport", "points": points}]}
    assert "inside the outline airport" in client.get("/watches").text
    again = client.get("/watches/edit?name=airport").text
    assert "33.2, 44.1\n33.2, 44.4" in again


@pytest.mark.parametrize(
    ("drawn", "inside", "outside"),
    [
        ({"shape_kind": "outline", "shape_points": BOX}, (33.26, 44.23), (33.26, 44.5)),
        ({"shape_kind": "rectangle", "shape_points": "33.2, 44.1\n33.4, 44.4"}, (33.21, 44.11), (33.19, 44.2)),
        ({"shape_kind": "corridor", "shape_km": "10", "shape_points": "Baghdad\nTaji"}, (33.43, 44.34), (33.43, 44.9)),
        ({"shape_kind": "circle", "shape_km": "20", "shape_points": "33.26, 44.23"}, (33.35, 44.3), (33.6, 44.3)),
    ],
)  # fmt: skip
def test_a_story_inside_fires_and_one_outside_does_not(client, desk, drawn, inside, outside):
    assert saved(client, **drawn).status_code == 303
    (watch,) = desk.store.all_watches()
    for number, (lat, lon) in ((11, inside), (12, outside)):
        told = story(number, event=event(lat=lat, lon=lon))
        put_story(desk.store.engine, told, [change(story_id=number, item_id=number)], [report(number)])
    made = policy(check(watch, KNOWN), recipients={"console": ("log",)})
    JudgeService(desk.store, lambda: made, lambda: NOW).run()
    fired = {story.id for alert, story in desk.browse.alerts_page(None, 20) if "airport" in alert.watches}
    assert 11 in fired
    assert 12 not in fired


def test_a_place_known_only_by_its_governorate_lies_in_no_drawn_area(client, desk):
    put_points(desk, (33.26, 44.23, {"geo_precision": 3}), (33.27, 44.24, {"geo_precision": 1}))
    told = client.get("/map/shape", params={"kind": "outline", "points": BOX}).json()
    assert told["ok"]
    assert told["message"].endswith("1 of 2 stories of the last 90 days lie inside")


def test_a_shape_is_told_while_it_is_drawn(client):
    road = client.get("/map/shape", params={"kind": "corridor", "km": "5", "points": "Baghdad\nTaji"}).json()
    assert road["points"] == [[33.3406, 44.4009], [33.5294, 44.2775]]
    assert road["message"].startswith("24 km of road, 5 km wide")
    for asked, said in (
        ({"kind": "outline", "points": "33, 44"}, "3 points are needed"),
        ({"kind": "outline", "points": "33, 44\n33, 45\nAtlantis"}, "'Atlantis' is no place"),
        ({"kind": "corridor", "points": "33, 44\n33, 45"}, "width is missing"),
    ):
        told = client.get("/map/shape", params=asked).json()
        assert not told["ok"]
        assert said in told["message"]


def test_a_shape_that_cannot_be_read_comes_back_with_the_form_and_the_reason(client, desk):
    page = saved(
        client, shape_kind="outline", shape_points="33, 44\nAtlantis\n33, 45", quiet_from="22:00"
    ).text
    assert "is no place in the gazetteer" in page
    assert "Atlantis\n33, 45" in page
    assert 'value="22:00"' in page
    assert desk.store.all_watches() == []


def test_quiet_hours_and_a_second_area_are_kept(client, desk):
    both = {"shape_kind": ["outline", "corridor"], "shape_name": ["box", "road"], "shape_km": ["", "5"],
            "shape_points": [BOX, "Baghdad\nTaji"]}  # fmt: skip
    saved(client, **both, quiet_from="22:00", quiet_to="06:00", quiet_but="high", more="throttle: 5")
    (watch,) = desk.store.all_watches()
    assert watch.definition["quiet"] == {"from": "22:00", "to": "06:00", "but": "high"}
    assert set(watch.definition["area"]) == {"outlines", "corridors"}
    assert watch.definition["throttle"] == 5
    form = client.get("/watches/edit?name=airport").text
    assert len(re.findall(r'<fieldset class="shape"', form)) == 3
    assert "22:00–06:00 quiet, but from high" in client.get("/watches").text


def test_a_trial_asks_the_area_too(client, desk):
    put_points(desk, (33.26, 44.23, {}), (35.0, 43.0, {}))
    asked = {"form": client.form, "query": "rocket attack OR convoy", "days": "30", "shape_kind": "outline",
             "shape_points": BOX}  # fmt: skip
    page = client.post("/watches/try", data=asked).text
    assert "<b>1</b> of 2 stories" in page
    assert "outside the watch" in page
    assert "33.4, 44.4" in page


def test_a_viewer_may_try_a_watch_and_is_offered_no_pencil(client, desk):
    form = log_in(client, desk, Role.VIEWER)
    page = client.post("/watches/try", data={"form": form, "query": "convoy"}).text
    assert "of 2 stories" in page
    assert 'fieldset class="shape"' not in page
    assert "Draw an area" not in client.get("/map").text


def test_marks_have_the_form_of_their_type_and_a_vague_place_is_hollow(client, desk):
    put_points(
        desk,
        (33.26, 44.23, {}),
        (36.3, 43.1, {"sub_event_type": "Armed clash", "event_type": "Battles", "geo_precision": 3}),
    )
    page = client.get("/map").text
    assert re.search(r'class="mark high"><g [^>]*><circle', page)
    assert re.search(r'class="mark none vague"><g [^>]*><path', page)


def test_stories_close_together_are_one_mark_that_a_closer_look_takes_apart(client, desk):
    put_points(desk, (33.26, 44.23, {}), (33.30, 44.23, {}))
    page = client.get("/map").text
    (closer,) = re.findall(r'<a href="(/map\?[^"]*zoom=4)" class="mark', page)
    assert 'text y="5">2</text>' in page
    closer = closer.replace("&amp;", "&")
    while 'text y="5">2</text>' in (page := client.get(closer).text):
        (closer,) = (
            a.replace("&amp;", "&") for a in re.findall(r'<a href="(/map\?[^"]*)" class="mark', page)
        )
    assert page.count('class="mark') == 2
    assert 'data-near="yes"' in page


def test_the_time_slider_moves_the_window(client, desk):
    put_points(desk, (33.26, 44.23, {}))
    assert "<h2>1 story with a place" in client.get("/map?days=3").text
    assert "<h2>0 stories with a place" in client.get("/map?days=3&ago=5").text
    desk.clock.at += timedelta(days=6)
    log_in(client, desk)
    assert "<h2>1 story with a place" in client.get("/map?days=3&ago=5").text


@pytest.mark.parametrize("at", ["", "x,y", "33.3", "nan,nan", "1e999,0", "33.3,44.4,1", "-90,-180"])
@pytest.mark.parametrize("zoom", ["", "0", "8", "99999", "-3", "x"])
def test_no_address_breaks_the_map(client, at, zoom):
    answer = client.get("/map", params={"at": at, "zoom": zoom, "days": "7", "draw": "1"})
    assert answer.status_code == 200
    assert "nan" not in answer.text.split("<svg")[1].split(">")[0]


def test_a_view_stays_within_the_map():
    assert View.of("28.95,38.6", "4").x == WIDTH / 8
    lat, lon = unproject(*project(33.3, 44.4))
    assert (round(lat, 6), round(lon, 6)) == (33.3, 44.4)
    assert CELL > 9


@pytest.mark.parametrize(("zoom", "swell"), [(1, 1.0), (1, 1.5), (4, 1.0), (32, 1.0)])
def test_no_mark_lies_on_another_however_many_stories_there_are(zoom, swell):
    rng = random.Random(5)
    towns = [(rng.uniform(30, 37), rng.uniform(41, 47)) for _ in range(60)]
    points = [
        Point(n, f"Story {n}", "Armed clash", "Baghdad", None, lat + rng.gauss(0, 0.1), lon + rng.gauss(0, 0.1), 0,
              NOW - timedelta(minutes=n), "low")
        for n, (lat, lon) in ((n, rng.choice(towns)) for n in range(1500))
    ]  # fmt: skip
    marks = Sheet.of([], [], []).drawing(points, view=View(zoom=zoom), swell=swell).marks
    assert sum(len(mark.points) for mark in marks) == 1500
    assert len(marks) > 15
    for one, other in itertools.combinations(marks, 2):
        apart = ((one.x - other.x) ** 2 + (one.y - other.y) ** 2) ** 0.5
        assert apart >= (one.radius + other.radius) * swell / zoom - 1e-9
    for mark in marks:
        assert [p.at for p in mark.points] == sorted((p.at for p in mark.points), reverse=True)


def test_a_telephone_gets_fewer_and_larger_marks(client, desk):
    step = 22 / WIDTH * (48.75 - 38.6)
    put_points(desk, (33.0, 44.0, {}), (33.0, 44.0 + step, {}))
    wide = client.get("/map").text
    narrow = client.get("/map", headers={"sec-ch-ua-mobile": "?1"}).text
    assert (wide.count('class="mark '), narrow.count('class="mark ')) == (2, 1)
    phone = {
        "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1"
    }
    assert client.get("/map", headers=phone).text.count('class="mark ') == 1
