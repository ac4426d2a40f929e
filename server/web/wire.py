"""What travels: the base of every body and query, shared kinds of text, and reading them strictly.

msgspec reports the first error it meets, in English, with a path such as `$.photos[0].sha256`. Here it
becomes a problem with a JSON pointer and a sentence in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Annotated, Any, Literal, Self, cast, get_args, get_origin
from urllib.parse import parse_qsl

import msgspec
from starlette.datastructures import Headers as StarletteHeaders

from server import problems
from server.problems import Problem, Say
from server.rules import pointers
from server.rules.pointers import pointer_to


class In(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Base of what is taken from outside: a field that is not declared is refused."""


def _header_name(field: str) -> str:
    return "-".join(part.capitalize() for part in field.split("_"))


class Headers(In, rename=_header_name):
    """Base of the request headers an endpoint reads: `upload_offset` is the field of Upload-Offset."""

    @classmethod
    def read(cls, given: StarletteHeaders) -> Self:
        """Return the headers; raise parameter_not_valid."""
        return cast(Self, decode_headers(cls, given))


class Out(msgspec.Struct, kw_only=True):
    """Base of what is answered."""


UUID7 = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"
SHA256 = r"^[0-9a-f]{64}$"
DIVISION = r"^[0-9]{12}$"
# The last part because "$" also matches before a newline at the end, and no length can tell 13 signs from 14.
PLACE = r"^[0-9]{12}([0-9]{2})?$(?!\n)"
KEY = r"^[a-z][a-z0-9_]{0,63}$"

# With their lengths, because '$' also matches before a newline at the end.
Id = Annotated[
    str,
    msgspec.Meta(
        pattern=UUID7, max_length=36, description="UUIDv7, lower case, made by the client"
    ),
]
Sha256 = Annotated[
    str, msgspec.Meta(pattern=SHA256, max_length=64, description="SHA-256 of the bytes, hex")
]
DivisionCode = Annotated[
    str, msgspec.Meta(pattern=DIVISION, max_length=12, description="12-digit division code")
]
PlaceCode = Annotated[
    str, msgspec.Meta(pattern=PLACE, max_length=14, description="12-digit code, or a group's of 14")
]
CategoryKey = Annotated[str, msgspec.Meta(pattern=KEY, description="Key of a category")]
ShortText = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
LongText = Annotated[str, msgspec.Meta(max_length=4000)]
Limit = Annotated[int, msgspec.Meta(ge=1, le=200)]
Position = Annotated[
    str,
    msgspec.Meta(
        pattern=rf"^[0-9]{{1,15}}\.{UUID7[1:-1]}(\.[0-9]{{12,14}})?$",
        max_length=68,
        description="`next` of the page before",
    ),
]
Number = Annotated[int, msgspec.Meta(ge=1, le=100_000)]

# What a path parameter looks like, by its name. A path that does not fit is simply not found.
PATH_PATTERNS: dict[str, str] = {
    "id": UUID7,
    "code": PLACE,
    "key": KEY,
    "category": KEY,
    "sha256": SHA256,
    "slug": r"^[a-z][a-z0-9-]{0,63}$",
    "table": r"^(notices|values|entries)$",
    "part": r"^(villages|notices)-[1-9][0-9]{0,4}$",
    "short": r"^[0-9A-Za-z]{7}([0-9A-Za-z]{5})?$",
    "follow": r"^[A-Za-z0-9_-]{22,64}$",
    "device": SHA256,
    "photo": r"^[1-3]$",
    "year": r"^[0-9]{4}$",
    "policy": r"^[a-z0-9][a-z0-9_-]{0,63}$",
    "circular": r"^(bulletin|assessment|village)$",
    "rank": r"^[1-9][0-9]{0,3}$",
    "slip": r"^(register|acceptance|refusal|satisfaction)$",
    "ticket": r"^[0-9a-f-]{36}\.[0-9a-f]{32}$",
    "name": r"^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$",
}


