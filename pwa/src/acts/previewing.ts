/** Asks the server to draw a draft; photos that are still in the phone are put into the page from here. */
import type { Draft } from "../keep/drafts";
import { photoBlob } from "../keep/photos";
import * as api from "../net/questions";
import type { PreviewShape } from "../net/shapes";
import { submissionOf } from "./drafting";

export interface Seen {
  html: string;
  opensAt: string;
  /** Forget the pictures that were made for it. */
  release: () => void;
}

export async function previewOf(draft: Draft, shape: PreviewShape): Promise<Seen> {
  const { html, opens_at } = await api.preview({ ...submissionOf(draft, Date.now()), shape });
  const made = new Map<string, string>();
  for (const { sha256 } of draft.photos) {
    const blob = await photoBlob(sha256);
    if (blob) made.set(sha256, URL.createObjectURL(blob));
  }
  const shown = html.replace(
    /\/api\/v1\/photos\/([0-9a-f]{64})\/\d+\.\w+/g,
    (address, sha256: string) => made.get(sha256) ?? address,
  );
  const release = (): void => {
    for (const address of made.values()) URL.revokeObjectURL(address);
  };
  return { html: shown, opensAt: opens_at, release };
}
