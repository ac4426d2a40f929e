"""The part of the list for the desk: taking up what was asked, referring it, its slips and its figures; and how it was received."""

from __future__ import annotations

from server.problems import Say
from server.queries.contact_looks import ContactLooks
from server.queries.follow_inquiry import FollowedInquiry
from server.queries.inquiry_desk import DeskPage
from server.queries.inquiry_figures import InquiryFigures
from server.web import (
    inquiry_figures,
    inquiry_handling,
    inquiry_slips,
    list_files,
    reading,
    satisfaction,
    short_lists,
)
from server.web.asking import ANYONE, Endpoint
from server.web.listing import ListQuery

API = "/api/v1"
ONE = f"{API}/desk/inquiries/{{id}}"
TAG = "inquiries"
DECIDED = ("already-decided", "edited-meanwhile")
SAID = (*DECIDED, "content-has-errors", "reason-needed")

DESK: list[Endpoint] = [
    Endpoint(method="GET", path=f"{API}/desk/inquiries.csv", handler=list_files.get_desk_csv, who="see_inquiries",
             summary=Say("要办的提问（CSV）", "What was asked, as CSV"), query=ListQuery, media_type="text/csv", tag=TAG,
             raises=("parameter-not-valid",)),
    Endpoint(method="POST", path=f"{ONE}/acceptance", handler=inquiry_handling.accept, who="handle_inquiry",
             summary=Say("受理并归类", "Take it up as what it is"), body=inquiry_handling.ClassificationBody,
             answer=DeskPage, tag=TAG, if_match=True, raises=(*DECIDED, "classification-not-possible")),
    Endpoint(method="PUT", path=f"{ONE}/classification", handler=inquiry_handling.classify, who="handle_inquiry",
             summary=Say("改归类", "Say anew what it is"), body=inquiry_handling.ClassificationBody,
             answer=DeskPage, tag=TAG, if_match=True, raises=(*DECIDED, "classification-not-possible")),
    Endpoint(method="POST", path=f"{ONE}/refusal", handler=inquiry_handling.refuse, who="handle_inquiry",
             summary=Say("不予受理，写明理由和去处", "Do not take it up, and say where to turn"),
             body=inquiry_handling.NotTakenUpBody, answer=DeskPage, tag=TAG, if_match=True,
             raises=(*SAID, "ground-unknown", "refusal-not-possible")),
    Endpoint(method="POST", path=f"{ONE}/referrals", handler=inquiry_handling.refer, who="handle_inquiry",
             summary=Say("转办", "Hand it to an office until a day"), body=inquiry_handling.ReferralBody,
             answer=DeskPage, tag=TAG, if_match=True,
             raises=(*SAID, "referral-not-possible", "same-id-other-content")),
    Endpoint(method="POST", path=f"{ONE}/referrals/end", handler=inquiry_handling.end, who="report_on_inquiry",
             summary=Say("填写核实情况，或者收回转办", "Say what the office found, or take it back"),
             body=inquiry_handling.ReferralEndBody, status=204, tag=TAG, if_match=True,
             raises=(*SAID, "referral-not-possible")),
    Endpoint(method="POST", path=f"{ONE}/extension", handler=inquiry_handling.extend, who="handle_inquiry",
             summary=Say("延长答复期限，只能一次", "Put the answer off, once"), body=inquiry_handling.ExtensionBody,
             answer=DeskPage, tag=TAG, if_match=True, raises=(*SAID, "extension-not-possible")),
    Endpoint(method="POST", path=f"{ONE}/contact", handler=inquiry_handling.contact, who="see_inquiries",
             summary=Say("查看联系方式（每次都有记录）", "Look at the contact; every look is on record"),
             answer=inquiry_handling.Contact, tag=TAG),
    Endpoint(method="GET", path=f"{API}/desk/contact-looks", handler=inquiry_handling.looks, who="see_contact_looks",
             summary=Say("谁看过提问人的联系方式", "Who looked at a contact, and when"), answer=ContactLooks, tag=TAG),
    Endpoint(method="GET", path=f"{API}/desk/contact-looks.csv", handler=short_lists.get_looks_csv,
             who="see_contact_looks", summary=Say("谁看过提问人的联系方式（CSV）", "The same as CSV"),
             media_type="text/csv", tag=TAG),
    Endpoint(method="GET", path=f"{API}/desk/figures", handler=inquiry_figures.get_figures, who="see_inquiry_figures",
             summary=Say("提问办理统计", "The desk's figures"), query=inquiry_figures.FiguresQuery,
             answer=InquiryFigures, tag=TAG),
    Endpoint(method="GET", path=f"{API}/desk/figures.csv", handler=inquiry_figures.get_figures_csv,
             who="see_inquiry_figures", summary=Say("提问办理统计（CSV）", "The desk's figures as CSV"),
             query=inquiry_figures.FiguresQuery, media_type="text/csv", tag=TAG),
    Endpoint(method="GET", path="/desk/inquiries/{id}/{slip}", handler=inquiry_slips.slip_page, who="handle_inquiry",
             summary=Say("四张单子", "A slip to print"), query=reading.PageQuery, media_type="text/html",
             raises=("slip-not-possible",)),
    Endpoint(method="PUT", path=f"{API}/follow-ups/{{follow}}/satisfaction", handler=inquiry_handling.put_satisfaction,
             who=ANYONE, summary=Say("评价答复", "Say how an answer was received"),
             body=inquiry_handling.SatisfactionBody, answer=FollowedInquiry, tag=TAG,
             raises=("rating-not-possible", "words-too-long", "content-has-errors")),
    Endpoint(method="POST", path="/f/{follow}", handler=satisfaction.send_satisfaction, who=ANYONE,
             summary=Say("提交评价", "Send how an answer was received"), body=satisfaction.SatisfactionForm, form=True,
             media_type="text/html"),
]  # fmt: skip
