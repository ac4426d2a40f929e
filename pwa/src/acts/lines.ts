/** How the tabs of this device and its worker keep out of each other's way: one lock, and a few words. */

/** The name of the lock: one sender on this device, in whichever tab or worker it runs. */
export const LOCK = "gongshilan-outbox";

/** Under this name the phone keeps which language its person reads, for a worker that sees no page. */
export const LANGUAGE = "language";

/** `moved`: a record is not what it was. `mine`: somebody looks at a page, and it will go on with the sending. */
export type Word = "moved" | "mine";

const line =
  typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("gongshilan-outbox");

/** Say something to every other tab and to the worker; not to oneself. */
export function sayToOthers(word: Word): void {
  line?.postMessage({ type: word });
}

/** Hear what the others say. Returns how to stop listening. */
export function onWord(hear: (word: Word) => void): () => void {
  const heard = ({ data }: MessageEvent<{ type?: Word }>): void => {
    if (data?.type) hear(data.type);
  };
  line?.addEventListener("message", heard);
  return () => line?.removeEventListener("message", heard);
}
