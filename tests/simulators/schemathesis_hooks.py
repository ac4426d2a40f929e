"""What Schemathesis does not know of itself: the pieces of a resumable upload are any bytes."""

from __future__ import annotations

import schemathesis
from hypothesis import strategies as st

schemathesis.openapi.media_type("application/offset+octet-stream", st.binary(max_size=2000))
