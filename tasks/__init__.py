"""Celery tasks: thin shells that claim a batch, call one service and ring the next bell."""
