"""The part of the list for what villagers ask and how they rate: without an account, and at the desk where it is answered."""

from __future__ import annotations

from server.commands.sign_inquiry import Signed
from server.problems import Say
from server.queries.follow_inquiry import FollowedInquiry
from server.queries.inquiry_desk import DeskList, DeskPage
from server.queries.public_inquiries import InquiryPage, PublicInquiries
from server.rules.ratings import Ratings
from server.web import inquiries, inquiry_pages, inquiry_photos, ratings, reading, signing
from server.web.asking import ANYONE, Endpoint, Stream

API = "/api/v1"
TAG = "inquiries"
DECIDED = ("already-decided", "content-has-errors", "reason-needed")

INQUIRIES: list[Endpoint] = [
    Endpoint(method="GET", path="/v/{code}/ask", handler=inquiry_pages.ask_page, who=ANYONE,
             summary=Say("问一问", "Ask"), query=inquiry_pages.AskPage, media_type="text/html"),
    Endpoint(method="POST", path="/v/{code}/ask", handler=inquiry_pages.send_form, who=ANYONE,
             summary=Say("提交问题", "Send a question"), body=inquiry_pages.AskForm, form=True, media_type="text/html"),
    Endpoint(method="GET", path="/v/{code}/answers", handler=inquiry_pages.answers_page, who=ANYONE,
             summary=Say("提问和答复", "Questions and answers"), query=inquiry_pages.AnswersPage, conditional=True,
             media_type="text/html"),
    Endpoint(method="GET", path="/q/{id}", handler=inquiry_pages.inquiry_page, who=ANYONE,
             summary=Say("一条提问", "One inquiry"), query=reading.PageQuery, conditional=True,
             media_type="text/html"),
    Endpoint(method="GET", path="/q/{id}/sign", handler=signing.sign_page, who=ANYONE,
             summary=Say("联名", "Sign a topic"), query=signing.SignPage, media_type="text/html"),
    Endpoint(method="POST", path="/q/{id}/sign", handler=signing.send_signature, who=ANYONE,
             summary=Say("提交联名", "Send a signature"), body=signing.SignForm, form=True, media_type="text/html"),
    Endpoint(method="GET", path="/f/{follow}", handler=inquiry_pages.follow_page, who=ANYONE,
             summary=Say("我的提问", "My question"), query=reading.PageQuery, media_type="text/html"),
    Endpoint(method="GET", path="/d/{id}/rate", handler=ratings.rate_page, who=ANYONE,
             summary=Say("评一评", "Rate a notice"), query=ratings.RatePage, media_type="text/html"),
    Endpoint(method="POST", path="/d/{id}/rate", handler=ratings.send_rating, who=ANYONE,
             summary=Say("提交评议", "Send a rating"), body=ratings.RateForm, form=True, media_type="text/html"),
    Endpoint(method="PUT", path=f"{API}/disclosures/{{id}}/rating", handler=ratings.put_rating, who=ANYONE,
             summary=Say("村民评议一项公开，可以改", "Rate a notice, or change this device's rating"),
             body=ratings.RatingBody, answer=Ratings, tag=TAG,
             raises=("not-found", "rating-closed", "rating-says-nothing", "proof-not-valid", "proof-used",
                     "too-many-attempts")),
    Endpoint(method="GET", path=f"{API}/challenge", handler=inquiries.get_challenge, who=ANYONE,
             summary=Say("取一道验算题", "Get a challenge for a proof of work"), answer=inquiries.ChallengeView, tag=TAG),
    Endpoint(method="PUT", path=f"{API}/inquiries/{{id}}", handler=inquiries.put_inquiry, who=ANYONE,
             summary=Say("村民提问、投诉、建议、举报、点题", "Ask, complain, suggest, report, or name a topic"),
             body=inquiries.InquiryBody, answer=inquiries.InquiryReceipt, status=201, tag=TAG,
             raises=("unknown-division", "inquiry-text-not-right", "line-unknown", "content-has-errors",
                     "inquiry-photos-not-right", "unknown-photo", "proof-not-valid", "proof-used", "too-many-attempts",
                     "same-id-other-content")),
    Endpoint(method="PUT", path=f"{API}/inquiries/{{id}}/photos/{{sha256}}", handler=inquiry_photos.put_inquiry_photo,
             who=ANYONE, summary=Say("先传提问要附的照片", "Send a photo ahead of its question"),
             headers=inquiry_photos.InquiryPhotoHeaders, body=Stream(inquiry_photos.PHOTO, resumes=False), status=204,
             tag=TAG, transaction=False,
             raises=("inquiry-is-sent", "proof-not-valid", "proof-used", "too-many-attempts", "body-stalled",
                     "hash-mismatch", "photo-not-image", "photo-is-pdf", "photo-too-large", "photo-too-many-pixels",
                     "photo-truncated")),
    Endpoint(method="GET", path=f"{API}/inquiries/{{id}}/photos/{{photo}}/{{name}}",
             handler=inquiry_photos.get_public_photo, who=ANYONE, media_type="image/webp", tag=TAG, conditional=True,
             summary=Say("公开的提问附的照片", "A photo that is public with its question")),
    Endpoint(method="GET", path=f"{API}/follow-ups/{{follow}}/photos/{{photo}}/{{name}}",
             handler=inquiry_photos.get_followed_photo, who=ANYONE, media_type="image/webp", tag=TAG,
             summary=Say("凭私密链接看自己附的照片", "A photo of one's own question, by the private link")),
    Endpoint(method="GET", path=f"{API}/desk/inquiries/{{id}}/photos/{{photo}}/{{name}}",
             handler=inquiry_photos.get_desk_photo, who="see_inquiries", media_type="image/webp", tag=TAG,
             summary=Say("提问附的照片", "A photo of a question at the desk")),
    Endpoint(method="GET", path=f"{API}/inquiries/{{id}}", handler=inquiries.get_inquiry, who=ANYONE,
             summary=Say("一条公开的提问", "One inquiry that is public"), answer=InquiryPage, tag=TAG, conditional=True),
    Endpoint(method="POST", path=f"{API}/inquiries/{{id}}/signatures", handler=inquiries.sign_topic, who=ANYONE,
             summary=Say("给点题联名", "Sign a topic together with others"), body=inquiries.SignatureBody,
             answer=Signed, tag=TAG,
             raises=("topic-not-open", "proof-not-valid", "proof-used", "too-many-attempts", "same-id-other-content")),
    Endpoint(method="GET", path=f"{API}/follow-ups/{{follow}}", handler=inquiries.follow, who=ANYONE,
             summary=Say("凭私密链接看进展", "What became of mine, by the private link"), answer=FollowedInquiry,
             tag=TAG),
    Endpoint(method="GET", path=f"{API}/villages/{{code}}/inquiries", handler=inquiries.list_inquiries, who=ANYONE,
             summary=Say("村民问过什么、怎样答复", "What was asked in a village, and the answers"),
             query=inquiries.InquiriesQuery, answer=PublicInquiries, tag=TAG, conditional=True),
    Endpoint(method="GET", path=f"{API}/desk/inquiries", handler=inquiries.get_desk, who="see_inquiries",
             summary=Say("要办的提问", "What was asked and waits"), query=inquiries.DeskQuery, answer=DeskList, tag=TAG),
    Endpoint(method="GET", path=f"{API}/desk/inquiries/{{id}}", handler=inquiries.get_at_desk, who="see_inquiries",
             summary=Say("一条提问和它的全部答复", "One inquiry with all its answers"), answer=DeskPage, tag=TAG),
    Endpoint(method="POST", path=f"{API}/desk/inquiries/{{id}}/look", handler=inquiries.moderate,
             who="review_answer", summary=Say("看过：放行或不受理", "Let through, or refuse"),
             body=inquiries.LookBody, answer=DeskPage, tag=TAG, if_match=True, raises=DECIDED),
    Endpoint(method="POST", path=f"{API}/desk/inquiries/{{id}}/answers", handler=inquiries.answer,
             who="see_inquiries", summary=Say("写答复", "Answer"), body=inquiries.AnswerBody, answer=DeskPage, tag=TAG,
             if_match=True, raises=(*DECIDED, "answer-not-possible", "same-id-other-content")),
    Endpoint(method="POST", path=f"{API}/desk/inquiries/{{id}}/review", handler=inquiries.review_of_answer,
             who="review_answer", summary=Say("审核答复：公开或退回", "Review an answer: publish or return"),
             body=inquiries.AnswerReviewBody, answer=DeskPage, tag=TAG, if_match=True,
             raises=(*DECIDED, "answer-not-possible", "own-answer")),
]  # fmt: skip
