/** What a correction changes, as a list a person can read before it is sent. */
import type { Content, Json } from "./pointers";

export interface Changed {
  pointer: string;
  before: Json | undefined;
  after: Json | undefined;
}

const plain = (value: Json | undefined): boolean => value === null || typeof value !== "object";

/** Every leaf that differs, in the order of the new content, what is gone at the end of its parent. */
export function difference(
  before: Json | undefined,
  after: Json | undefined,
  base = "",
): Changed[] {
  if (before === after) return [];
  if (plain(before) && plain(after)) return [{ pointer: base, before, after }];
  const left = (plain(before) ? {} : before) as Content;
  const right = (plain(after) ? {} : after) as Content;
  const keys = [...new Set([...Object.keys(right), ...Object.keys(left)])];
  return keys.flatMap((key) => difference(left[key], right[key], `${base}/${key}`));
}
