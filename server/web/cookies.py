"""The cookies: who is signed in, which shared phone this is, and which device rated a notice or signed a topic.

The first two are HttpOnly, SameSite=Lax, Secure on https, for the whole site. The phone's cookie alone opens nothing: it names
the people whose PIN may be typed here (docs/decisions/0014). The others are another random name for each notice and
topic, and go to its own form alone.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.settings import Settings

DAY = 86_400
# Browsers keep no cookie longer. A phone is forgotten when its last person signs out, or after this.
PHONE_DAYS = 400


def cookie_name(settings: Settings) -> str:
    """Return the session cookie's name; on https the prefix makes browsers refuse one set by a neighbour host."""
    return "__Host-gsl_session" if settings.https else "gsl_session"


def phone_cookie_name(settings: Settings) -> str:
    """Return the name of the shared phone's cookie."""
    return "__Host-gsl_phone" if settings.https else "gsl_phone"


def session_token(request: Request, settings: Settings) -> str | None:
    """Return the session token that came with the request."""
    return request.cookies.get(cookie_name(settings)) or None


def phone_token(request: Request, settings: Settings) -> str | None:
    """Return the shared phone's token that came with the request."""
    return request.cookies.get(phone_cookie_name(settings)) or None


def keep_token(response: Response, token: str, settings: Settings) -> None:
    """Set the session cookie, or remove it if the token is empty."""
    _keep(response, cookie_name(settings), token, settings.session_days, settings)


def keep_phone(response: Response, token: str, settings: Settings) -> None:
    """Set the shared phone's cookie, or remove it if the token is empty."""
    _keep(response, phone_cookie_name(settings), token, PHONE_DAYS, settings)


def _keep(response: Response, name: str, value: str, days: int, settings: Settings) -> None:
    response.set_cookie(
        name,
        value,
        max_age=days * DAY if value else 0,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="lax",
    )


RATER, SIGNER = "rater", "signer"


def rater_of(request: Request) -> str | None:
    """Return the random name under which this device rated the notice whose form is asked for."""
    return request.cookies.get(RATER) or None


def rater_cookie(path: str, device: str, settings: Settings) -> str:
    """Return the header that keeps a device's name for the form at a path."""
    return _of_form(RATER, path, device, settings)


def signer_of(request: Request) -> str | None:
    """Return the random name under which this device signed the topic whose form is asked for."""
    return request.cookies.get(SIGNER) or None


def signer_cookie(path: str, device: str, settings: Settings) -> str:
    """Return the header that keeps a device's name for the form at a path."""
    return _of_form(SIGNER, path, device, settings)


def _of_form(name: str, path: str, device: str, settings: Settings) -> str:
    made = Response()
    made.set_cookie(
        name,
        device,
        max_age=PHONE_DAYS * DAY,
        path=path,
        secure=settings.https,
        httponly=True,
        samesite="lax",
    )
    return made.headers["set-cookie"]
