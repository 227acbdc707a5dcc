"""What the documentation says is so: commands, settings, and the examples that can be run."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command

from config.settings import documented
from worker.cli import _reference, build

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")])
APP = get_command(build())
COMMANDS = dict(_reference.commands(APP))
SETTINGS = {f.metadata["name"] for f in documented()}
ELSEWHERE = {"MARSAD_FRESH_HORS"}
"""Misspelled on purpose, where the page shows what happens then."""

CODE = re.compile(r"```(?:sh|console|bash)?\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def test_the_page_of_commands_is_what_the_commands_say():
    assert (ROOT / "docs" / "commands.md").read_text() == _reference.markdown(), "run `make reference`"


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_setting_that_a_page_names_exists(page):
    named = set(re.findall(r"\bMARSAD_[A-Z][A-Z_]*[A-Z]\b(?!…|_…|\*)", page.read_text()))
    unknown = {n for n in named - SETTINGS - ELSEWHERE if n.removesuffix("_FILE") not in SETTINGS}
    assert unknown == set()


def written(page):
    """The `marsad …` command lines of a page, each as words."""
    for block, inline in CODE.findall(page.read_text()):
        for line in (block or inline).splitlines():
            found = re.match(r"^(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\S*/bin/)?marsad ([a-z-].*)$", line.strip())
            if found:
                try:
                    yield shlex.split(found[1], comments=True)
                except ValueError:
                    continue


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_command_and_option_that_a_page_shows_exists(page):
    for words in written(page):
        command, rest = APP, list(words)
        while rest and rest[0] in getattr(command, "commands", {}):
            command = command.commands[rest.pop(0)]
        assert command is not APP or words[0].startswith("-"), f"there is no `marsad {words[0]}`"
        known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)} | {
            "--help",
            "-h",
            "--version",
        }
        used = {word.partition("=")[0] for word in rest if re.match(r"--?[a-z]", word)}
        assert used <= known, words


EXAMPLES = [
    shlex.split(line.rpartition("marsad ")[2])
    for command in COMMANDS.values()
    if (line := (command.epilog or "").partition(": ")[2]) and not re.search(r"[<>|]|   ", line)
]


@pytest.mark.parametrize("words", EXAMPLES, ids=" ".join)
def test_every_example_of_a_help_names_an_existing_command_with_existing_options(words):
    command = APP
    while words and words[0] in getattr(command, "commands", {}):
        command, words = command.commands[words[0]], words[1:]
    known = {name for p in command.params for name in (*p.opts, *p.secondary_opts)}
    assert command is not APP
    assert {w.partition("=")[0] for w in words if re.match(r"--[a-z]", w)} <= known


RUN = (
    ["migrate"],
    ["config"],
    ["config", "--json"],
    ["config", "--example"],
    ["status"],
    ["status", "--json"],
    ["prune", "--dry-run"],
    ["prune"],
    ["backup"],
    ["reanalyse", "--since", "7d"],
    ["alerts"],
    ["stories", "--since", "24h"],
    ["deliveries", "list", "--state", "dead"],
    ["feeds", "list", "--status", "failing"],
    ["watch", "list"],
    ["channels", "list"],
)


def marsad(home, *words):
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": str(home), "MARSAD_HOME": str(home)}
    code = f"from worker.cli import main; main({list(words)!r})"
    return subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A new home with its database made, so that no command needs another one before it."""
    made = tmp_path_factory.mktemp("home")
    assert marsad(made, "migrate").returncode == 0
    return made


@pytest.mark.parametrize("words", RUN, ids=" ".join)
def test_the_harmless_commands_of_the_pages_work_on_a_new_home(words, home):
    done = marsad(home, *words)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
