/** Everything that is still the phone's alone, taken out and put back in one transaction each. */
import { vouchersIn } from "../core/vouchers";
import { database, type Posting } from "./database";
import type { Draft } from "./drafts";
import type { KeptPhoto } from "./photos";

export interface Unsent {
  postings: Posting[];
  drafts: Draft[];
  photos: KeptPhoto[];
}

/** What this person has written and not sent, with every photo that belongs to it and is in the phone. */
export async function unsentOf(account: string): Promise<Unsent> {
  const tx = (await database()).transaction(["drafts", "outbox", "photos"]);
  const postings = (await tx.objectStore("outbox").getAll()).filter(
    (one) => one.account === account && one.receipt === null,
  );
  const drafts = (await tx.objectStore("drafts").getAll()).filter((d) => d.account === account);
  const hashes = new Set([
    ...postings.flatMap((posting) => posting.photos.map((photo) => photo.sha256)),
    ...drafts.flatMap((draft) =>
      [...draft.photos, ...vouchersIn(draft.content)].map((photo) => photo.sha256),
    ),
  ]);
  const photos: KeptPhoto[] = [];
  for (const sha256 of hashes) {
    const photo = await tx.objectStore("photos").get(sha256);
    if (photo) photos.push(photo);
  }
  return { postings, drafts, photos };
}

/** Put in what is not there yet; what is there has got further and stays. Returns how many were new. */
export async function takeIn({ postings, drafts, photos }: Unsent): Promise<number> {
  const tx = (await database()).transaction(["drafts", "outbox", "photos"], "readwrite");
  let fresh = 0;
  for (const posting of postings) {
    if (await tx.objectStore("outbox").get(posting.id)) continue;
    await tx.objectStore("outbox").put(posting);
    await tx.objectStore("drafts").delete(posting.id);
    fresh += 1;
  }
  for (const draft of drafts) {
    const known =
      (await tx.objectStore("drafts").get(draft.id)) ??
      (await tx.objectStore("outbox").get(draft.id));
    if (known) continue;
    await tx.objectStore("drafts").put(draft);
    fresh += 1;
  }
  for (const photo of photos) await tx.objectStore("photos").put(photo);
  await tx.done;
  return fresh;
}
