"""The doorstep: what lies ready at the front desk is handed out where the request was read.

uvicorn makes a task and a queue of messages for every request, checks every header it sends and joins them again. For
bytes that were sent just so a moment ago that is more than half of the work. Only the simplest requests are answered
here: a GET of HTTP/1.1 on a connection that stays open, with nothing before it under way. Everything else, and
everything the desk does not have, goes uvicorn's own way untouched.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

if TYPE_CHECKING:
    from server.web.desk import Parcel


class Doorstep(HttpToolsProtocol):
    """uvicorn's protocol with the front desk before it; an application without `at_desk` is served as ever."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._at_desk = getattr(self.app, "at_desk", None)
        self._handed_out = False

    def on_headers_complete(self) -> None:
        """Hand out what lies ready, or go the whole way."""
        parcel = self._ready()
        self._handed_out = parcel is not None
        if parcel is None:
            super().on_headers_complete()
            return
        parts = [parcel.head]
        for name, value in self.server_state.default_headers:
            parts += (name, b": ", value, b"\r\n")
        self.transport.write(b"".join((*parts, b"\r\n", parcel.content)))
        self.on_response_complete()

    def on_body(self, body: bytes) -> None:
        """Drop what a GET brings along when it has its answer already."""
        if not self._handed_out:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Be done with a request that has its answer already."""
        if not self._handed_out:
            super().on_message_complete()

    def _ready(self) -> Parcel | None:
        parser = self.parser
        # Before the first request there is no cycle, whatever its type says.
        waiting = not getattr(self.cycle, "response_complete", True)
        if (
            self._at_desk is None
            or waiting
            or self.flow.write_paused
            or self.root_path
            or parser.get_method() != b"GET"
            or parser.get_http_version() != "1.1"
            or not parser.should_keep_alive()
            or parser.should_upgrade()
        ):
            return None
        parcel: Parcel | None = self._at_desk(self.url, self.scheme, self.headers)
        return parcel
