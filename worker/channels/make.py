"""Makes the channels that the settings switch on. A channel without its settings does not exist."""

from __future__ import annotations

from typing import Protocol

from worker.ports import Channel


class ChannelSettings(Protocol):
    """The part of the settings that channels are made from."""

    @property
    def console(self) -> bool: ...  # noqa: D102
    @property
    def slack_webhook_url(self) -> str: ...  # noqa: D102
    @property
    def slack_bot_token(self) -> str: ...  # noqa: D102
    @property
    def slack_channel(self) -> str: ...  # noqa: D102
    @property
    def slack_api_url(self) -> str: ...  # noqa: D102
    @property
    def smtp_host(self) -> str: ...  # noqa: D102
    @property
    def smtp_port(self) -> int: ...  # noqa: D102
    @property
    def smtp_user(self) -> str: ...  # noqa: D102
    @property
    def smtp_password(self) -> str: ...  # noqa: D102
    @property
    def smtp_security(self) -> str: ...  # noqa: D102
    @property
    def mail_from(self) -> str: ...  # noqa: D102
    @property
    def mail_to(self) -> tuple[str, ...]: ...  # noqa: D102


def make_channels(settings: ChannelSettings) -> dict[str, Channel]:
    """Make every channel that is configured, by its name; imports a library only for one that is."""
    made: list[Channel] = []
    if settings.console:
        from worker.channels.console import ConsoleChannel  # noqa: PLC0415 - paid for only when used

        made.append(ConsoleChannel())
    if settings.slack_bot_token:
        from worker.channels.slack import SlackBot  # noqa: PLC0415

        made.append(SlackBot(settings.slack_bot_token, settings.slack_channel, settings.slack_api_url))
    elif settings.slack_webhook_url:
        from worker.channels.slack import SlackWebhook  # noqa: PLC0415

        made.append(SlackWebhook(settings.slack_webhook_url))
    if settings.smtp_host:
        from worker.channels.email import EmailChannel, check_address  # noqa: PLC0415

        made.append(
            EmailChannel(
                host=settings.smtp_host,
                sender=check_address(settings.mail_from, "MARSAD_MAIL_FROM"),
                to=tuple(check_address(to, "MARSAD_MAIL_TO") for to in settings.mail_to),
                port=settings.smtp_port,
                user=settings.smtp_user,
                password=settings.smtp_password,
                security=settings.smtp_security,
            )
        )
    return {channel.name: channel for channel in made}


CHANNEL_NAMES = ("console", "slack", "email", "webhook", "apprise", "pagerduty")
"""Every name that a watch may use; one that is not configured is passed over."""
