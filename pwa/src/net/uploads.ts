/**
 * Photos by tus 1.0 in pieces of 48 KB: what arrived before the signal went is never sent again. The client
 * itself is loaded when the first photo goes; it carries over `fetch`, so that one door judges every answer, and so that
 * the service worker, which has no XMLHttpRequest, sends by the same steps.
 */
import type { HttpRequest, HttpResponse, HttpStack } from "tus-js-client";
import { mustBeOurs, Offline, problemOf, spokenFor } from "./client";

const PIECE = 48 * 1024;
/** A piece that takes longer is stuck: 48 KB need half a minute on the slowest network that still works. */
const STUCK_MS = 90_000;

export interface Sending {
  sha256: string;
  division: string;
  bytes: ArrayBuffer;
  /** Where an earlier attempt stopped, if there was one. */
  url: string | null;
}

export interface Watch {
  /** The upload's address, to go on with after the phone was closed. */
  began: (url: string) => Promise<void>;
  /** The server has acknowledged so many bytes. */
  piece: (offset: number) => Promise<void>;
  /** Asked between two pieces: should something more urgent go first? */
  giveWay: () => boolean;
}

/** Send a photo from where it stopped. Throws Problem (the server will not have it) or Offline (try again later). */
export async function upload(photo: Sending, watch: Watch): Promise<"arrived" | "gave way"> {
  // Its core alone: requests, files and the memory of addresses are ours.
  const { default: Upload } = await import("tus-js-client/lib.esm/upload.js");
  let noted = Promise.resolve();
  const note = (how: () => Promise<void>): void => {
    noted = noted.then(how);
    noted.catch(() => undefined); // heard when the upload ends
  };
  const outcome = await new Promise<"arrived" | "gave way">((resolve, reject) => {
    const sending = new Upload(photo.bytes as unknown as Blob, {
      ...Upload.defaultOptions,
      // Bytes, not a Blob: our own reader below cuts them.
      endpoint: new URL("/api/v1/uploads", location.origin).href,
      uploadUrl: ourOwn(photo.url),
      metadata: { sha256: photo.sha256, division: photo.division },
      chunkSize: PIECE,
      retryDelays: null, // when to try again is decided in core/outbox.ts
      fingerprint: async () => "",
      storeFingerprintForResuming: false, // the address is kept in IndexedDB, by `began`
      httpStack: DOOR,
      fileReader: { openFile: async (bytes: ArrayBuffer) => pieces(bytes) },
      onUploadUrlAvailable: () => {
        const { url } = sending;
        if (url !== null) note(() => watch.began(url));
      },
      onChunkComplete: (_size, accepted, total) => {
        note(() => watch.piece(accepted));
        if (accepted < total && watch.giveWay()) {
          void sending.abort();
          resolve("gave way");
        }
      },
      onSuccess: () => resolve("arrived"),
      onError: (error) => reject(("causingError" in error && error.causingError) || error),
    });
    sending.start();
  });
  await noted;
  return outcome;
}

/** An address that was kept is used only where it belongs. */
function ourOwn(url: string | null): string | null {
  return url !== null && new URL(url, location.origin).origin === location.origin ? url : null;
}

/** What the client hands to the door: it asks a piece for its size, as it would ask a Blob. */
interface Piece {
  size: number;
  bytes: ArrayBuffer;
}

function pieces(bytes: ArrayBuffer) {
  const size = bytes.byteLength;
  return {
    size,
    slice: async (start: number, end: number) => {
      const piece = bytes.slice(start, end);
      return { value: { size: piece.byteLength, bytes: piece } as Piece, done: end >= size };
    },
    close: () => undefined,
  };
}

/** The upload is not where we thought: asking the server again tells where it is. */
const ASK_AGAIN = [404, 409, 410, 423, 460];

/**
 * No checksum goes with a piece: the server would keep it whole or not at all, and half a piece is worth
 * keeping. The whole photo is checked against its SHA-256 at the end.
 */
const DOOR: HttpStack = {
  getName: () => "fetch",
  createRequest: (method: string, url: string): HttpRequest => {
    const headers: { [name: string]: string } = { Accept: "application/json", ...spokenFor() };
    const abort = new AbortController();
    const send = async (piece: Piece | null): Promise<HttpResponse> => {
      const timer = setTimeout(() => abort.abort(), STUCK_MS);
      try {
        const response = await fetch(url, {
          method,
          headers,
          credentials: "same-origin",
          cache: "no-store",
          signal: abort.signal,
          ...(piece ? { body: piece.bytes } : {}),
        });
        mustBeOurs(response);
        const { status } = response;
        const lost = method === "HEAD" && (status === 404 || status === 410); // then it begins anew
        if (!response.ok && !lost) {
          if (ASK_AGAIN.includes(status))
            throw new Offline(`the upload stands elsewhere: ${status}`);
          throw await problemOf(response, method);
        }
        return answerOf(response);
      } finally {
        clearTimeout(timer);
      }
    };
    return {
      getMethod: () => method,
      getURL: () => url,
      setHeader: (name, value) => {
        headers[name] = value;
      },
      getHeader: (name) => headers[name],
      setProgressHandler: () => undefined, // only what was acknowledged is shown
      send,
      abort: async () => abort.abort(),
      getUnderlyingObject: () => abort,
    };
  },
};

function answerOf(response: Response): HttpResponse {
  return {
    getStatus: () => response.status,
    getHeader: (name) => response.headers.get(name) ?? undefined,
    getBody: () => "",
    getUnderlyingObject: () => response,
  };
}
