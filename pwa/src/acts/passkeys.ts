/** Making a passkey and signing in with one: the browser's part, between two answers of the server. */
import { bytesOf, type NoPasskey, textOf, whyNoPasskey } from "../core/passkeys";
import * as api from "../net/questions";
import type { PasskeyLine, SignedIn } from "../net/shapes";
import { deviceName, installation } from "./session";

const MADE_HERE = "gongshilan-passkey";

/** The person closed the browser's own dialog, or the device has no fitting key: nothing went wrong. */
export class NotChosen extends Error {}
/** This device has a passkey of this account already. */
export class MadeBefore extends Error {}

export function noPasskey(): NoPasskey | null {
  const able = typeof PublicKeyCredential === "function" && Boolean(navigator.credentials);
  return whyNoPasskey(installation.value?.passkeys, location.origin, able);
}

/** Whether a passkey was made or used on this device before: then it is offered first. */
export function madeHere(): boolean {
  try {
    return localStorage.getItem(MADE_HERE) !== null;
  } catch {
    return false;
  }
}

function remember(): void {
  try {
    localStorage.setItem(MADE_HERE, "1");
  } catch {
    // Offered second next time, that is all.
  }
}

async function fromBrowser(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const found = await ask();
    if (found instanceof PublicKeyCredential) return found;
  } catch (error) {
    if (error instanceof DOMException && error.name === "InvalidStateError") throw new MadeBefore();
    if (!(error instanceof DOMException)) throw error;
  }
  throw new NotChosen();
}

/** Make a passkey on this device for whoever is signed in. Throws NotChosen, MadeBefore, Problem, Offline. */
export async function makePasskey(name: string): Promise<PasskeyLine> {
  const asked = await api.passkeyToMake();
  const made = await fromBrowser(() =>
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(asked.challenge),
        rp: { id: asked.rp_id, name: asked.rp_name },
        user: {
          id: bytesOf(asked.user_id),
          name: asked.user_name,
          displayName: asked.user_display_name,
        },
        pubKeyCredParams: asked.algorithms.map((alg) => ({ type: "public-key", alg })),
        excludeCredentials: asked.exclude.map((known) => ({
          type: "public-key",
          id: bytesOf(known.credential_id),
          transports: known.transports as AuthenticatorTransport[],
        })),
        // A key the device finds by itself, so that nobody types a name.
        authenticatorSelection: { residentKey: "required", userVerification: "preferred" },
        attestation: "none",
        timeout: asked.timeout_ms,
      },
    }),
  );
  const answer = made.response as AuthenticatorAttestationResponse;
  const kept = await api.keepPasskey({
    challenge_id: asked.challenge_id,
    credential_id: textOf(made.rawId),
    client_data: textOf(answer.clientDataJSON),
    attestation: textOf(answer.attestationObject),
    transports: answer.getTransports?.() ?? [],
    name,
  });
  remember();
  return kept;
}

/** Let the device offer its passkeys of this site and sign in with the chosen one. Throws like `makePasskey`. */
export async function openByPasskey(): Promise<SignedIn> {
  const asked = await api.passkeyToAsk();
  const found = await fromBrowser(() =>
    navigator.credentials.get({
      publicKey: {
        challenge: bytesOf(asked.challenge),
        rpId: asked.rp_id,
        userVerification: "preferred",
        timeout: asked.timeout_ms,
      },
    }),
  );
  const answer = found.response as AuthenticatorAssertionResponse;
  const signedIn = await api.signInByPasskey({
    challenge_id: asked.challenge_id,
    credential_id: textOf(found.rawId),
    client_data: textOf(answer.clientDataJSON),
    authenticator_data: textOf(answer.authenticatorData),
    signature: textOf(answer.signature),
    user_handle: answer.userHandle ? textOf(answer.userHandle) : null,
    device: deviceName(navigator.userAgent),
  });
  remember();
  return signedIn;
}
