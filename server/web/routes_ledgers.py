"""The part of the list for a township's ledgers: reading one, importing it whole, and what was imported."""

from __future__ import annotations

from server.problems import Say
from server.queries.ledger_imports import ImportedLedgers, LedgerChoices
from server.web import ledgers, list_files
from server.web.asking import Endpoint
from server.web.listing import ListPageQuery, ListQuery

API = "/api/v1/ledgers"
TAG = "ledgers"
FILE = ("not-allowed", "unknown-category", "unknown-division", "spreadsheet-not-xlsx", "spreadsheet-encrypted",
        "spreadsheet-damaged", "spreadsheet-unsafe", "spreadsheet-has-personal-numbers")  # fmt: skip

LEDGERS: list[Endpoint] = [
    Endpoint(method="GET", path=API, handler=ledgers.get_imports, who="see_ledgers",
             summary=Say("导入过的台账", "The ledgers that were imported"), query=ListPageQuery,
             answer=ImportedLedgers, tag=TAG),
    Endpoint(method="GET", path=f"{API}.csv", handler=list_files.get_ledgers_csv, who="see_ledgers",
             summary=Say("导入过的台账（CSV）", "The same as CSV"), query=ListQuery,
             media_type="text/csv", tag=TAG, raises=("parameter-not-valid",)),
    Endpoint(method="GET", path=f"{API}/choices", handler=ledgers.get_ledger_choices, who="import_ledgers",
             summary=Say("可以导入哪些台账", "Of what a ledger can be imported"), answer=LedgerChoices, tag=TAG),
    Endpoint(method="POST", path=f"{API}/preview", handler=ledgers.preview_ledger, who="import_ledgers",
             summary=Say("读一份台账，不保存", "Read a ledger and say what it would do, store nothing"), body=bytes,
             raw="spreadsheet", query=ledgers.LedgerQuery, answer=ledgers.LedgerPreview, tag=TAG, transaction=False,
             raises=FILE),
    Endpoint(method="POST", path=API, handler=ledgers.load_ledger, who="import_ledgers",
             summary=Say("整份导入一份台账", "Import a ledger, whole"), body=bytes, raw="spreadsheet",
             query=ledgers.LedgerQuery, answer=ledgers.LedgerLoaded, tag=TAG, transaction=False,
             raises=(*FILE, "ledger-has-findings", "ledger-not-matched", "content-has-errors")),
]  # fmt: skip
