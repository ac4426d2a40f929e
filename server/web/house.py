"""The house: what is opened once at start and lent to every request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from server.external.addresses import OutwardRules
from server.external.household_keys import Keyring
from server.external.json_schema import Validator
from server.external.signing import Signer
from server.external.webpush import Sender
from server.settings import Settings

if TYPE_CHECKING:
    from server.rules.categories import Category
    from server.rules.page_views import ViewCounter
    from server.rules.rulebook import Rulebook
    from server.storage.blobs import BlobStore
    from server.storage.database import Store
    from server.storage.uploads import UploadFolder
    from server.web.assets import Assets
    from server.web.desk import Desk
    from server.web.pace import Pace
    from server.web.shelf import Shelf
    from server.web.static import BuiltFiles


class House(Struct):
    """Everything a handler may need. `book` is replaced as a whole when policies or calendars change."""

    settings: Settings
    store: Store
    blobs: BlobStore
    uploads: UploadFolder
    book: Rulebook
    # Shape checks by (category, schema version), and the shared documents their references name.
    validators: Mapping[tuple[str, int], Validator]
    shared_schemas: Sequence[Mapping[str, Any]]
    # The built web app, and the names the pages know its entries by.
    files: BuiltFiles
    assets: Assets
    # Signs receipts; its key lies in a file, not in the database.
    signer: Signer
    # Marks households' payments; its keys lie in a file of their own.
    household_keys: Keyring
    # Public answers made already, the copies of them that go out at once, and a fingerprint of program and
    # build that stands in their ETags.
    shelf: Shelf
    desk: Desk
    print: str
    name: str
    # What was opened since the last time it was written down: numbers, and nothing of who did.
    views: ViewCounter
    # How often each address searched lately.
    searches: Pace
    # How often each address asked for a household's payments lately.
    households: Pace
    # Who we are towards the browsers' push services.
    sender: Sender
    demo: bool = False
    # Whether pictures can be painted for shared addresses: a Chinese font was found at start.
    pictures: bool = False

    @property
    def outward(self) -> OutwardRules:
        """Where this installation may send to by itself."""
        return OutwardRules(self.settings.notify_networks, self.settings.notify_hosts)

    @property
    def push_services(self) -> OutwardRules:
        """The push services that anybody's browser may name; a list, because nobody answers for what strangers type."""
        return OutwardRules(self.settings.notify_networks, self.settings.push_hosts)

    @property
    def categories(self) -> Mapping[str, Category]:
        """Categories by key."""
        return self.book.categories
