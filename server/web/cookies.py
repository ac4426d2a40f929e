"""The session cookie: HttpOnly, SameSite=Lax, Secure on https, for the whole site."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from server.settings import Settings

DAY = 86_400


def cookie_name(settings: Settings) -> str:
    """Return the cookie's name; on https the prefix makes browsers refuse one set by a neighbour host."""
    return "__Host-gsl_session" if settings.https else "gsl_session"


def session_token(request: Request, settings: Settings) -> str | None:
    """Return the session token that came with the request."""
    return request.cookies.get(cookie_name(settings)) or None


def keep_token(response: Response, token: str, settings: Settings) -> None:
    """Set the cookie, or remove it if the token is empty."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=settings.session_days * DAY if token else 0,
        path="/",
        secure=settings.https,
        httponly=True,
        samesite="lax",
    )
