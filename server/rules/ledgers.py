"""Checks of lists and ledgers that do not know what they are about: balances, products, limits, foots, what was handed over.

A category names the fields and the words for them in its params: `{"field": "closing", "zh": "期末", "en": "closing"}`. With
`rows` (the pointer of a list) a field is one of each row, without it a pointer into the content. Amounts are whole fen;
with `unit` they are numbers of that unit instead. What is absent counts as nothing, and a result that is absent is not
checked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from msgspec import Struct

from server.rules import pointers
from server.rules.findings import Check, CheckContext, Content, Found
from server.rules.values import Text, yuan

Spec = Mapping[str, Any]


class _Unit(Struct, frozen=True):
    """How a number is said: as yuan, or counted in something."""

    counted: Mapping[str, str] | None

    def zh(self, value: int) -> str:
        return f"{yuan(value)} 元" if self.counted is None else f"{value} {self.counted['zh']}"

    def en(self, value: int) -> str:
        if self.counted is None:
            return f"{yuan(value)} yuan"
        many = self.counted["en"]
        return f"{value} {many.removesuffix('s') if abs(value) == 1 else many}"


def balance(content: Content, context: CheckContext) -> Iterable[Found]:
    """Result = everything added − everything taken away. params: result, plus, minus, rows, unit."""
    result, unit = context.params["result"], _Unit(context.params.get("unit"))
    plus, minus = context.params["plus"], context.params.get("minus", [])
    for at, row in _places(content, context):
        stated = _value(row, result)
        if stated is None:
            continue
        terms = [(1, s) for s in plus] + [(-1, s) for s in minus]
        known = [(sign, spec, _value(row, spec)) for sign, spec in terms]
        computed = sum(sign * (value or 0) for sign, _, value in known)
        if stated == computed:
            continue
        said = [(sign, spec, value) for sign, spec, value in known if value is not None]
        zh = _sum_of([(s, f"{spec['zh']} {unit.zh(v)}") for s, spec, v in said])
        en = _sum_of([(s, f"{spec['en']} {unit.en(v)}") for s, spec, v in said])
        equals = (
            ("", "") if len(said) == 1 else (f" = {unit.zh(computed)}", f" = {unit.en(computed)}")
        )
        yield Found(
            _at(at, result),
            Text(
                f"{result['zh']} {unit.zh(stated)} ≠ {zh}{equals[0]}，差 {unit.zh(abs(stated - computed))}。",
                f"{_capital(result['en'])}: {unit.en(stated)}, but {en}{equals[1]}; they differ by"
                f" {unit.en(abs(stated - computed))}.",
            ),
            expected=computed,
            actual=stated,
        )


def product(content: Content, context: CheckContext) -> Iterable[Found]:
    """Result = the factors multiplied, half a fen up, where a row states all. params: result, factors, rows.

    A factor is money, a whole number, or a text with decimals (12.5 亩); exactly one of them, marked `money`, is fen.
    """
    result, factors = context.params["result"], context.params["factors"]
    for at, row in _places(content, context):
        stated = _value(row, result)
        values = [_raw(row, spec) for spec in factors]
        if stated is None or any(value is None for value in values):
            continue
        exact = Decimal(1)
        for value in values:
            exact *= Decimal(value)
        owed = int(exact.quantize(Decimal(1), ROUND_HALF_UP))
        if stated == owed:
            continue
        zh, en = (_multiplied(factors, values, lang) for lang in ("zh", "en"))
        yield Found(
            _at(at, result),
            Text(
                f"{result['zh']} {yuan(stated)} 元 ≠ {zh} = {yuan(owed)} 元，差 {yuan(abs(stated - owed))} 元。",
                f"{_capital(result['en'])}: {yuan(stated)} yuan, but {en} = {yuan(owed)} yuan;"
                f" they differ by {yuan(abs(stated - owed))} yuan.",
            ),
            expected=owed,
            actual=stated,
        )


def at_most(content: Content, context: CheckContext) -> Iterable[Found]:
    """A value ≤ the sum of others, where a row states them. params: value, most (a list), rows, unit."""
    value, most = context.params["value"], context.params["most"]
    unit = _Unit(context.params.get("unit"))
    for at, row in _places(content, context):
        stated = _value(row, value)
        known = [(spec, v) for spec in most if (v := _value(row, spec)) is not None]
        limit = sum(v for _, v in known)
        if stated is None or not known or stated <= limit:
            continue
        zh = " + ".join(f"{spec['zh']} {unit.zh(v)}" for spec, v in known)
        en = " + ".join(f"{spec['en']} {unit.en(v)}" for spec, v in known)
        yield Found(
            _at(at, value),
            Text(
                f"{value['zh']} {unit.zh(stated)} 超过{zh}，多 {unit.zh(stated - limit)}。",
                f"{_capital(value['en'])}: {unit.en(stated)}, more than {en}, by {unit.en(stated - limit)}.",
            ),
            expected=limit,
            actual=stated,
        )


def not_negative(content: Content, context: CheckContext) -> Iterable[Found]:
    """No value is below nothing: nothing is spent that has not come. params: values, rows, unit."""
    unit = _Unit(context.params.get("unit"))
    for at, row in _places(content, context):
        for spec in context.params["values"]:
            stated = _value(row, spec)
            if stated is not None and stated < 0:
                yield Found(
                    _at(at, spec),
                    Text(
                        f"{spec['zh']} {unit.zh(stated)}，不能低于 {unit.zh(0)}：用去、减少的比收到、原有的多了。请核对。",
                        f"{_capital(spec['en'])}: {unit.en(stated)}, below {unit.en(0)}. More went than came or was"
                        " there; check what it is made of.",
                    ),
                    expected=0,
                    actual=stated,
                )


def totals(content: Content, context: CheckContext) -> Iterable[Found]:
    """Each foot = what its rows add up to. params: totals, each {at, zh, en, rows, add, where, unit}.

    Without `add` rows are counted; `where` keeps only rows with these values; `rows` may be a list of lists.
    """
    for spec in context.params["totals"]:
        stated = pointers.get(content, spec["at"])
        if stated is None:
            continue
        lists = [spec["rows"]] if isinstance(spec["rows"], str) else spec["rows"]
        rows = [row for one in lists for _, row in pointers.find(content, f"{one}/*")]
        wanted = [r for r in rows if all(r.get(k) == v for k, v in spec.get("where", {}).items())]
        summed = sum(row.get(spec["add"], 0) if "add" in spec else 1 for row in wanted)
        if stated != summed:
            unit = _Unit(spec.get("unit"))
            yield Found(
                spec["at"],
                Text(
                    f"{spec['zh']} {unit.zh(stated)} ≠ 各行相加 {unit.zh(summed)}，差 {unit.zh(abs(stated - summed))}。",
                    f"{_capital(spec['en'])}: {unit.en(stated)}, but its rows add up to {unit.en(summed)};"
                    f" they differ by {unit.en(abs(stated - summed))}.",
                ),
                expected=summed,
                actual=stated,
            )


def carried(content: Content, context: CheckContext) -> Iterable[Found]:
    """What begins = what ended last time, of each row or of the content. params: opening, closing, rows, identity, unit.

    Rows are known by `identity`, and told apart for people by `called` (one of its fields); one that is new begins anywhere, one that is there twice is not compared. A row that
    ended with something and is gone is named: debts do not disappear.
    """
    if context.previous is None:
        return
    params, unit = context.params, _Unit(context.params.get("unit"))
    identity, opening, closing = params.get("identity", []), params["opening"], params["closing"]
    last = _by_identity(context.previous, params.get("rows"), identity)
    now = _by_identity(content, params.get("rows"), identity)
    for who, (at, row) in now.items():
        if who not in last:
            continue
        ended, begins = _value(last[who][1], closing) or 0, _value(row, opening) or 0
        if ended != begins:
            name = _called(row, params)
            zh, en = (f"{name}：", f"{name}: ") if name else ("", "")
            yield Found(
                _at(at, opening),
                Text(
                    f"{zh}{opening['zh']} {unit.zh(begins)} ≠ 上期公布的{closing['zh']} {unit.zh(ended)}，"
                    f"差 {unit.zh(abs(ended - begins))}。",
                    f"{en}{opening['en']} {unit.en(begins)}, but the last {closing['en']} published was"
                    f" {unit.en(ended)}; they differ by {unit.en(abs(ended - begins))}.",
                ),
                expected=ended,
                actual=begins,
            )
    for who, (_, row) in last.items():
        ended = _value(row, closing) or 0
        if ended and who not in now:
            name = _called(row, params)
            yield Found(
                params["rows"],
                Text(
                    f"上期有“{name}”，{closing['zh']} {unit.zh(ended)}，本期没有这一行。结清的也请列出，写明怎么结清的。",
                    f"“{name}” ended with {unit.en(ended)} last time and is not here. What was settled is"
                    " listed too, with how.",
                ),
                expected=ended,
                actual=0,
            )


def in_order(content: Content, context: CheckContext) -> Iterable[Found]:
    """Days that follow each other do: each is the same as the one before or later. params: days, rows."""
    for at, row in _places(content, context):
        known = [(s, day) for s in context.params["days"] if (day := _raw(row, s)) is not None]
        for (before, first), (after, second) in pairwise(known):
            if second < first:
                yield Found(
                    _at(at, after),
                    Text(
                        f"{after['zh']} {second} 早于{before['zh']} {first}。",
                        f"{_capital(after['en'])} ({second}) is before {before['en']} ({first}).",
                    ),
                )


CHECKS: dict[str, Check] = {
    "ledger.balance": balance,
    "ledger.product": product,
    "ledger.at_most": at_most,
    "ledger.not_negative": not_negative,
    "ledger.totals": totals,
    "ledger.carried": carried,
    "ledger.in_order": in_order,
}


def _places(content: Content, context: CheckContext) -> Iterator[tuple[str, Any]]:
    """Yield what fields belong to: each row of the list, or the content itself."""
    rows = context.params.get("rows")
    return pointers.find(content, f"{rows}/*") if rows else iter([("", content)])


def _at(place: str, spec: Spec) -> str:
    field: str = spec["field"]
    return place + (field if field.startswith("/") else f"/{field}")


def _raw(row: Any, spec: Spec) -> Any:
    return pointers.get(row, _at("", spec))


def _value(row: Any, spec: Spec) -> int | None:
    value = _raw(row, spec)
    return value if isinstance(value, int) else None


def _sum_of(terms: Sequence[tuple[int, str]]) -> str:
    said = "".join(f" {'+' if sign > 0 else '−'} {words}" for sign, words in terms)
    return said.removeprefix(" + ").strip() or "0"


def _multiplied(factors: Sequence[Spec], values: Sequence[Any], lang: str) -> str:
    unit = _Unit(None)
    return " × ".join(
        f"{spec[lang]} {unit.zh(value) if lang == 'zh' else unit.en(value)}"
        if spec.get("money")
        else f"{spec[lang]} {value}"
        for spec, value in zip(factors, values, strict=True)
    )


def _called(row: Mapping[str, Any], params: Mapping[str, Any]) -> str:
    return str(row.get(params["called"], "")) if "called" in params else ""


def _by_identity(
    content: Content, rows: str | None, identity: Sequence[str]
) -> dict[tuple[str, ...], tuple[str, Mapping[str, Any]]]:
    found = list(pointers.find(content, f"{rows}/*")) if rows else [("", content)]
    names = [tuple(str(row.get(field, "")) for field in identity) for _, row in found]
    often = Counter(names)
    return {n: one for n, one in zip(names, found, strict=True) if often[n] == 1}


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
