"""A story that changes while its first message is on its way is not told twice."""

from dataclasses import replace

from worker.domain.alerting.sending import as_update
from worker.domain.model import Message, Severity

TOLD = Message(
    kind="alert",
    severity=Severity.HIGH,
    headline="Missile hits Baghdad International Airport",
    place="Baghdad International Airport, Baghdad",
    toll="nobody killed or wounded",
    corroboration="single source, not confirmed",
)


def test_a_second_first_message_becomes_an_update_that_says_what_is_different():
    later = replace(TOLD, severity=Severity.CRITICAL, toll="2 killed")
    update = as_update(TOLD, later)
    assert update.kind == "update"
    assert update.changed == (
        "severity: critical, before high",
        "toll: 2 killed, before nobody killed or wounded",
    )
    assert update.headline == later.headline


def test_a_second_first_message_that_adds_nothing_is_not_sent():
    assert as_update(TOLD, replace(TOLD, headline="A missile hits the airport")) is None


def test_a_field_that_nobody_states_any_more_is_no_news():
    assert as_update(TOLD, replace(TOLD, toll="")) is None
