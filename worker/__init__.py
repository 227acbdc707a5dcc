"""Marsad's working parts: domain, services, adapters and the Celery application."""

__version__ = "0.1.0"
