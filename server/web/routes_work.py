"""The part of the list for people at work: posting, reviewing, watching, recording."""

from __future__ import annotations

from server.external.spreadsheets import MEDIA_TYPE as XLSX
from server.problems import Say
from server.queries.compliance_evidence import Evidence
from server.queries.compliance_matrix import Matrix
from server.queries.form_context import FormContext
from server.queries.spreadsheet_content import SpreadsheetContent
from server.queries.submissions import SubmissionList, SubmissionPage
from server.queries.tasks_of_accountant import Tasks
from server.web import (
    categories,
    commitments,
    compliance,
    disclosures,
    photos,
    spreadsheets,
    submissions,
    tasks,
    township,
)
from server.web.asking import ANYONE, SIGNED_IN, Endpoint

API = "/api/v1"

CONTENT = ("schema-errors", "content-has-errors", "unknown-category", "unknown-period", "unknown-schema-version",
           "not-allowed")  # fmt: skip

WORK: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/tasks", handler=tasks.list_tasks, who="see_tasks",
             summary=Say("我该公开的", "What I owe"), answer=Tasks, tag="posting"),
    Endpoint(method="GET", path=f"{API}/forms/{{category}}", handler=categories.get_form, who=SIGNED_IN,
             summary=Say("打开一张表，带上期数字", "Open a form with what the last period left"),
             query=categories.FormQuery, answer=FormContext, tag="posting",
             raises=("unknown-category", "unknown-period", "unknown-division", "not-allowed")),
    Endpoint(method="PUT", path=f"{API}/photos/{{sha256}}", handler=photos.put_photo, who="store_photo",
             summary=Say("上传照片", "Send a photo under its hash"), body=bytes, query=photos.PhotoQuery,
             answer=photos.PhotoAnswer, status=201, tag="photos", transaction=False,
             raises=("hash-mismatch", "photo-not-image", "photo-is-pdf", "photo-too-large", "photo-too-many-pixels",
                     "photo-truncated")),
    Endpoint(method="POST", path=f"{API}/spreadsheets", handler=spreadsheets.read_spreadsheet, who=SIGNED_IN,
             summary=Say("读一份表格，不保存", "Read a spreadsheet for a form, store nothing"), body=bytes,
             raw="spreadsheet", query=spreadsheets.SpreadsheetQuery, answer=SpreadsheetContent, tag="posting",
             transaction=False,
             raises=("unknown-category", "not-allowed", "spreadsheet-not-xlsx", "spreadsheet-encrypted",
                     "spreadsheet-damaged", "spreadsheet-unsafe", "spreadsheet-has-personal-numbers",
                     "template-of-other-category", "cells-not-read")),
    Endpoint(method="POST", path=f"{API}/checks", handler=submissions.check, who=SIGNED_IN,
             summary=Say("试算，不保存", "Check content, store nothing"), body=submissions.CheckBody,
             answer=submissions.CheckAnswer, tag="posting", transaction=False,
             raises=(*CONTENT, "event-day-needed")),
    Endpoint(method="PUT", path=f"{API}/commitments/{{id}}", handler=commitments.put_commitment, who=SIGNED_IN,
             summary=Say("先登记，内容和照片随后送到", "Register a posting before its content and photos"),
             body=commitments.CommitmentBody, answer=commitments.CommitmentReceipt, status=201, tag="posting",
             raises=("not-allowed", "unknown-category", "unknown-period", "unknown-schema-version", "period-not-over",
                     "event-day-needed", "unknown-occurrence", "unknown-division", "already-in-review",
                     "same-id-other-content", "too-many-commitments")),
    Endpoint(method="GET", path=f"{API}/commitments/{{id}}", handler=commitments.get_commitment, who=SIGNED_IN,
             summary=Say("我登记的一件，现在怎样", "What became of a posting I registered"),
             answer=commitments.CommitmentStanding, tag="posting"),
    Endpoint(method="GET", path=f"{API}/receipt-key", handler=commitments.receipt_key, who=ANYONE,
             summary=Say("验证回执的公钥", "The public key of receipts"), answer=commitments.ReceiptKey, tag="posting",
             conditional=True),
    Endpoint(method="POST", path=f"{API}/submissions", handler=submissions.post_submission, who=SIGNED_IN,
             summary=Say("提交一项公开", "Post a disclosure"), body=submissions.SubmissionBody,
             answer=submissions.Receipt, status=201, tag="posting",
             raises=(*CONTENT, "same-id-other-content", "already-in-review", "reason-needed", "unknown-photo",
                     "period-not-over", "event-day-needed", "unknown-occurrence", "unknown-division",
                     "publish-moment-needed")),
    Endpoint(method="GET", path=f"{API}/submissions", handler=submissions.list_submissions, who="see_submissions",
             summary=Say("辖区内的报送", "Submissions of my area"), query=submissions.SubmissionQuery,
             answer=SubmissionList, tag="review"),
    Endpoint(method="GET", path=f"{API}/submissions/{{id}}", handler=submissions.get_submission,
             who="see_submissions", summary=Say("一份报送", "One submission"), answer=SubmissionPage, tag="review",
             raises=("not-found",)),
    Endpoint(method="POST", path=f"{API}/submissions/{{id}}/review", handler=submissions.review, who=SIGNED_IN,
             summary=Say("审议：同意或退回", "Review: approve or return"), body=submissions.ReviewBody,
             answer=submissions.ReviewAnswer, tag="review", if_match=True,
             raises=("not-found", "own-work", "already-decided", "edited-meanwhile", "points-not-met", "overrides-not-confirmed",
                     "reason-needed", "content-has-errors", "not-allowed", "same-id-other-content")),
    Endpoint(method="POST", path=f"{API}/disclosures/{{id}}/withdrawal", handler=disclosures.withdraw,
             who=SIGNED_IN, summary=Say("撤下一项公开，公布理由", "Withdraw a disclosure and publish why"),
             body=disclosures.WithdrawalBody, answer=disclosures.WithdrawalAnswer, tag="posting",
             raises=("not-found", "reason-needed", "content-has-errors", "same-id-other-content",
                     "nothing-to-withdraw", "edited-meanwhile", "not-allowed")),
    Endpoint(method="GET", path=f"{API}/compliance", handler=compliance.get_matrix, who="see_matrix",
             summary=Say("应公开对照表", "The compliance matrix"), query=compliance.MatrixQuery, answer=Matrix,
             tag="compliance", raises=("not-found", "too-many-villages")),
    Endpoint(method="GET", path=f"{API}/compliance.csv", handler=compliance.get_matrix_csv, who="see_matrix",
             summary=Say("对照表 CSV", "The matrix as CSV"), query=compliance.MatrixQuery, tag="compliance",
             media_type="text/csv", raises=("not-found", "too-many-villages")),
    Endpoint(method="GET", path=f"{API}/compliance.xlsx", handler=compliance.get_matrix_xlsx, who="see_matrix",
             summary=Say("对照表 XLSX", "The matrix as a workbook"), query=compliance.MatrixQuery, tag="compliance",
             media_type=XLSX, raises=("not-found", "too-many-villages")),
    Endpoint(method="GET", path=f"{API}/compliance/evidence", handler=compliance.get_evidence, who="see_matrix",
             summary=Say("一格的证据", "The evidence behind a cell"), query=compliance.EvidenceQuery,
             answer=Evidence, tag="compliance", raises=("not-found",)),
    Endpoint(method="POST", path=f"{API}/occurrences", handler=township.post_occurrence, who="record_occurrence",
             summary=Say("登记事项", "Record an occurrence"), body=township.OccurrenceBody,
             answer=township.Recorded, status=201, tag="compliance",
             raises=("unknown-category", "unknown-division", "period-not-over", "reason-needed",
                     "content-has-errors", "same-id-other-content")),
    Endpoint(method="POST", path=f"{API}/exemptions", handler=township.post_exemption, who="grant_exemption",
             summary=Say("记免公开", "Grant an exemption"), body=township.ExemptionBody, answer=township.Recorded,
             status=201, tag="compliance",
             raises=("unknown-category", "unknown-division", "reason-needed", "content-has-errors",
                     "same-id-other-content")),
]  # fmt: skip
