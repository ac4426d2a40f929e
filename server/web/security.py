"""Headers that every answer carries, whatever answered; a style only those that concern it.

Those of the API also say that they are ours: the page in which a captive portal asks for a login is a 200 too.
"""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# No inline script anywhere, and of inline styles the reading pages' own alone, named by its hash. Data blocks (<script type="application/json">) are not scripts.
# blob: and data: are for photos on their way; the camera is for board photos and for reading QR codes.
_CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'{style}",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

PERMISSIONS_POLICY = ", ".join(
    (
        "camera=(self)",
        "geolocation=()",
        "microphone=()",
        "payment=()",
        "usb=()",
        "browsing-topics=()",
    )
)

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",  # browsers that do not know frame-ancestors
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# What the others say concerns documents, frames and workers: to a style they mean nothing, and on a phone's line they weigh more than a small one.
FOR_STYLES = ("X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Strict-Transport-Security")
# A year, and only when the public address is https: a village box in a LAN speaks plain http.
STRICT_TRANSPORT = "max-age=31536000"
API = "/api/v1/"
OURS = ("Gongshilan", "1")


def content_security_policy(style_hash: str = "") -> str:
    """Return the policy; `style_hash` names the one inline style that is ours, as the policy spells it."""
    return _CONTENT_SECURITY_POLICY.format(style=f" {style_hash}" if style_hash else "")


class SecurityHeaders:
    """Middleware that adds the headers unless the answer set its own."""

    def __init__(self, app: ASGIApp, *, https: bool, style_hash: str = "") -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_security_policy(style_hash),
            **EVERYWHERE,
        }
        if https:
            self.headers["Strict-Transport-Security"] = STRICT_TRANSPORT
        self.for_styles = {name: self.headers[name] for name in FOR_STYLES if name in self.headers}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                styles = headers.get("content-type", "").startswith("text/css")
                for name, value in (self.for_styles if styles else self.headers).items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(API):
                    headers.setdefault(*OURS)
            await send(message)

        await self.app(scope, receive, send_with_headers)
