"""Logs: one JSON object a line, without personal data (web/endpoint.py decides what is said)."""

from __future__ import annotations

import logging

import structlog


def set_up_logs(level: str) -> None:
    """Send structlog and the libraries' logs to the terminal from this level on."""
    number = logging.getLevelNamesMapping()[level.upper()]
    logging.basicConfig(
        level=max(number, logging.WARNING), format="%(levelname)s %(name)s %(message)s"
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        cache_logger_on_first_use=True,
    )
