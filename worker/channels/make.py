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
    @property
    def webhook_url(self) -> str: ...  # noqa: D102
    @property
    def webhook_secret(self) -> str: ...  # noqa: D102
    @property
    def apprise_urls(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def pagerduty_key(self) -> str: ...  # noqa: D102


def make_channels(settings: ChannelSettings) -> dict[str, Channel]:
    """Make every channel that is configured, by its name; imports a library only for one that is."""
    made = [maker(settings) for maker in (_console, _slack, _email, _webhook, _apprise, _pagerduty)]
    return {channel.name: channel for channel in made if channel is not None}


def _console(settings: ChannelSettings) -> Channel | None:
    if not settings.console:
        return None
    from worker.channels.console import ConsoleChannel  # noqa: PLC0415 - paid for only when used

    return ConsoleChannel()


def _slack(settings: ChannelSettings) -> Channel | None:
    if not settings.slack_bot_token and not settings.slack_webhook_url:
        return None
    from worker.channels.slack import SlackBot, SlackWebhook  # noqa: PLC0415

    if settings.slack_bot_token:
        return SlackBot(settings.slack_bot_token, settings.slack_channel, settings.slack_api_url)
    return SlackWebhook(settings.slack_webhook_url)


def _email(settings: ChannelSettings) -> Channel | None:
    if not settings.smtp_host:
        return None
    from worker.channels.email import EmailChannel, check_address  # noqa: PLC0415

    return EmailChannel(
        host=settings.smtp_host,
        sender=check_address(settings.mail_from, "MARSAD_MAIL_FROM"),
        to=tuple(check_address(to, "MARSAD_MAIL_TO") for to in settings.mail_to),
        port=settings.smtp_port,
        user=settings.smtp_user,
        password=settings.smtp_password,
        security=settings.smtp_security,
    )


def _webhook(settings: ChannelSettings) -> Channel | None:
    if not settings.webhook_url:
        return None
    from worker.channels.webhook import WebhookChannel  # noqa: PLC0415

    return WebhookChannel(settings.webhook_url, settings.webhook_secret)


def _apprise(settings: ChannelSettings) -> Channel | None:
    if not settings.apprise_urls:
        return None
    from worker.channels.byapprise import AppriseChannel  # noqa: PLC0415

    return AppriseChannel(settings.apprise_urls)


def _pagerduty(settings: ChannelSettings) -> Channel | None:
    if not settings.pagerduty_key:
        return None
    from worker.channels.pagerduty import PagerDutyChannel  # noqa: PLC0415

    return PagerDutyChannel(settings.pagerduty_key)


CHANNEL_NAMES = ("console", "slack", "email", "webhook", "apprise", "pagerduty")
"""Every name that a watch may use; one that is not configured is passed over."""
