"""Settings: what is accepted, what is refused and in which words, and what is never shown."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config import reference
from config.settings import documented, load, secrets, shown
from worker.errors import ConfigError

ROOT = Path(__file__).resolve().parents[2]
HOME = {"HOME": "/home/analyst"}
SECRET_NAMES = [f.metadata["name"] for f in documented() if f.metadata["secret"]]


def test_nothing_needs_to_be_set():
    settings = load(HOME)
    assert settings.redis_url == ""
    assert settings.database_url.startswith("sqlite:///")
    assert settings.database_url.endswith("marsad/marsad.sqlite")
    assert settings.fresh_hours == 48
    assert settings.warnings == ()


def test_the_home_decides_where_the_database_lies(tmp_path):
    settings = load({"MARSAD_HOME": str(tmp_path)})
    assert settings.home == tmp_path
    assert settings.database_url == f"sqlite:///{tmp_path}/marsad.sqlite"


def test_an_overlay_in_the_home_is_found(tmp_path):
    assert load({"MARSAD_HOME": str(tmp_path)}).overlay_dir is None
    (tmp_path / "overlay").mkdir()
    assert load({"MARSAD_HOME": str(tmp_path)}).overlay_dir == tmp_path / "overlay"


def test_a_relative_database_file_is_made_absolute_for_processes_that_work_elsewhere():
    assert (
        load({**HOME, "DATABASE_URL": "sqlite:///news.sqlite"}).database_url
        == f"sqlite:///{Path.cwd()}/news.sqlite"
    )
    assert (
        load({**HOME, "DATABASE_URL": "sqlite:////var/news.sqlite"}).database_url
        == "sqlite:////var/news.sqlite"
    )


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_the_addresses_that_platforms_hand_out_get_our_driver(scheme):
    url = load({**HOME, "DATABASE_URL": f"{scheme}://u:p@db:5432/marsad"}).database_url
    assert url == "postgresql+psycopg://u:p@db:5432/marsad"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MARSAD_WEB_PORT", "tcp://10.0.0.1:80", "'tcp://10.0.0.1:80' is not a whole number"),
        ("MARSAD_WEB_PORT", "70000", "not between 0 and 65535"),
        ("MARSAD_FRESH_HOURS", "nan", "not between"),
        ("MARSAD_FRESH_HOURS", "two", "not a number"),
        ("MARSAD_CONSOLE", "perhaps", "not 1 or 0"),
        ("MARSAD_LOG_FORMAT", "xml", "not one of auto, people, json"),
        ("REDIS_URL", "127.0.0.1:6379", "begins with redis:// or rediss:// or unix://"),
        ("REDIS_URL", "redis://", "with a host name"),
        ("DATABASE_URL", "mysql://x/y", "begins with sqlite://"),
        ("MARSAD_PUBLIC_URL", "http://[::1", "not an address"),
        ("MARSAD_ALLOW_ADDRESSES", "10.0.0.0/8", "a host or range with a port"),
        ("MARSAD_ALLOW_ADDRESSES", "10.0.0.0/99:80", "a host or range with a port"),
        ("MARSAD_SMTP_HOST", "smtp.example.org", "MARSAD_MAIL_FROM is not"),
        ("MARSAD_SLACK_BOT_TOKEN", "xoxb-1", "MARSAD_SLACK_CHANNEL is not"),
        ("MARSAD_WEBSUB", "1", "MARSAD_PUBLIC_URL is not"),
        ("MARSAD_POLL_MIN_SECONDS", "86400", None),
    ],
)
def test_a_wrong_value_gets_one_line_that_names_it_and_the_remedy(name, value, words):
    if words is None:
        with pytest.raises(ConfigError, match=r"MARSAD_POLL_MIN_SECONDS: .* swap them"):
            load({**HOME, name: value, "MARSAD_POLL_MAX_SECONDS": "60"})
        return
    with pytest.raises(ConfigError) as caught:
        load({**HOME, name: value})
    line = str(caught.value)
    assert line.startswith(f"{name}: ")
    assert words in line
    assert "\n" not in line
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("MARSAD_FRESH_HORS", "MARSAD_FRESH_HOURS"),
        ("MARSAD_SLACK_WEBHOK_URL", "MARSAD_SLACK_WEBHOOK_URL"),
        ("MARSAD_REDIS_URL", "REDIS_URL"),
        ("MARSAD_SENTRY_DSN", "SENTRY_DSN"),
    ],
)
def test_a_misspelled_name_is_refused_with_the_right_one(wrong, right):
    with pytest.raises(ConfigError, match=f"{wrong}: there is no such setting — did you mean {right}?"):
        load({**HOME, wrong: "1"})


def test_a_strange_name_is_reported_and_not_fatal():
    """Kubernetes puts names such as this one into every container beside a service called `marsad`."""
    settings = load({**HOME, "MARSAD_PORT_8642_TCP_PROTO": "tcp"})
    assert "MARSAD_PORT_8642_TCP_PROTO is not a setting" in settings.warnings[0]


def test_a_value_may_come_from_a_file(tmp_path):
    (tmp_path / "password").write_text("geheim\n")
    env = {**HOME, "MARSAD_SMTP_PASSWORD_FILE": str(tmp_path / "password"), "MARSAD_SMTP_USER": "me"}
    assert load(env).smtp_password == "geheim"
    with pytest.raises(ConfigError, match="both set"):
        load({**env, "MARSAD_SMTP_PASSWORD": "x"})
    with pytest.raises(ConfigError, match=r"MARSAD_SMTP_PASSWORD_FILE: .* cannot be read"):
        load({**env, "MARSAD_SMTP_PASSWORD_FILE": str(tmp_path / "nothing")})


def test_lists_are_split_and_their_blanks_dropped():
    env = {
        "MARSAD_MAIL_TO": " a@example.org , b@example.org,",
        "MARSAD_SMTP_HOST": "h",
        "MARSAD_MAIL_FROM": "f",
    }
    assert load({**HOME, **env}).mail_to == ("a@example.org", "b@example.org")
    apprise = load({**HOME, "MARSAD_APPRISE_URLS": "ntfy://a/b,c\nmailto://d"}).apprise_urls
    assert apprise == ("ntfy://a/b,c", "mailto://d")


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=40))
def test_no_value_makes_anything_but_a_clear_refusal(text):
    lines = []
    for f in documented():
        try:
            load({**HOME, f.metadata["name"]: text})
        except ConfigError as error:
            lines.append(str(error))
    assert lines
    assert not any("\n" in line for line in lines)


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_a_secret_is_shown_by_nothing_that_shows_settings(name):
    canary = "canary-0123456789-0123456789-0123456789"
    value = f"https://{canary}.example/{canary}" if "URL" in name or "DSN" in name else canary
    extra = {
        "MARSAD_SMTP_PASSWORD": {"MARSAD_SMTP_USER": "u"},
        "MARSAD_SLACK_BOT_TOKEN": {"MARSAD_SLACK_CHANNEL": "#c"},
    }.get(name, {})
    settings = load({**HOME, **extra, name: value})
    assert canary not in repr(settings)
    assert canary not in str(shown(settings))
    assert any(canary in secret for secret in secrets(settings))


def test_a_wrong_secret_is_not_repeated_in_the_refusal():
    with pytest.raises(ConfigError) as caught:
        load({**HOME, "MARSAD_SLACK_WEBHOOK_URL": "canary-without-scheme"})
    assert "canary" not in str(caught.value)


def test_passwords_inside_addresses_are_masked_and_known_as_secrets():
    settings = load(
        {
            **HOME,
            "DATABASE_URL": "postgresql://marsad:pw-canary@db/marsad",
            "REDIS_URL": "redis://:rw-canary@r/0",
        }
    )
    assert "canary" not in repr(settings)
    assert set(secrets(settings)) == {"pw-canary", "rw-canary"}


def test_every_setting_is_documented_with_a_sentence():
    for f in documented():
        assert f.metadata["help"].rstrip("`").endswith("."), f.name


def test_the_example_file_lists_every_setting_as_it_is_now():
    assert (ROOT / ".env.example").read_text() == reference.env_example(), "run `make reference`"


def test_every_example_is_accepted():
    env = {f.metadata["name"]: f.metadata["example"] for f in documented() if f.metadata["example"]}
    assert load({**HOME, **env}).smtp_host == "smtp.example.org"


def test_the_documentation_shows_the_settings_as_they_are_now():
    assert (ROOT / "docs" / "settings.md").read_text() == reference.markdown(), "run `make reference`"


def test_settings_are_read_without_heavy_libraries():
    """Every command waits for this import."""
    code = "import sys, config.settings; print([m for m in ('pydantic', 'msgspec', 'yaml', 'celery', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"
