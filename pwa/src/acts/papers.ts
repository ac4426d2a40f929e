/**
 * What was found on the spot, proof that something was put right, and what was done so that people hear of a notice: on
 * the phone from the first letter, sent when there is a signal. Photos go first. Whoever handed it over need not look again: it leaves while the app is open.
 */
import { signal } from "@preact/signals";
import { bodyOf } from "../core/outreach";
import { dropPaper, type Paper, paperChanged, papersOf, savePaper } from "../keep/papers";
import { photoBytes } from "../keep/photos";
import { forgetUpload, keepUploadUrl, uploadUrl } from "../keep/uploads";
import { Problem } from "../net/client";
import * as api from "../net/inspecting";
import type { Reply } from "../net/inspection_shapes";
import { keep } from "../net/outreach";
import type { OutreachBody } from "../net/outreach_shapes";
import { upload } from "../net/uploads";
import { busyWith } from "./busy";
import { newId } from "./digest";
import { actor, notSignedIn } from "./session";

/** This person's papers; null until the phone was asked. */
export const papers = signal<Paper[] | null>(null);
export const paperFailed = signal(false);
/** Counts what arrived, so that a screen asks the server anew. */
export const papersArrived = signal(0);

const account = (): string => actor.value?.account_id ?? "";
export const visitKey = (draw: string, rank: number): string => `visit ${draw} ${rank}`;
/** A record of outreach: a new one, or the one that takes the place of another. */
export const outreachKey = (replaces: string | "new"): string => `outreach ${replaces}`;
export const proofKey = (order: string): string => `proof ${order}`;

/** What goes to the disk, one after the other, so that the newest is written last. */
let disk: Promise<void> = Promise.resolve();
function next(write: () => Promise<void>): Promise<void> {
  disk = disk.then(write).then(
    () => {
      paperFailed.value = false;
    },
    () => {
      paperFailed.value = true;
    },
  );
  return disk;
}

/** Read what this person has on the phone. */
export async function loadPapers(): Promise<void> {
  await disk;
  papers.value = account() === "" ? [] : await papersOf(account()).catch(() => []);
}

export function paperOf(key: string): Paper | undefined {
  return papers.value?.find((one) => one.key === key && one.account === account());
}

type Part = Partial<Pick<Paper, "photos" | "waiting" | "refusal" | "etag">> & {
  fields?: { [field: string]: string };
};

/** Change a paper, or begin it. Every change is kept at once. */
export function changePaper(key: string, division: string, part: Part): Promise<void> {
  const before = paperOf(key);
  const after: Paper = {
    ...(before ?? {
      account: account(),
      key,
      id: newId(),
      division,
      photos: [],
      etag: null,
      waiting: false,
      refusal: null,
    }),
    ...part,
    fields: { ...before?.fields, ...part.fields },
    savedAt: Math.max(Date.now(), (before?.savedAt ?? 0) + 1),
  };
  papers.value = [...(papers.value ?? []).filter((one) => one !== before), after];
  paperChanged(after);
  return next(() => savePaper(after));
}

/** It was sent, or nothing is to be said any more. */
export function endPaper(key: string): Promise<void> {
  const mine = account();
  papers.value = (papers.value ?? []).filter((one) => one.key !== key);
  return next(() => dropPaper(mine, key));
}

let running: Promise<void> | null = null;

/** Send everything that was handed over; what finds no signal waits for the next time. */
export function sendPapers(): Promise<void> {
  running ??= round().finally(() => {
    running = null;
  });
  return running;
}

async function round(): Promise<void> {
  for (const paper of (papers.value ?? []).filter((one) => one.waiting)) {
    if (paper.account !== account()) return; // the phone changed hands meanwhile
    busyWith("papers", true);
    try {
      await send(paper);
      await endPaper(paper.key);
      papersArrived.value += 1;
    } catch (error) {
      if (!(error instanceof Problem)) return; // no signal: it waits
      if (error.status === 401) {
        notSignedIn(error);
        return;
      }
      // One that was busy elsewhere is tried again; a refusal is for a person to read.
      if (error.status >= 500) return;
      await changePaper(paper.key, paper.division, { waiting: false, refusal: error.detail });
    } finally {
      busyWith("papers", false);
    }
  }
}

async function send(paper: Paper): Promise<void> {
  for (const sha256 of paper.photos) {
    // What the phone no longer has may be with the server already: it says so if not.
    const bytes = await photoBytes(sha256);
    if (bytes !== null) await sendPhoto(paper, sha256, bytes);
  }
  const [kind, about = "", rank = ""] = paper.key.split(" ");
  if (kind === "outreach") {
    const replaces = about === "new" ? null : about;
    return keep(bodyOf(paper.id, paper.fields, replaces, paper.photos) as OutreachBody);
  }
  if (kind === "visit") return api.visit(about, rank, visitBody(paper));
  const { words = "", disclosure = "" } = paper.fields;
  return api.step(about, "proof", paper.etag ?? "", {
    id: paper.id,
    words: words.trim(),
    photos: paper.photos,
    ...(disclosure === "" ? {} : { disclosure_id: disclosure }),
  });
}

/** In pieces: what had arrived before the signal went is not sent again, and neither is what the phone forgot to hear of. */
async function sendPhoto(paper: Paper, sha256: string, bytes: ArrayBuffer): Promise<void> {
  const { account: mine, division } = paper;
  const url = await uploadUrl(mine, sha256);
  await upload(
    { sha256, division, bytes, url },
    {
      began: (address) => keepUploadUrl(mine, sha256, address),
      piece: async () => undefined,
      giveWay: () => false,
    },
  );
  await forgetUpload(mine, sha256);
}

function visitBody({ fields, photos, savedAt }: Paper) {
  const count = (field: string): number => Number(fields[field] ?? "") || 0;
  const reply = (field: string): Reply => (fields[field] ?? "unclear") as Reply;
  return {
    published: reply("published"),
    accurate: reply("accurate"),
    complete: reply("complete"),
    timely: reply("timely"),
    note: (fields.note ?? "").trim(),
    asked: count("asked"),
    knew: count("knew"),
    satisfied: count("satisfied"),
    photos,
    composed_at: new Date(savedAt).toISOString(),
  };
}
