"""The golden set keeps its scores, the tables agree with the acceptance script, the data files are checked."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path

import pytest

from config.catalogue import load_lexicon, shipped_model
from config.yamlfile import CatalogueError
from tests.support.lexicon import shipped_analyser
from tests.support.reports import document
from worker.domain import vocabulary
from worker.domain.understanding.judgement.model import Linear, calibrate, dump_linear, fit, load_linear
from worker.domain.understanding.words.lexicon import build_lexicon
from worker.errors import ConfigError
from worker.services.analyse import AnalyseService, published_at
from worker.services.evaluate import evaluate
from worker.services.lexicon import findings
from worker.services.train import Labelled, train_models

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "labelled.jsonl"
ROWS = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def service() -> AnalyseService:
    from config.boilerplate import load_boilerplate
    from worker.domain.text.boilerplate import Boilerplate

    return AnalyseService(shipped_analyser(), Boilerplate(**load_boilerplate()))


@pytest.fixture(scope="module")
def analyses(service) -> dict[str, dict]:
    return {a["id"]: a for a in service.run((f"golden:{i}", r) for i, r in enumerate(ROWS, 1))}


def test_the_golden_set_has_sixty_items_in_eight_languages():
    assert len(ROWS) >= 60
    assert {r["lang"] for r in ROWS} == {"en", "fr", "ar", "ckb", "fa", "tr", "es", "de"}


def test_the_golden_set_keeps_its_scores(analyses):
    table = evaluate({r["id"]: r for r in ROWS}, analyses)
    least = {"relevant": 0.97, "kind:incident": 0.95, "terms": 0.92, "event:type": 0.9, "event:strict": 0.85}
    for name, floor in least.items():
        assert table.scores[name].f1 >= floor, name
    assert table.evidence == 1.0
    assert table.language == 1.0


def test_tables_agree_with_the_acceptance_script(shared, service):
    spec = importlib.util.spec_from_file_location("acceptance_score", shared / "eval" / "score.py")
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    rows = [json.loads(line) for line in (shared / "eval" / "dev.jsonl").read_text().splitlines()][::3]
    labels = {r["id"]: r for r in rows}
    found = {a["id"]: a for a in service.run((str(i), r) for i, r in enumerate(rows))}
    theirs, _ = score.score(labels, found)
    ours = evaluate(labels, found)
    for name, mine in ours.scores.items():
        assert (mine.precision, mine.recall, mine.f1, mine.support) == (
            theirs[name]["p"],
            theirs[name]["r"],
            theirs[name]["f1"],
            theirs[name]["n"],
        ), name
    assert ours.language == theirs["lang"]["acc"]
    assert ours.evidence == theirs["evidence"]["acc"]
    assert ours.stories.f1 == theirs["story:b3"]["f1"]


def test_an_item_without_an_analysis_counts_as_nothing_found():
    table = evaluate({r["id"]: r for r in ROWS}, {})
    assert table.scores["relevant"].recall == 0
    assert table.scores["event:type"].recall == 0


def test_the_output_has_the_fields_that_were_promised(analyses):
    analysis = next(a for a in analyses.values() if a["events"])
    assert list(analysis) == [
        "id", "lang", "text", "relevant", "score", "kind", "terms", "matches", "events", "gist", "story", "reasons",
    ]  # fmt: skip
    event = analysis["events"][0]
    assert event["sub_event_type"] in vocabulary.PARENT
    assert vocabulary.PARENT[event["sub_event_type"]] == event["event_type"]
    assert 0 <= event["confidence"] <= 1


def test_an_item_without_id_is_refused_with_its_place(service):
    with pytest.raises(ConfigError, match=r"items\.jsonl:7: an item needs an id"):
        list(service.run([("items.jsonl:7", {"title": "x"})]))


@pytest.mark.parametrize(
    "value",
    [
        "2026-03-11T09:00:00Z",
        "Wed, 11 Mar 2026 09:00:00 +0000",
        "2026-03-11T12:00:00+03:00",
        "2026-03-11T09:00:00",
    ],
)
def test_publication_is_read_in_every_form_that_feeds_use(value):
    assert published_at(value).isoformat() == "2026-03-11T09:00:00+00:00"


def test_publication_that_is_no_date_is_none():
    assert published_at("soon") is None
    assert published_at(None) is None


def test_the_shipped_files_have_no_errors():
    data = load_lexicon()
    assert set(data.languages) == {"en", "fr", "ar", "ckb", "fa", "tr", "es", "de"}
    assert [line for line in findings(data) if line.startswith("error")] == []


def test_a_phrase_that_begins_with_a_number_is_an_error():
    data = load_lexicon()
    english = dict(data.languages["en"])
    english["concepts"] = {**english["concepts"], "rocket": [{"say": "# rockets"}]}
    found = findings(replace(data, languages={"en": english}), "en")
    assert any("'# rockets' must not begin with a number" in line for line in found)


def test_every_language_words_every_violent_deed():
    data = load_lexicon()
    needed = {
        "attack",
        "airstrike",
        "rocket_attack",
        "drone_attack",
        "bombing",
        "suicide_bombing",
        "clash",
        "arrest",
    }
    needed |= {"abduction", "assassination", "killed", "wounded", "none_hurt", "claim", "drill", "trial"}
    for code, language in data.languages.items():
        assert needed <= {c for c, phrases in language["concepts"].items() if phrases}, code


def _folder(tmp_path: Path, **files: str) -> Path:
    (tmp_path / "languages").mkdir()
    for name, text in files.items():
        (tmp_path / name.replace("__", "/").replace("_yaml", ".yaml").replace("_tsv", ".tsv")).write_text(
            text
        )
    return tmp_path


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (
            {"languages__en_yaml": "code: en\nconcepts:\n  no_such: [x]\n"},
            "en.yaml:3: unknown concept 'no_such'",
        ),
        ({"languages__en_yaml": "code: en\nconcepts:\n  attack:\n    - {sey: x}\n"}, "en.yaml:4"),
        ({"languages__en_yaml": "code: en\nconcepts: [\n"}, "en.yaml:3: not YAML"),
        (
            {"concepts_yaml": "- {id: x, says: y, group: nonsense}\n"},
            "concepts.yaml:1: 'x' has no known group",
        ),
        ({"actors_yaml": "- {id: x, name: y, alliases: {}}\n"}, "actors.yaml:1: unknown key 'alliases'"),
        ({"places_tsv": "id\tname\n"}, "places.tsv:1: no column 'type'"),
    ],
)
def test_a_bad_overlay_is_told_in_one_line_with_its_place(tmp_path, files, told):
    with pytest.raises(CatalogueError, match=r".") as caught:
        load_lexicon(_folder(tmp_path, **files))
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_overlay_adds_and_removes_phrases_and_changes_the_version(tmp_path):
    text = "code: en\nconcepts:\n  rocket: [zorgmissile]\nremove:\n  rocket: [katyusha]\n"
    data = load_lexicon(_folder(tmp_path, languages__en_yaml=text))
    said = {p["say"] for p in data.languages["en"]["concepts"]["rocket"]}
    assert "zorgmissile" in said
    assert "katyusha" not in said
    assert "rocket" in said
    assert data.version != load_lexicon().version


def test_an_id_outside_the_closed_lists_is_refused():
    with pytest.raises(ConfigError, match="unknown weapon 'laser'"):
        build_lexicon(
            concepts={"x": {"id": "x", "says": "x", "group": "weapon", "weapon": "laser"}},
            languages={},
            actors={},
            places={},
        )


def test_the_linear_model_learns_explains_and_survives_its_json():
    rows = [({"bomb": 1.0, "x": float(i % 3)}, True, 1.0) for i in range(30)]
    rows += [({"goal": 1.0, "x": float(i % 3)}, False, 1.0) for i in range(30)]
    model = calibrate(fit(rows), [(f, y) for f, y, _ in rows])
    again = load_linear(dump_linear(model))
    assert again.probability({"bomb": 1.0}) > 0.8
    assert again.probability({"goal": 1.0}) < 0.2
    assert again.strongest({"bomb": 1.0})[0][0] == "bomb"
    assert load_linear({}) == Linear({})


def test_training_is_deterministic_and_refuses_too_little(service):
    items = [Labelled(r["id"], _document(service, r), r["relevant"], r["kind"] == "incident") for r in ROWS]
    assert train_models(service.analyser, items).models == train_models(service.analyser, items).models
    with pytest.raises(ConfigError, match="too few"):
        train_models(service.analyser, items[:5])


def test_training_from_the_shipped_weights_moves_them_towards_the_items(service):
    shipped = shipped_model()
    # The reader of this feedback wants nothing of protests: all else is judged as it was.
    items = [
        Labelled(f"{wanted}-{n}", document("en", title, body, published=None), wanted, False)
        for n in range(24)
        for title, body, wanted in (
            (
                f"Protest in Basra enters day {n + 2}",
                "Dozens of protesters gathered in Basra over jobs.",
                False,
            ),
            (f"Rocket number {n + 2} hits base in Anbar", "A rocket hit a base in Anbar, police said.", True),
        )
    ]
    trained = train_models(service.analyser, items, shipped)
    assert trained.before["relevant"] == pytest.approx(0.5)
    assert trained.accuracy["relevant"] > 0.9
    weights, begun = trained.models["relevant"]["weights"], shipped["relevant"]["weights"]
    assert weights["topic.sport.title"] == begun["topic.sport.title"]  # no item speaks of it
    assert trained.models["relevant"]["scale"] == shipped["relevant"]["scale"]


def test_training_from_the_shipped_weights_keeps_what_they_know(service):
    items = [Labelled(r["id"], _document(service, r), r["relevant"], r["kind"] == "incident") for r in ROWS]
    alone = train_models(service.analyser, items)
    moved = train_models(service.analyser, items, shipped_model())
    assert moved.accuracy["relevant"] >= alone.accuracy["relevant"]
    assert moved.accuracy["relevant"] >= moved.before["relevant"]


def _document(service, row):
    from worker.services.analyse import document_of

    return document_of(row, service.boilerplate)[0]


@pytest.mark.parametrize(
    ("row", "missing"),
    [
        ({"id": "1", "title": "x", "kind": "incident"}, "no relevant"),
        ({"title": "x", "relevant": True}, "no id and no kind"),
    ],
)
def test_a_row_without_labels_is_named_with_its_place_and_trains_nothing(tmp_path, row, missing):
    from worker.cli.understand import train

    labelled, target = tmp_path / "feedback.jsonl", tmp_path / "model.json"
    labelled.write_text(f"\n{json.dumps(row)}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=rf"feedback\.jsonl:2: no labelled item: it has {missing}"):
        train([labelled], target, anew=False)
    assert not target.exists()
