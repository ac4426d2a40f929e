"""Settings, the WSGI application, and filling the tables: `python -m bench.peers.drf.wsgi PAGES`.

BENCH_DATABASE names the SQLite file; it is as durable as ours (WAL, synchronous FULL).
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application

settings.configure(
    DEBUG=False,
    SECRET_KEY="bench",
    ALLOWED_HOSTS=["127.0.0.1"],
    # The HTML pages are another site of the same tables (bench/reading.py).
    ROOT_URLCONF=os.environ.get("BENCH_URLS", "bench.peers.drf.views"),
    MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"] if "BENCH_URLS" in os.environ else [],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True}],
    INSTALLED_APPS=["rest_framework", "bench.peers.drf"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": os.environ["BENCH_DATABASE"],
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
                "transaction_mode": "IMMEDIATE",
            },
        }
    },
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    USE_TZ=True,
    TIME_ZONE="UTC",
    REST_FRAMEWORK={
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()
application = get_wsgi_application()


def fill(pages: dict[str, Any]) -> None:
    """Make the tables and copy what our own pages show."""
    from django.apps import apps
    from django.db import connection, transaction

    from bench.peers.drf import models

    with connection.schema_editor() as editor:
        for model in apps.get_app_config("drf").get_models():
            editor.create_model(model)
    page = pages["village"]
    with transaction.atomic():
        village = models.Village.objects.create(
            **page["division"],
            total=page["total"],
            year=page["year"],
            inquiries=page["inquiries"],
            inquiries_total=page["inquiries_total"],
            points=page["points"],
            beside={name: page[name] for name in BESIDE},
            changes_at=page["changes_at"],
        )
        for key, each in pages["categories"].items():
            models.Category.objects.create(
                key=key, name_zh=each["name"]["zh"], name_en=each["name"]["en"],
                icon=each["icon"], publisher=each["publisher"], wording=each["wording"],
            )  # fmt: skip
        for card in page["latest"]:
            _disclosure(models, village, card, pages["disclosures"][card["disclosure_id"]])
        for each in page["missing"]:
            rule = each.pop("rule")
            each["category_id"] = each.pop("category")
            models.Missing.objects.create(
                village=village, rule_zh=rule["zh"], rule_en=rule["en"], **each
            )
        for each in page["boards"]:
            each.pop("title")
            models.Board.objects.create(village=village, **each)


BESIDE = ("site_notices", "lifted", "phones", "visits", "groups")


def _disclosure(models: Any, village: Any, card: dict[str, Any], detail: dict[str, Any]) -> None:
    sheet = detail.pop("sheet")
    rows = [(number, section.pop("rows")) for number, section in enumerate(sheet["sections"])
            if section["kind"] == "sum"]  # fmt: skip
    # A column for each field that the peer knows; one that it does not know shows as a difference.
    columns = {field.attname for field in models.Disclosure._meta.fields}
    not_plain = ("disclosure_id", "category")
    plain = {k: v for k, v in card.items() if k in columns and k not in not_plain}
    rest = {name: value for name, value in detail.items() if name not in ("card", "division")}
    made = models.Disclosure.objects.create(
        id=card["disclosure_id"], village=village, category_id=card["category"],
        period_zh=card["period_label"]["zh"], period_en=card["period_label"]["en"],
        sheet=sheet, rest=rest, **plain,
    )  # fmt: skip
    for each in card["figures"]:
        models.Figure.objects.create(
            disclosure=made, label_zh=each["label"]["zh"], label_en=each["label"]["en"],
            amount=each["amount"],
        )  # fmt: skip
    for number, lines in rows:
        for line in lines:
            entries = line.pop("entries")
            row = models.Row.objects.create(
                disclosure=made, section=number, line=line.pop("id"), **line
            )
            models.Entry.objects.bulk_create(models.Entry(row=row, **entry) for entry in entries)


if __name__ == "__main__":
    fill(json.loads(Path(sys.argv[1]).read_text("utf-8")))
