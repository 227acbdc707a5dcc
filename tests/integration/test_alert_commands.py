"""The alert commands as a person runs them, on a fresh home."""

import json

import pytest

from tests.support.alertkit import change, put_story, report, story
from worker import bootstrap
from worker.cli import main
from worker.services.judge import JudgeService
from worker.storage.migrate import migrate


@pytest.fixture
def marsad(tmp_path, monkeypatch, capsys):
    """Run a command; gives its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("MARSAD_HOME", str(tmp_path))
    monkeypatch.setattr(bootstrap, "_house", None)
    migrate(bootstrap.house().engine)

    def run(*words):
        try:
            main(words)
            code = 0
        except SystemExit as ended:
            code = ended.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    yield run
    bootstrap.house().close()


def test_a_watch_is_added_tried_changed_and_taken_elsewhere(marsad, tmp_path):
    assert marsad("watch", "add", "anbar", 'convoy governorate:"Al Anbar"', "--severity", "moderate")[0] == 0
    code, _, complaint = marsad("watch", "add", "bad", "convoy AND")
    assert (code, "column 11" in complaint) == (2, True)
    assert marsad("watch", "edit", "anbar", "--channels", "slack=high", "--off")[0] == 0
    code, exported, _ = marsad("watch", "export", "anbar")
    assert "enabled: false" in exported
    file = tmp_path / "watches.yaml"
    file.write_text(exported.replace("anbar", "west"), encoding="utf-8")
    assert marsad("watch", "import", str(file))[1] == "1 watches taken in.\n"
    names = {watch["name"] for watch in json.loads(marsad("watch", "list", "--json")[1])}
    assert {"anbar", "west"} <= names
    assert marsad("watch", "remove", "west")[0] == 0
    assert marsad("watch", "remove", "west")[0] == 1
    code, out, _ = marsad(
        "watch", "match", "سقوط صاروخي كاتيوشا على قاعدة عين الأسد في الأنبار وإصابة جنديين"
    )
    assert "FIRES  iraq-security: rocket attack" in out


def test_alerts_silences_channels_and_the_outbox(marsad):
    code, out, _ = marsad("channels", "test", "console")
    assert (code, "console to log: sent" in out) == (0, True)
    assert marsad("channels", "test", "slack")[0] == 2
    assert (
        marsad("silences", "add", "place:Taji", "--for", "6h", "--reason", "exercise", "--by", "Sara")[0] == 0
    )
    assert "exercise, Sara" in marsad("silences", "list")[1]
    assert marsad("silences", "end", "1")[0] == 0
    assert marsad("alerts", "ack", "7")[0] == 1

    home = bootstrap.house()
    at = bootstrap.now()
    fresh = report(published_at=at, seen_at=at)
    put_story(home.engine, story(event=None, gist="Rockets at the airport"), [change()], [fresh])
    home.store.upsert_watches(home.watches_of_file(), at)
    assert JudgeService(home.store, home.policy, bootstrap.now).run() == (1, 1)
    assert "Rockets at the airport" in marsad("alerts")[1]
    assert "Rockets at the airport" in marsad("deliveries", "show", "1")[1]
    assert marsad("alerts", "ack", "7", "--by", "Sara")[0] == 0
    assert marsad("alerts", "irrelevant", "7", "--by", "Sara")[0] == 0
    assert json.loads(marsad("alerts", "--json")[1])[0]["alert"]["state_by"] == "Sara"
    assert marsad("alerts", "feedback")[1] == "iraq-security: 0 of 1 judged alerts were worth it (0%)\n"
    assert json.loads(marsad("alerts", "feedback", "--labels")[1])["relevant"] is False
    assert marsad("deliveries", "resend", "1")[0] == 1
    assert marsad("deliveries", "list", "--state", "gone")[0] == 2
