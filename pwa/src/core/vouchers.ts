/** Voucher photos are named in the content, in the `photos` of the entry that they prove. */
import { type Content, type Json, listAt } from "./pointers";

export interface Voucher {
  sha256: string;
  /** The entry that the photo belongs to. */
  pointer: string;
}

/** Every voucher photo of a content with its entry, in the order of the document. */
export function vouchersIn(content: Json, base = ""): Voucher[] {
  if (Array.isArray(content)) return content.flatMap((item, n) => vouchersIn(item, `${base}/${n}`));
  if (content === null || typeof content !== "object") return [];
  const here = listAt(content, "/photos")
    .filter((hash): hash is string => typeof hash === "string")
    .map((sha256) => ({ sha256, pointer: base }));
  const below = Object.entries(content as Content)
    .filter(([key]) => key !== "photos")
    .flatMap(([key, value]) => vouchersIn(value, `${base}/${key}`));
  return [...here, ...below];
}
