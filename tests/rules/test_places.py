"""Places are named as people say them."""

from __future__ import annotations

import pytest

from server.rules.places import spoken_name


@pytest.mark.parametrize(
    ("official", "spoken"),
    [
        ("姚河村委会", "姚河村"),
        ("姚河村村委会", "姚河村"),
        ("政府街社区居委会", "政府街社区"),
        ("红河村民委员会", "红河村"),
        ("红河镇", "红河镇"),
        ("村委会", "村委会"),
    ],
)
def test_spoken_name(official: str, spoken: str) -> None:
    assert spoken_name(official) == spoken
