"""The one wrapper around every handler: it owns the clock, the sender, the transaction and the answer.

In this order, each step refusing with its own problem:

1. the clock is read, once; 2. the address, as far as proxies are trusted; 3. on writes, the page that
sent it (Origin, Sec-Fetch-Site); 4. the sender, from the session cookie, who must be whom the app took them
for; 5. who may; 6. the query, the headers and the body, within its limit or while it arrives; 7. the handler, on
writes inside one transaction; 8. commit; 9. the answer.

So nothing is answered that was not committed, and a handler never opens a transaction, catches a
problem or reads the clock. GET, HEAD and OPTIONS never write. Decision: docs/decisions/0007.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterable
from typing import Any

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from server import problems
from server.problems import Problem
from server.queries.who_am_i import SignedIn, who_am_i, why_ended
from server.rules.permissions import refusal
from server.web import answers, renewal
from server.web.asking import ANYONE, SIGNED_IN, Answer, Ask, Endpoint, Stream
from server.web.body import read_body, stream_body
from server.web.cookies import session_token
from server.web.origin import client_address, refuse_foreign_origin
from server.web.transactions import transaction
from server.web.wire import PATH_PATTERNS, decode_body, decode_form, decode_query, fits

__all__ = ["ANYONE", "SIGNED_IN", "Answer", "Ask", "Door", "Endpoint", "doors"]

# The account that the app believes to be signed in; optional.
ACCOUNT_HEADER = "gongshilan-account"

log = structlog.get_logger("web")


class Door:
    """All methods of one path as one ASGI application, so that 405 names every method there is."""

    def __init__(self, path: str, endpoints: Iterable[Endpoint]) -> None:
        self.path = path
        listed = list(endpoints)
        self.endpoints: dict[str, Endpoint] = {each.method: each for each in listed}
        if "GET" in self.endpoints:
            self.endpoints.setdefault("HEAD", self.endpoints["GET"])
        self.allow = ", ".join([*sorted(self.endpoints.keys() - {"OPTIONS"}), "OPTIONS"])
        self.always = {name: value for each in listed for name, value in each.always.items()}
        self.method_override = any(each.method_override for each in listed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = time.perf_counter()
        request = Request(scope, receive)
        method = self._method(request)
        endpoint = self.endpoints.get(method)
        if endpoint is not None:
            response = await answer_to(endpoint, request)
        elif method == "OPTIONS":
            response = Response(status_code=204)
        else:
            refused = problems.method_not_allowed(self.allow)
            response = answers.problem_response(refused, request, answers.lang_of(request))
        response.headers.update(self.always)
        if method == "OPTIONS":
            response.headers["Allow"] = self.allow
        if "HEAD" in (request.method, method):
            response.body = b""  # the headers, Content-Length among them, are those of GET
        await response(scope, receive, send)
        log.info(
            "answered",
            method=method,
            route=self.path,
            status=response.status_code,
            ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def _method(self, request: Request) -> str:
        override = request.headers.get("x-http-method-override") if self.method_override else None
        return override or request.method


def doors(endpoints: Iterable[Endpoint]) -> list[Route]:
    """Return one route per path, in the order in which the paths first appear."""
    by_path: dict[str, list[Endpoint]] = {}
    for endpoint in endpoints:
        by_path.setdefault(endpoint.path, []).append(endpoint)
    return [Route(path, endpoint=Door(path, of_path)) for path, of_path in by_path.items()]


async def answer_to(endpoint: Endpoint, request: Request) -> Response:
    """Return the response to one request; every failure becomes a problem."""
    lang = answers.lang_of(request)
    try:
        ask, answer = await _run(endpoint, request)
        return answers.response_of(endpoint, ask, answer)
    except Problem as problem:
        response = answers.problem_response(problem, request, lang)
        if isinstance(endpoint.body, Stream):
            # Megabytes may be on their way that nobody wants: the sender is told by the line's end to stop.
            response.headers["Connection"] = "close"
        return response
    except ClientDisconnect:
        return Response(status_code=400)  # nobody is there to read it
    except Exception as error:  # noqa: BLE001 - the last door: said plainly, logged without contents
        return answers.problem_response(_unexpected(endpoint, error), request, lang)


async def _run(endpoint: Endpoint, request: Request) -> tuple[Ask, Answer]:
    house = request.app.state.house
    ask = Ask(
        now=request.app.state.clock(),
        house=house,
        request=request,
        lang=answers.lang_of(request),
        address=client_address(
            request.client.host if request.client else None,
            request.headers.get("x-forwarded-for"),
            house.settings.trusted_proxies,
        ),
        path=_path_of(request),
    )
    if endpoint.writes:
        refuse_foreign_origin(request.headers, house.settings)
    signed_in = await _sender(ask)
    ask.actor = signed_in.actor if signed_in else None
    _same_person(ask)
    _who_may(endpoint, ask)
    if endpoint.query is not None:
        ask.query = decode_query(endpoint.query, request.query_params.multi_items())
    if endpoint.headers is not None:
        ask.headers = endpoint.headers.read(request.headers)
    if isinstance(endpoint.body, Stream):
        ask.body = stream_body(request, endpoint.body)
    elif endpoint.body is not None:
        raw = await read_body(request, endpoint, house.settings)
        ask.body = raw if endpoint.body is bytes else _decoded(endpoint, raw)
        ask.sent = raw

    if not endpoint.writes or not endpoint.transaction:
        ask.db = house.store.reader
        return ask, _as_answer(await endpoint.handler(ask))
    return ask, await _in_transaction(endpoint, ask, signed_in)


def _decoded(endpoint: Endpoint, raw: bytes) -> Any:
    return (decode_form if endpoint.form else decode_body)(endpoint.body, raw)


async def _in_transaction(endpoint: Endpoint, ask: Ask, signed_in: SignedIn | None) -> Answer:
    """Run a write; its session is seen, and now and then gets a new token, in the same transaction."""
    async with transaction(ask.house.store) as tx:
        ask.db = tx
        answer = _as_answer(await endpoint.handler(ask))
        if signed_in is not None and answer.token is None:
            answer.token = await renewal.renew(tx, signed_in, ask)
    return answer


async def _sender(ask: Ask) -> SignedIn | None:
    token = session_token(ask.request, ask.house.settings)
    if token is None:
        return None
    found = await who_am_i(ask.house.store.reader, token, ask.now)
    if found is None:
        ask.ended = await why_ended(ask.house.store.reader, token, ask.now)
    return found


def _same_person(ask: Ask) -> None:
    """Refuse what the app prepared for one person and the cookie would sign as another.

    A shared phone may change hands between the tap and the sending, or in another tab.
    """
    meant = ask.request.headers.get(ACCOUNT_HEADER)
    if meant and ask.actor is not None and ask.actor.account_id != meant:
        raise problems.someone_else_signed_in()


def _who_may(endpoint: Endpoint, ask: Ask) -> None:
    """Refuse who may never do this. Where it may be done is the handler's question: `ask.must`."""
    if endpoint.who == ANYONE:
        return
    actor = ask.me
    if endpoint.who != SIGNED_IN and (why := refusal(actor, endpoint.who, actor.division)):
        raise problems.not_allowed(why)


def _path_of(request: Request) -> dict[str, str]:
    """Return the path's parameters; one that cannot exist is not found."""
    path = {name: str(value) for name, value in request.path_params.items()}
    for name, value in path.items():
        if name in PATH_PATTERNS and not fits(name, value):
            raise problems.not_found()
    return path


def _as_answer(returned: Any) -> Answer:
    return returned if isinstance(returned, Answer) else Answer(returned)


def _unexpected(endpoint: Endpoint, error: Exception) -> Problem:
    """Log what happened by type and place only: messages of errors may quote what people typed."""
    incident = secrets.token_hex(4)
    frames = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        frames.append(f"{code.co_filename.rpartition('/')[2]}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    log.error(
        "unexpected failure",
        incident=incident,
        method=endpoint.method,
        route=endpoint.path,
        error=type(error).__name__,
        frames=frames[-12:],
    )
    return problems.unexpected_failure(incident)
