"""The command line as a whole: what there is, what it says, how it fails, how little it imports."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from worker.cli import HOME_OF, build, once

ROOT = Path(__file__).resolve().parents[2]


def walk(command, path=()):
    """Every command with its words."""
    if subcommands := getattr(command, "commands", None):
        for name, sub in subcommands.items():
            yield from walk(sub, (*path, name))
    if path and (not subcommands or getattr(command, "invoke_without_command", False)):
        yield path, command


EVERYTHING = dict(walk(get_command(build())))


def run(*words, **env):
    code = "from worker.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/nowhere", **env},
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_every_command_is_found_by_importing_one_module():
    assert {path[0] for path in EVERYTHING} == set(HOME_OF)
    for name in HOME_OF:
        command = get_command(build([name]))
        assert name in getattr(command, "commands", {}), name


@pytest.mark.parametrize("path", EVERYTHING, ids=" ".join)
def test_every_help_says_what_it_does_with_an_example(path):
    command = EVERYTHING[path]
    assert command.help
    assert re.search(rf"Examples?: .*marsad .*{path[0]}", command.epilog or command.help, re.DOTALL), path


def test_a_fault_of_the_settings_is_one_line_and_code_two():
    done = run("config", MARSAD_WEB_PORT="http")
    assert done.returncode == 2
    assert done.stderr == "marsad: MARSAD_WEB_PORT: 'http' is not a whole number\n"
    assert done.stdout == ""


def test_an_unknown_command_is_refused_with_code_two():
    done = run("stauts")
    assert done.returncode == 2
    assert "stauts" in done.stderr


def test_the_version_is_told_without_a_command():
    assert run("--version").stdout.startswith("marsad ")


def test_settings_are_shown_as_people_and_programs_read_them():
    import json

    env = {"MARSAD_SLACK_WEBHOOK_URL": "https://hooks.example.org/canary"}
    assert "canary" not in run("config", **env).stdout
    assert json.loads(run("config", "--json", **env).stdout)["MARSAD_FRESH_HOURS"] == "48.0"


def test_a_strange_setting_is_reported_beside_the_answer():
    done = run("config", MARSAD_STRANGE_THING="1")
    assert done.returncode == 0
    assert "MARSAD_STRANGE_THING is not a setting" in done.stderr


def test_a_reader_that_goes_away_is_no_fault():
    done = subprocess.run(
        f"{sys.executable} -c 'from worker.cli import main; main()' config --docs | head -1",
        shell=True, cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("words", "heavy"),
    [
        (["config"], ("sqlalchemy", "celery", "aiohttp", "fastapi", "lxml", "sentry_sdk", "structlog")),
        (["up", "--help"], ("sqlalchemy", "celery", "aiohttp", "fastapi", "lxml", "structlog")),
    ],
)
def test_a_command_imports_only_what_it_needs(words, heavy):
    code = (
        "import sys\nfrom worker.cli import main\n"
        f"try: main({words!r})\nexcept SystemExit: pass\n"
        f"print('IMPORTED', [m for m in {heavy!r} if m in sys.modules])"
    )
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/nowhere"}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "IMPORTED []"


def test_the_shells_get_their_completion():
    done = run("--show-completion", "bash", _TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION="1")
    assert "marsad" in done.stdout, done.stderr


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--json",),
        ("--feeds", "list.opml", "--database=news.sqlite", "--through", "poll", "--json"),
        ("--allow", "127.0.0.0/8:*", "--allow=intranet.example:81", "--concurrency", "0"),
        ("--concurrency=500", "--feeds=a=b.txt"),
    ],
)
def test_a_plain_round_is_read_as_typer_would_read_it(words):
    command = get_command(build(["run-once"])).commands["run-once"]
    with command.make_context("run-once", list(words)) as context:
        assert once.read_options(words) == context.params


@pytest.mark.parametrize(
    "words",
    [("--help",), ("-h",), ("list.opml",), ("--feeds",), ("--feeds", "--json"), ("--json=yes",), ("--jso",),
     ("--concurrency", "-1"), ("--concurrency", "501"), ("--concurrency", "²"), ("--database=",)],
)  # fmt: skip
def test_whatever_is_not_plain_is_left_to_typer(words):
    assert once.read_options(words) is None


def test_a_round_without_a_change_imports_neither_typer_nor_the_query_compiler(tmp_path):
    feeds = tmp_path / "feeds.txt"
    feeds.write_text("# none yet\n")
    words = ["run-once", "--feeds", str(feeds), "--database", str(tmp_path / "n.sqlite"), "--through", "poll"]
    home = {"MARSAD_HOME": str(tmp_path)}
    assert run(*words, **home).returncode == 0  # makes the database, which takes the whole house
    heavy = "pydantic typer click rich sqlalchemy structlog feedparser numpy aiodns worker.domain.model"
    code = (
        "import sys; from worker.cli import main; main(sys.argv[1:]);"
        f"print(*sorted(set(sys.modules) & set({heavy.split()})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": "/nowhere", **home},
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout.splitlines()[1:] == [""]
