"""Which passwords are refused: too short, the account's own name, or among the first anyone tries."""

from __future__ import annotations

MINIMUM = 8

_COMMON = frozenset(
    (  # noqa: SIM905 - words read better as words
        "12345678 123456789 1234567890 0123456789 87654321 987654321 11223344 12341234 12344321 "
        "88888888 66666666 password password1 passw0rd qwertyui qwerty123 1qaz2wsx abcd1234 "
        "abc12345 a1234567 a12345678 aa123456 woaini1314 woaini520 5201314520 iloveyou admin123 "
        "gongshilan gongshi123"
    ).split()
)


def is_too_weak(password: str, login: str) -> bool:
    """Return whether a password is refused. Length counts characters, in any script."""
    lowered = password.casefold()
    return (
        len(password) < MINIMUM
        or lowered in _COMMON
        or lowered == login.casefold()
        or len(set(lowered)) < 3
    )
