"""Which bell rings in which queue, and who listens: known without importing Celery."""

QUEUE_OF = {
    "tick": "tick",
    "poll": "poll",
    "article": "article",
    "read": "read",
    "link": "link",
    "judge": "alert",
    "deliver": "deliver",
    "keep": "keep",
}
"""Task name without its prefix to queue."""

QUEUES_OF = {
    "poll": ("poll", "article"),
    "read": ("read", "link"),
    "alert": ("tick", "alert", "deliver", "keep"),
}
"""Worker process to the queues it serves."""
