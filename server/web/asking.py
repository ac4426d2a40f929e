"""What a handler is given (Ask), what it gives back (Answer), and one line of the list (Endpoint)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Literal

from msgspec import Struct, field
from starlette.requests import Request

from server import problems
from server.problems import Bilingual, Lang, Say
from server.rules.permissions import Act, Actor, refusal
from server.web import etag

if TYPE_CHECKING:
    from server.storage.database import Store, Tx
    from server.web.house import House

# Who may: everyone, anyone signed in, or the name of an act in rules/permissions.ACTS.
ANYONE: Final = "anyone"
SIGNED_IN: Final = "signed-in"
Who = Act | Literal["anyone", "signed-in"]


class Ask(Struct, kw_only=True):
    """One request, understood: the clock was read once, the body is decoded, the sender is known.

    `ended` says why the session that the request came with stands no longer, where it was somebody else's doing.
    `sent` is a JSON body as it came, byte by byte: what a device may have signed.
    `db` is the transaction on writes and the reader on reads. Handlers raise problems only; they open
    no transaction (an Endpoint with `transaction=False` has commands that open their own) and read no clock.
    """

    now: datetime
    house: House
    request: Request
    lang: Lang
    address: str
    path: Mapping[str, str]
    actor: Actor | None = None
    ended: Bilingual | None = None
    query: Any = None
    headers: Any = None
    body: Any = None
    sent: bytes = b""
    db: Any = None

    @property
    def store(self) -> Store:
        """The store, for commands that open their own short transactions."""
        return self.house.store

    @property
    def tx(self) -> Tx:
        """The transaction of a write."""
        tx: Tx = self.db
        return tx

    @property
    def me(self) -> Actor:
        """Whoever is signed in; raises not_signed_in, or session_ended where the device deserves to know why."""
        if self.actor is None:
            raise problems.session_ended(self.ended) if self.ended else problems.not_signed_in()
        return self.actor

    def must(self, act: Act, division: str) -> Actor:
        """Return the actor if the act is theirs in that division; raise not_signed_in or not_allowed."""
        actor = self.me
        if why := refusal(actor, act, division):
            raise problems.not_allowed(why)
        return actor

    def unchanged(self, tag: str | None) -> bool:
        """Return whether the client holds this ETag already: answer `Answer(etag=tag, status=304)`."""
        return etag.matches(self.request.headers.get("if-none-match"), tag)

    def expected_revision(self) -> int:
        """Return the revision named by If-Match; raises precondition_required."""
        return etag.expected_revision(self.request.headers.get("if-match"))

    @property
    def origin(self) -> str:
        """The public address of this site, without a slash at its end."""
        settings = self.house.settings
        return settings.public_url.rstrip("/") or str(self.request.base_url).rstrip("/")


class Answer(Struct):
    """What is sent back: a value (becomes JSON), text or bytes, and what the client may keep.

    - `etag`: a matching If-None-Match is answered 304 and `content` is not encoded. `content` may be a
      function without arguments, called only when it is needed.
    - `cache`: Cache-Control; by default 'no-cache' with an ETag and 'no-store' without.
    - `token`: a session token to keep in the cookie; the empty string removes it.
    - `phone_token`: likewise the token of a shared phone.
    """

    content: Any = None
    status: int | None = None
    media_type: str | None = None
    etag: str | None = None
    cache: str | None = None
    headers: dict[str, str] = field(default_factory=dict)
    token: str | None = None
    phone_token: str | None = None


Handler = Callable[[Ask], Awaitable[Any]]
Method = Literal["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
READS: Final = ("GET", "HEAD", "OPTIONS")


class Stream(Struct, frozen=True):
    """A body that is handed over while it arrives: `ask.body` is an async iterator of its chunks.

    `resumes`: what came before a connection broke is kept, and the refusal of a stalled one says so.
    """

    media_type: str
    resumes: bool = True


class Endpoint(Struct, frozen=True, kw_only=True):
    """One line of routes.py: what can be called, by whom, with what, answering what.

    `body`: a Struct (JSON), `bytes` (the raw body of a photo or, as `raw` says, of a
    spreadsheet, each up to its own limit), or a `Stream`. `form`: the Struct comes from a form of our own pages. `headers`: a
    Struct of `wire.Headers`, those of the request that matter. `raises`: the slugs the handler may answer
    beyond those that follow from the rest of the line. `sends`: the headers of a good answer that a client
    reads, and what they are. `always`: headers of every answer at this path, refusals too.
    `method_override`: X-HTTP-Method-Override names the method, for networks that know only GET and POST.

    HEAD is GET without its body, unless a line of its own says what it is.
    """

    method: Method
    path: str
    handler: Handler
    who: Who
    summary: Say
    answer: Any = None
    body: Any = None
    raw: Literal["photo", "spreadsheet"] = "photo"
    form: bool = False
    query: Any = None
    headers: Any = None
    status: int = 200
    tag: str = ""
    raises: tuple[str, ...] = ()
    media_type: str = "application/json"
    transaction: bool = True
    conditional: bool = False
    if_match: bool = False
    sends: Mapping[str, str] = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)
    method_override: bool = False

    @property
    def writes(self) -> bool:
        """GET, HEAD and OPTIONS never write; everything else may."""
        return self.method not in READS
