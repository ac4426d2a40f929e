/** What a phone kept before the phone said first that something exists: grown into today's records. */
import type { Upgrade } from "./database";

/** Every posting gets what it could not have had: sizes of its photos, no commitment, nothing replaced. */
export async function grown(tx: Upgrade): Promise<void> {
  const outbox = tx.objectStore("outbox");
  for (const posting of await outbox.getAll()) {
    const photos = [];
    for (const { sha256, sent } of posting.photos) {
      const size = (await tx.objectStore("photos").get(sha256))?.bytes.byteLength ?? 0;
      photos.push({ sha256, sent, size, offset: sent ? size : 0 });
    }
    await outbox.put({
      ...posting,
      photos,
      // One that was being sent when the app was closed begins again, with its commitment.
      state: posting.state === "sending" ? "waiting" : posting.state,
      commitment: null,
      mustAsk: false,
      replaces: null,
      receipt: posting.receipt && { ...posting.receipt, committed_at: null, signed: "" },
    });
  }
}
