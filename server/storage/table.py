"""What every table's model is: a Tortoise model whose source is not read again at each start."""

from __future__ import annotations

from typing import Any

from tortoise.models import Model, ModelMeta


class _WithoutComments(ModelMeta):
    """Tortoise parses a model's source for `#:` comments, which describe columns: there are none, and each start pays for it."""

    def __new__(cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any]) -> Any:
        return super().__new__(cls, name, bases, {"_no_comments": True, **attrs})


class Table(Model, metaclass=_WithoutComments):
    """A table of this house; its docstring is the table's description."""

    class Meta:
        abstract = True
