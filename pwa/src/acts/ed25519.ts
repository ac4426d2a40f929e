/** The one thing of the library that is used, so that nothing else of it is carried. */
export { ed25519 } from "@noble/curves/ed25519.js";
