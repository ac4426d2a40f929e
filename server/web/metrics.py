"""Gauges for whoever watches over the machine, in the text format of Prometheus; for those with the token alone."""

from __future__ import annotations

import hmac

from server import problems
from server.commands.measure_compliance import GAUGES, Gauges, decoded
from server.storage import deliveries, installation
from server.web.asking import Answer, Ask

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


async def get_metrics(ask: Ask) -> Answer:
    """What is overdue, what is due with nothing on its way, which tallies differed, which messages wait."""
    token = ask.house.settings.metrics_token
    sent = ask.request.headers.get("authorization", "").removeprefix("Bearer ")
    if not token or not hmac.compare_digest(token.encode(), sent.encode()):
        raise problems.not_found()
    found = decoded(await installation.get(ask.db, GAUGES))
    lines = [
        *_lines(found),
        *_gauge(
            "messages_held",
            "messages that our own settings hold back",
            await deliveries.held(ask.db),
        ),
    ]
    return Answer("\n".join(lines) + "\n", media_type=MEDIA_TYPE)


def _lines(found: Gauges | None) -> list[str]:
    """Return the lines of what the background work measured last; none before it did."""
    if found is None:
        return []
    return [
        *_gauge(
            "obligations_overdue", "due in this year or the last, and not published", found.overdue
        ),
        *_gauge(
            "obligations_due_unscheduled",
            "overdue, or due within a working day, and nothing on its way",
            found.unscheduled,
        ),
        *_gauge(
            "tallies_differing",
            "cells that differed from judging anew in the last night",
            found.differing,
        ),
        *_gauge(
            "compliance_measured_timestamp_seconds",
            "when the numbers above were counted",
            found.measured_at,
        ),
    ]


def _gauge(name: str, words: str, value: int) -> list[str]:
    return [
        f"# HELP gongshilan_{name} {words}",
        f"# TYPE gongshilan_{name} gauge",
        f"gongshilan_{name} {value}",
    ]
