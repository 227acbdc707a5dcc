"""The wheel: what is in it, and that `worker`, `tasks` and `config` are ours wherever it is used."""

import os
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ("worker", "tasks", "config")

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The wheel, built from a copy of the sources and unpacked as an installer would."""
    source, out = tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("wheel")
    names = subprocess.run(
        ["git", "-C", ROOT, "ls-files", *OURS, "pyproject.toml", "requirements.in", "README.md", "LICENSE"],
        capture_output=True, text=True, check=False,
    ).stdout.split("\n")  # fmt: skip
    if not any(names):
        pytest.skip("needs a git checkout")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (source / name).parent.mkdir(parents=True, exist_ok=True)
            (source / name).write_bytes((ROOT / name).read_bytes())
    if not (source / "README.md").exists():
        (source / "README.md").write_text("Marsad\n")
    code = f"from setuptools import build_meta as b; print(b.build_wheel({str(out)!r}))"
    built = subprocess.run(
        [sys.executable, "-c", code], cwd=source, capture_output=True, text=True, check=False
    )
    assert built.returncode == 0, built.stderr[-2000:]
    (wheel,) = out.glob("marsad-*.whl")
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


@pytest.fixture
def foreign(tmp_path):
    """A directory with packages of the same names, as any project might have."""
    for name in OURS:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f"raise SystemExit('the wrong {name}')\n")
    return tmp_path


def run(installed, foreign, *words, code="from worker.cli import main; main()"):
    """As the console script: its folder comes first on the path, not the working directory."""
    script = foreign / "bin" / "marsad"
    script.parent.mkdir(exist_ok=True)
    script.write_text(code)
    env = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(installed), "HOME": str(foreign),
        "MARSAD_HOME": str(foreign / "home"),
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, script, *words], env=env, cwd=foreign, capture_output=True, text=True, check=False
    )


def test_everything_the_service_reads_is_in_the_wheel(installed):
    for source in (
        *(ROOT / "config" / "data").rglob("*.*"),
        *(ROOT / "worker" / "storage" / "migrations").rglob("*.py"),
        *(ROOT / "worker" / "web" / "templates").rglob("*.html"),
        *(ROOT / "worker" / "web" / "static").rglob("*.*"),
    ):
        tracked = subprocess.run(
            ["git", "-C", ROOT, "ls-files", source], capture_output=True, text=True, check=True
        )
        if source.is_file() and tracked.stdout:
            assert (installed / source.relative_to(ROOT)).is_file(), source


def test_the_wheel_holds_our_three_packages_and_nothing_else(installed):
    assert {p.name for p in installed.iterdir() if not p.name.endswith(".dist-info")} == set(OURS)


def test_the_console_script_is_there(installed):
    points = ConfigParser()
    points.read(next(installed.glob("*.dist-info")) / "entry_points.txt")
    assert points["console_scripts"]["marsad"] == "worker.cli:main"


def test_commands_run_from_a_foreign_directory_with_our_packages(installed, foreign):
    done = run(installed, foreign, "migrate")
    assert done.returncode == 0, done.stderr
    done = run(installed, foreign, "status")
    assert done.returncode == 0, done.stderr
    code = "import worker.app, tasks.tick, config.settings as s; print(worker.__file__, tasks.__file__, s.__file__)"
    done = run(installed, foreign, code=code)
    assert done.returncode == 0, done.stderr
    assert all(path.startswith(str(installed)) for path in done.stdout.split())


def test_no_other_distribution_provides_our_names():
    for distribution in distributions():
        name = distribution.metadata["Name"]
        tops = {Path(str(file)).parts[0].removesuffix(".py") for file in distribution.files or ()}
        assert name == "marsad" or not tops & set(OURS), name