# Outside these years no day can be counted on from: no calendar, no zone, no epoch in a column.
FIRST_YEAR, LAST_YEAR = 1970, 2199
# A form of ours has a sheet, its groups, their lines, their entries and their photos.
MOST_NESTED = 32
MOST_FORM_FIELDS = 30
TOO_DEEP = Say("嵌套太深", "nested too deeply")
_NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


@cache
def _decoder(kind: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(kind)


def decode_body(kind: Any, raw: bytes) -> Any:
    """Return the JSON body as `kind`; raise malformed_json, unknown_field or wrong_type."""
    try:
        raw.decode("utf-8")  # msgspec would let broken text through inside dict values
        body = _decoder(kind).decode(raw)
    except msgspec.ValidationError as error:
        raise _refusal(kind, str(error), raw) from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise problems.malformed_json(_malformed(error)) from None
    if nul := _NUL.search(raw):
        at = nul.start()
        raise problems.malformed_json(Say(f"第 {at} 字节处有空字符", f"a NUL at byte {at}"))
    if _nested_deeper(body, MOST_NESTED):
        raise problems.malformed_json(TOO_DEEP)
    if far := next(_far_moments(body, ""), None):
        raise problems.wrong_type(far, FAR)
    return body


FAR = Say(
    f"年份应在 {FIRST_YEAR} 至 {LAST_YEAR} 之间", f"the year must be {FIRST_YEAR} to {LAST_YEAR}"
)


def _nested_deeper(value: Any, most: int) -> bool:
    """Return whether values lie within values deeper than any form of ours: hashing and checking them would recurse."""
    level = [value]
    for _ in range(most):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def _inside(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        return value.values()
    if isinstance(value, list):
        return value
    if isinstance(value, msgspec.Struct):
        return [getattr(value, name) for name in value.__struct_fields__]
    return ()


def _far_moments(value: Any, pointer: str) -> Iterator[str]:
    """Yield where a decoded body names a day or moment outside the years we count in; free content is not read."""
    if isinstance(value, (date, datetime)):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            yield pointer
    elif isinstance(value, msgspec.Struct):
        for name, written in zip(
            value.__struct_fields__, value.__struct_encode_fields__, strict=True
        ):
            yield from _far_moments(getattr(value, name), pointer + pointer_to(written))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from _far_moments(each, f"{pointer}/{index}")


@cache
def _fields(kind: Any) -> dict[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(kind)}


def decode_query(kind: Any, pairs: Iterable[tuple[str, str]]) -> Any:
    """Return the query as `kind`; raise parameter_not_valid.

    `lang` is understood everywhere and need not be declared. A parameter given twice is refused unless
    its field is a list.
    """
    hints = _fields(kind)
    values: dict[str, Any] = {}
    for name, value in pairs:
        if name == "lang" and name not in hints:
            continue
        if name in hints and _is_list(hints[name].type):
            values.setdefault(name, []).append(value)
        elif name in values:
            raise problems.parameter_not_valid(name, Say("只能给一次", "may be given once only"))
        else:
            values[name] = value
    return _converted(kind, values)


def decode_form(kind: Any, raw: bytes) -> Any:
    """Return a form of our own pages as `kind`: what was left empty was not said. Raises parameter_not_valid."""
    try:
        pairs = parse_qsl(raw.decode("ascii"), max_num_fields=MOST_FORM_FIELDS, errors="strict")
    except ValueError:  # not ASCII, not UTF-8 behind the percent signs, or too many fields
        raise problems.parameter_not_valid("?", Say("不是表单", "not a form")) from None
    return decode_query(kind, pairs)


def decode_headers(kind: type[Headers], given: StarletteHeaders) -> Any:
    """Return the headers that `kind` names; raise parameter_not_valid. Others are not looked at."""
    values: dict[str, Any] = {}
    for name in _fields(kind):
        found = given.getlist(name)
        if len(found) > 1:
            once = Say("只能给一次", "may be given once only")
            raise problems.parameter_not_valid(name, once)
        if found:
            values[name] = found[0]
    return _converted(kind, values)


def _converted(kind: Any, values: Mapping[str, Any]) -> Any:
    hints = _fields(kind)
    try:
        query = msgspec.convert(values, kind, strict=False)
    except msgspec.ValidationError as error:
        message, pointer = _split(str(error))
        name = pointer.lstrip("/").split("/")[0]
        if (unknown := _UNKNOWN.match(message)) or (unknown := _MISSING.match(message)):
            name = unknown["field"]
        said = _with_length(_explained(kind, message, pointer), message, values.get(name))
        raise problems.parameter_not_valid(name or "?", said) from None
    for name, value in values.items():
        # msgspec takes the text 'null' for nothing; nothing is said by leaving the parameter out.
        if name not in hints:
            continue
        if getattr(query, hints[name].name) is None or "\0" in str(value):
            raise problems.parameter_not_valid(name, Say("值不对", "not a value"))
    if far := next(_far_moments(query, ""), None):
        raise problems.parameter_not_valid(far.lstrip("/"), FAR)
    return query


def _is_list(kind: Any) -> bool:
    kinds = [kind, *get_args(kind)]
    return any(get_origin(each) in (list, tuple) for each in kinds)


_UNKNOWN = re.compile(r"^Object contains unknown field `(?P<field>.*)`$")
_MISSING = re.compile(r"^Object missing required field `(?P<field>.*)`$")
_STEP = re.compile(r"\.(?P<name>[^.\[]+)|\[(?P<index>\d+)\]|\[\.\.\.\]")


def pointer_of(path: str) -> str:
    """Return the JSON pointer for msgspec's path; it ends where msgspec no longer names the key."""
    pointer = ""
    for step in _STEP.finditer(path.removeprefix("key in ").removeprefix("$")):
        part = step["name"] if step["name"] is not None else step["index"]
        if part is None:
            break
        pointer += pointer_to(part)
    return pointer


def _split(text: str) -> tuple[str, str]:
    message, _, path = text.partition(" - at `")
    return message, pointer_of(path.rstrip("`"))


def _refusal(kind: Any, text: str, raw: bytes) -> Problem:
    message, pointer = _split(text)
    if unknown := _UNKNOWN.match(message):
        name = unknown["field"][:80]
        return problems.unknown_field(pointer + pointer_to(name), name)
    if missing := _MISSING.match(message):
        pointer += pointer_to(missing["field"])
    said = _with_length(_explained(kind, message, pointer), message, _at(raw, pointer))
    return problems.wrong_type(pointer, said)


def _explained(kind: Any, message: str, pointer: str) -> Say:
    """Return the sentence about one place; where only some words are taken, it names them."""
    words = _words_at(kind, pointers.tokens(pointer)) if message.startswith("Invalid enum") else []
    if not words:
        return explain(message)
    return Say(f"应为 {'、'.join(words)} 之一", f"expected one of {', '.join(words)}")


def _words_at(kind: Any, path: Sequence[str]) -> list[str]:
    """Return the words that a declared type takes at a place; none where it is no list of words."""
    if get_origin(kind) is Literal:
        return [str(word) for word in get_args(kind)] if not path else []
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        field = _fields(kind).get(path[0]) if path else None
        return _words_at(field.type, path[1:]) if field else []
    inner = path[1:] if get_origin(kind) in (list, dict) else path
    return [word for each in get_args(kind) for word in _words_at(each, inner)]


def _at(raw: bytes, pointer: str) -> object:
    """Return what stands at a pointer of a body that was refused; None where nothing does."""
    try:
        return pointers.get(msgspec.json.decode(raw), pointer)
    except (msgspec.DecodeError, KeyError, IndexError, TypeError, ValueError, RecursionError):
        return None


def _with_length(said: Say, message: str, value: object) -> Say:
    """Return the sentence with the second number: how long the text or the list is that came."""
    if " of length " not in message or not isinstance(value, (str, list)):
        return said
    n = len(value)
    return Say(f"{said.zh}，这里有 {n} 个", f"{said.en}; {n} came")


_KINDS = {
    "int": "整数",
    "float": "数字",
    "str": "文字",
    "bool": "是或否（true/false）",
    "array": "列表",
    "object": "对象",
    "null": "空（null）",
    "datetime": "时间（如 2026-10-15T08:00:00Z）",
    "date": "日期（如 2026-10-15）",
}
_SAID: tuple[tuple[re.Pattern[str], str], ...] = (
    (_UNKNOWN, "不认识的字段"),
    (_MISSING, "缺少这个字段"),
    (re.compile(r"^Expected `(?P<a>[^`]+)`, got `(?P<b>[^`]+)`$"), "应为{a}，收到的是{b}"),
    (re.compile(r"^Expected `str` matching regex"), "格式不对"),
    (
        re.compile(r"^Expected `datetime` with a timezone"),
        "要写明时区，如 2026-10-15T08:00:00+08:00",
    ),
    (re.compile(r"^Expected `str` of length >= (?P<a>\d+)"), "至少 {a} 个字符"),
    (re.compile(r"^Expected `str` of length <= (?P<a>\d+)"), "最多 {a} 个字符"),
    (re.compile(r"^Expected `array` of length >= (?P<a>\d+)"), "至少 {a} 项"),
    (re.compile(r"^Expected `array` of length <= (?P<a>\d+)"), "最多 {a} 项"),
    (re.compile(r"^Expected `int` >= (?P<a>-?\d+)"), "不能小于 {a}"),
    (re.compile(r"^Expected `int` <= (?P<a>-?\d+)"), "不能大于 {a}"),
    (re.compile(r"^Invalid enum value"), "不在可选的值里"),
    (re.compile(r"^Invalid RFC3339 encoded datetime"), "应为时间，如 2026-10-15T08:00:00+08:00"),
    (re.compile(r"^Invalid RFC3339 encoded date"), "应为日期，如 2026-10-15"),
    (re.compile(r"^Integer value out of range"), "数字超出范围"),
)

# What a text should look like, by the expression that it did not fit.
_FORMATS: dict[str, Say] = {
    UUID7: Say("应为小写的 UUIDv7 编号", "expected a UUIDv7 in lower case"),
    SHA256: Say("应为 64 位小写十六进制的 SHA-256", "expected a SHA-256 in 64 hex digits"),
    DIVISION: Say("应为 12 位区划代码", "expected a division code of 12 digits"),
    PLACE: Say(
        "应为 12 位区划代码，村民小组 14 位",
        "expected a division code of 12 digits, of a village group 14",
    ),
    KEY: Say(
        "应为类别代码，如 finance_quarterly", "expected a category's key like finance_quarterly"
    ),
}


def explain(message: str) -> Say:
    """Return msgspec's message in both languages, without the value somebody typed."""
    for form, told in _FORMATS.items():
        if message == f"Expected `str` matching regex {form!r}":
            return told
    english = re.sub(r"^(Invalid enum value).*$", r"\1", message, flags=re.DOTALL)
    english = re.sub(r"(matching regex) .*$", "in the right format", english, flags=re.DOTALL)
    english = re.sub(r"^Object (contains|missing)", r"\1", english).replace("`", "")
    for pattern, said in _SAID:
        if found := pattern.match(message):
            named = {
                name: "或".join(_KINDS.get(kind.strip(), kind.strip()) for kind in value.split("|"))
                for name, value in found.groupdict().items()
            }
            return Say(said.format(**named), english[:200])
    return Say("值不对", english[:200])


def _malformed(error: Exception) -> Say:
    if isinstance(error, UnicodeDecodeError):
        return Say(f"第 {error.start} 字节起不是 UTF-8", f"not UTF-8 from byte {error.start}")
    if isinstance(error, RecursionError):
        return TOO_DEEP
    if place := re.search(r"byte (\d+)", str(error)):
        return Say(f"第 {place[1]} 字节处写法不对", f"invalid at byte {place[1]}")
    return Say("内容不完整", "it is cut short")


def fits(name: str, value: str) -> bool:
    """Return whether a path parameter could exist at all."""
    return re.fullmatch(PATH_PATTERNS[name], value) is not None
