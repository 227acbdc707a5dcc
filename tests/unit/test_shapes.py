"""Areas as people draw or write them, and the map's comparison with the days before."""

from datetime import date, timedelta

import pytest

from config.watchfile import load_towns
from worker.domain.alerting.area import Circle, Corridor, Outline
from worker.domain.desk.shapes import MOST_POINTS, Drawn, area_of, drawn_in, key_of, read_points, size_of
from worker.domain.desk.trends import heat
from worker.errors import ConfigError


def test_a_point_is_a_pair_of_degrees_or_a_place():
    text = "33.31, 44.36\n\n 33.5;44.2 \nTaji\nتاجي\n٣٣٫٥، ٤٤٫٢"
    assert read_points(text) == [[33.31, 44.36], [33.5, 44.2], "Taji", "تاجي", [33.5, 44.2]]


@pytest.mark.parametrize("text", ["144.4, 33.3", "33.3", "33.3, 44.4, 5", "!!"])
def test_a_line_that_is_no_point_is_named(text):
    with pytest.raises(ConfigError, match="line 2"):
        read_points("33.3, 44.4\n" + text)


def test_a_shape_has_an_end():
    with pytest.raises(ConfigError, match="too many"):
        read_points("33.3, 44.4\n" * (MOST_POINTS + 1))


def test_what_was_drawn_becomes_the_keys_that_a_watches_file_has():
    area = area_of(
        [
            Drawn("outline", "belt", "", "33, 44\n34, 44\n34, 45"),
            Drawn("rectangle", "", "", "33, 45\n34, 44"),
            Drawn("corridor", "airport road", "5", "Baghdad\n33.26, 44.23"),
            Drawn("circle", "", "12,5", "Taji"),
            Drawn(),
        ],
        {"without_place": True},
    )
    assert area == {
        "without_place": True,
        "outlines": [
            {"name": "belt", "points": [[33, 44], [34, 44], [34, 45]]},
            {"points": [[33, 44], [33, 45], [34, 45], [34, 44]]},
        ],
        "corridors": [{"name": "airport road", "along": ["Baghdad", [33.26, 44.23]], "width_km": 5}],
        "near": [{"place": "Taji", "km": 12.5}],
    }
    assert area_of(drawn_in(area), {"without_place": True}) == area


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (Drawn("outline", "", "", "33, 44\n34, 44"), "3 points are needed"),
        (Drawn("corridor", "", "", "33, 44\n34, 44"), "width is missing"),
        (Drawn("corridor", "", "wide", "33, 44\n34, 44"), "width is missing"),
        (Drawn("rectangle", "", "", "33, 44\n33, 45"), "on one line"),
        (Drawn("rectangle", "", "", "Taji\nBaghdad"), "coordinates"),
        (Drawn("spiral", "", "", "33, 44"), "no kind of area"),
    ],
)
def test_a_shape_that_is_none_says_what_is_missing(drawn, said):
    with pytest.raises(ConfigError, match=said):
        key_of(drawn)


def test_a_shape_s_size_is_said_in_kilometres():
    box = Outline(((33.0, 44.0), (33.0, 45.0), (34.0, 45.0), (34.0, 44.0)))
    assert size_of(box) == "about 10,310 km²"
    assert size_of(Corridor(((33.0, 44.0), (34.0, 44.0)), 5)) == "111 km of road, 5 km wide"
    assert size_of(Circle((33.0, 44.0), 12.5)) == "a circle of 12.5 km round it"


def test_a_governorate_is_compared_with_as_many_days_of_the_90_before():
    last = date(2026, 11, 22)
    steady = [(last - timedelta(days=n), "Baghdad", "Armed clash", 1) for n in range(97)]
    (usual,) = heat(steady, last, 7)
    assert (usual.count, usual.usual, usual.verdict) == (7, pytest.approx(7), "as usual")
    (rising,) = heat([*steady, (last, "Baghdad", "Armed clash", 20)], last, 7)
    assert rising.verdict == "rising"
    (silent,) = heat([row for row in steady if row[0] < last - timedelta(days=6)], last, 7)
    assert (silent.count, silent.verdict) == (0, "falling")
    (young,) = heat(steady[:10], last, 7)
    assert young.verdict == "too early to tell"
    assert heat([], last, 7) == ()


def test_the_map_s_towns_stand_where_the_gazetteer_has_them(request):
    rows = (request.config.rootpath / "config/data/places.tsv").read_text(encoding="utf-8").splitlines()
    places = {cells[0]: (cells[1], float(cells[5]), float(cells[6])) for cells in
              (line.split("\t") for line in rows if not line.startswith(("#", "id\t"))) if cells[5]}  # fmt: skip
    towns = load_towns()
    assert len(towns) > 30
    assert {i: (name, lat, lon) for i, name, lat, lon, _ in towns}.items() <= places.items()
