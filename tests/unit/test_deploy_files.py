"""The deployment files, checked by what can check them without a container engine."""

import copy
import re
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from compose_spec import PyCompose

from config.settings import documented, load
from worker.queues import QUEUE_OF, QUEUES_OF
from worker.up.processes import PROCFILE, parse
from worker.up.service import KILL_MARGIN_S

ROOT = Path(__file__).resolve().parents[2]
UNIT = ROOT / "deploy" / "systemd" / "marsad.service"
OURS = ("migrate", "web", "worker-poll", "worker-read", "worker-alert", "beat")
NAMES = {f.metadata["name"] for f in documented()}


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((ROOT / "docker-compose.yml").read_text())


def check(document):
    """Against the Compose specification; merges are resolved, extension fields stay."""
    flat = yaml.dump(document, Dumper=type("Flat", (yaml.SafeDumper,), {"ignore_aliases": lambda *_: True}))
    made = PyCompose.from_yaml(flat)
    for part in ("validate_networks", "validate_secrets", "validate_volumes"):
        getattr(made, part)()
    return made


def test_the_compose_file_follows_the_specification(compose):
    assert set(OURS) | {"redis", "postgres"} == set(check(compose).service_names())


@pytest.mark.parametrize("spoil", [{"prots": ["1:1"]}, {"secrets": ["nowhere"]}, {"networks": ["nowhere"]}])
def test_the_check_would_see_a_fault(compose, spoil):
    spoilt = copy.deepcopy(compose)
    spoilt["services"]["web"].update(spoil)
    with pytest.raises(Exception, match=next(iter(spoil)).rstrip("s") + "|unknown|nowhere"):
        check(spoilt)


def test_the_compose_file_runs_the_procfile_s_processes(compose):
    for name, line in parse(PROCFILE).items():
        assert ["exec", "marsad", *compose["services"][name]["command"]] == line.split()


@pytest.mark.parametrize("name", OURS)
def test_our_containers_can_do_no_more_than_they_must(compose, name):
    service = compose["services"][name]
    assert service["user"] == "10001:10001"
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["deploy"]["resources"]["limits"].keys() == {"cpus", "memory"}


def test_every_service_starts_again_and_has_time_to_stop(compose):
    defaults = load({"HOME": "/nowhere"})
    for name, service in compose["services"].items():
        assert service["restart"] == ("no" if name == "migrate" else "unless-stopped"), name
        if name in OURS:
            assert int(service["stop_grace_period"].rstrip("s")) > 2 * defaults.stop_s + KILL_MARGIN_S


def test_every_service_is_watched_or_says_that_it_is_not(compose):
    assert all("healthcheck" in service for service in compose["services"].values())


def test_the_server_keeps_what_it_has_and_evicts_nothing(compose):
    words = compose["services"]["redis"]["command"]
    assert words[words.index("--appendonly") + 1] == "yes"
    assert words[words.index("--maxmemory-policy") + 1] == "noeviction"


def test_the_compose_file_sets_only_settings_that_exist_and_no_secret_by_value(compose):
    for name in OURS:
        for key, value in compose["services"][name]["environment"].items():
            setting = key.removesuffix("_FILE") if key.removesuffix("_FILE") in NAMES else key
            assert setting in NAMES, key
            if key.endswith("_FILE"):
                assert value.removeprefix("/run/secrets/") in compose["services"][name]["secrets"]


def test_the_database_is_not_reachable_from_outside(compose):
    assert compose["networks"]["inside"]["internal"] is True
    for name in ("redis", "postgres"):
        assert compose["services"][name]["networks"] == ["inside"]
        assert "ports" not in compose["services"][name]
    assert all(port.startswith("127.0.0.1:") for port in compose["services"]["web"]["ports"])


def test_the_secrets_are_made_once_and_are_those_the_compose_file_reads(compose, tmp_path):
    shutil.copy(ROOT / "deploy" / "make-secrets", tmp_path)
    run = lambda: subprocess.run([tmp_path / "make-secrets"], check=True, capture_output=True, text=True)  # noqa: E731
    run()
    made = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(made) == set(compose["secrets"])
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    run()
    assert made == {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    env = {"HOME": "/x", "DATABASE_URL": made["database_url"]}
    assert made["postgres_password"] in load(env).database_url


def test_the_dockerfile_passes_the_linter():
    hadolint = Path(sys.executable).with_name("hadolint")
    done = subprocess.run([hadolint, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_image_holds_what_it_copies_and_runs_as_nobody_in_particular():
    text = (ROOT / "Dockerfile").read_text()
    ignored = (ROOT / ".dockerignore").read_text().splitlines()
    for source in re.findall(r"^COPY (?!--from)(\S+)", text, re.MULTILINE):
        assert (ROOT / source).exists()
        assert f"!{source}" in ignored
    assert re.search(r"^USER 10001", text, re.MULTILINE)
    assert "--require-hashes" in text
    assert "HEALTHCHECK" in text


@pytest.fixture
def unit(tmp_path):
    """The unit with a program that is there, since `verify` looks for it."""
    if not shutil.which("systemd-analyze"):
        pytest.skip("needs systemd-analyze")
    path = tmp_path / UNIT.name
    path.write_text(UNIT.read_text().replace("/opt/marsad/bin/marsad up", "/bin/true"))
    return path


def test_systemd_understands_the_unit(unit):
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", unit], capture_output=True, text=True, check=False
    )
    about_ours = [line for line in done.stderr.splitlines() if UNIT.name in line]
    assert (done.returncode, about_ours) == (0, [])


def test_systemd_finds_the_unit_little_exposed(unit):
    command = ["systemd-analyze", "security", "--offline=true", "--threshold=20", unit]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_the_unit_gives_the_supervisor_time_to_stop_all():
    stop_s = float(re.search(r"^TimeoutStopSec=(\d+)", UNIT.read_text(), re.MULTILINE)[1])
    assert stop_s > 2 * load({"HOME": "/nowhere"}).stop_s + KILL_MARGIN_S


def test_every_queue_has_a_worker_and_every_worker_a_process():
    served = [queue for queues in QUEUES_OF.values() for queue in queues]
    assert sorted(served) == sorted(set(QUEUE_OF.values()))
    assert {f"worker-{room}" for room in QUEUES_OF} <= set(parse(PROCFILE))
