"""The house: what is opened once at start and lent to every request."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from server.settings import Settings

if TYPE_CHECKING:
    from server.external.json_schema import SchemaError
    from server.rules.categories import Category
    from server.rules.rulebook import Rulebook
    from server.storage.blobs import BlobStore
    from server.storage.database import Store
    from server.web.static import Assets

Validator = Callable[[Any], "Sequence[SchemaError]"]


@dataclass(slots=True)
class House:
    """Everything a handler may need. `book` is replaced as a whole when policies or calendars change."""

    settings: Settings
    store: Store
    blobs: BlobStore
    book: Rulebook
    # Shape checks by (category, schema version); schema, form and view documents likewise.
    validators: Mapping[tuple[str, int], Validator]
    documents: Mapping[str, Mapping[str, Any]]
    assets: Assets
    name: str
    demo: bool = False
    extras: dict[str, Any] = field(default_factory=dict)

    @property
    def categories(self) -> Mapping[str, Category]:
        """Categories by key."""
        return self.book.categories
