"""Names on the map make room for marks and for each other."""

from itertools import combinations

from config.watchfile import load_governorates, load_outline, load_towns
from tests.support.alertkit import NOW
from worker.storage.browse import Point
from worker.web import labels
from worker.web.geo import CELL, Sheet, View

SHEET = Sheet.of(load_governorates(), load_outline(), load_towns())


def point(lat, lon, number=1):
    made = dict.fromkeys(Point.__dataclass_fields__)
    made |= {"id": number, "lat": lat, "lon": lon, "gist": "", "at": NOW, "geo_precision": 1}
    return Point(**made)


def boxes(drawing):
    k = 1 / drawing.view.zoom
    shown = [t for t in drawing.towns if t.rank == 1 or drawing.view.zoom > 1]
    return {t.name: labels._town_box(t, k) for t in shown} | {
        f"governorate {a.name}": labels._area_box(a, k) for a in drawing.areas if a.named
    }


def meets(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def test_no_name_lies_on_another_over_the_whole_country():
    found = boxes(SHEET.drawing())
    assert [(a, b) for a, b in combinations(found, 2) if meets(found[a], found[b])] == []
    assert len(found) > 20


def test_a_mark_moves_the_name_of_the_town_beside_it():
    town = next(t for t in SHEET.towns if t.name == "Najaf")
    before = boxes(SHEET.drawing())["Najaf"]
    lat, lon = 32.0, 44.6
    drawing = SHEET.drawing([point(lat, lon)])
    (mark,) = drawing.marks
    spot = (mark.x - mark.radius, mark.y - mark.radius, mark.x + mark.radius, mark.y + mark.radius)
    assert meets(before, spot)
    found = boxes(drawing)
    assert [name for name in found if meets(found[name], spot)] == []
    moved = next(t for t in drawing.towns if t.name == "Najaf")
    assert (moved.x, moved.y) == (town.x, town.y)


def test_a_governorate_without_room_goes_unnamed_and_no_town_does():
    crowd = [point(29 + i / 4, 39 + j / 4, i * 40 + j) for i in range(34) for j in range(39)]
    drawing = SHEET.drawing(crowd)
    assert not any(area.named for area in drawing.areas)
    assert [t.name for t in drawing.towns] == [t.name for t in SHEET.towns]


def test_a_closer_look_needs_less_room():
    far = SHEET.drawing([point(32.05, 44.5)])
    near = SHEET.drawing([point(32.05, 44.5)], view=View.of("32.0,44.4", "16"))
    najaf = [next(t for t in one.towns if t.name == "Najaf") for one in (far, near)]
    assert (najaf[1].dx, najaf[1].dy) == (5, 4)
    assert CELL / 16 < labels.TOWN_HEIGHT
