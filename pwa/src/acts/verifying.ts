/** Ed25519 in the app: the engine's own where it has one, else a library that is loaded when it is first needed. */
import { byEngine, type Verify } from "./proving";

export const byAnyMeans: Verify = async (key, signature, message) => {
  const said = await byEngine(key, signature, message);
  if (said !== null) return said;
  teach();
  const { ed25519 } = await import("./ed25519");
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false; // not even the shape of a signature
  }
};

/** The library asks for `Object.hasOwn`, which is a version younger than the oldest engine that must post (Chromium 92). */
function teach(): void {
  const own = Object as { hasOwn?: (of: object, key: PropertyKey) => boolean };
  own.hasOwn ??= (of, key) => Object.getOwnPropertyDescriptor(of, key) !== undefined;
}
