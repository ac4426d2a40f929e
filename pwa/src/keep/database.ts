/**
 * The staff app's IndexedDB. Migrations are steps that each ran once on some phone: never change one,
 * add the next. A database written by a newer app is opened by an older one only to be refused.
 */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from "idb";
import type { Record } from "../core/outbox";
import type { Receipt, Submission } from "../net/shapes";
import type { Answering } from "./answering";
import type { Draft } from "./drafts";
import { grown } from "./older";
import type { Paper } from "./papers";
import type { KeptPhoto } from "./photos";
import type { KeptKey } from "./receipt_keys";

/** What the outbox keeps beside the machine's own fields: words for a list that is painted offline. */
export interface Posting extends Record<Submission, Receipt> {
  account: string;
  /** The task's period; an event's is known to the server only by its day. */
  period: string;
  title: string;
  dueOn: string | null;
}

/** Where the rest of a photo goes: the server's address of an unfinished upload. */
export interface Upload {
  account: string;
  sha256: string;
  url: string;
}

export interface StaffSchema extends DBSchema {
  drafts: { key: string; value: Draft };
  outbox: { key: string; value: Posting };
  photos: { key: string; value: KeptPhoto };
  /** The last good answer to a question, for a phone without a signal. */
  answers: { key: string; value: { key: string; at: number; body: unknown } };
  uploads: { key: [string, string]; value: Upload };
  /** What receipts are believed by; it stays when somebody signs out. */
  receipt_keys: { key: string; value: KeptKey };
  answering: { key: [string, string]; value: Answering };
  papers: { key: [string, string]; value: Paper };
}

type Store =
  | "drafts"
  | "outbox"
  | "photos"
  | "answers"
  | "uploads"
  | "receipt_keys"
  | "answering"
  | "papers";
export type Database = IDBPDatabase<StaffSchema>;
export type Upgrade = IDBPTransaction<StaffSchema, Store[], "versionchange">;
type Migration = (db: Database, tx: Upgrade) => void | Promise<void>;

export const MIGRATIONS: readonly Migration[] = [
  (db) => {
    db.createObjectStore("drafts", { keyPath: "id" });
    db.createObjectStore("outbox", { keyPath: "id" });
    db.createObjectStore("photos", { keyPath: "sha256" });
    db.createObjectStore("answers", { keyPath: "key" });
  },
  async (db, tx) => {
    db.createObjectStore("uploads", { keyPath: ["account", "sha256"] });
    await grown(tx);
  },
  (db) => {
    db.createObjectStore("receipt_keys", { keyPath: "spelled" });
  },
  (db) => {
    db.createObjectStore("answering", { keyPath: ["account", "inquiry"] });
  },
  (db) => {
    db.createObjectStore("papers", { keyPath: ["account", "key"] });
  },
];

let opened: Promise<Database> | null = null;

export function database(): Promise<Database> {
  opened ??= openDB<StaffSchema>("gongshilan-staff", MIGRATIONS.length, {
    async upgrade(db, from, _to, tx) {
      for (const migrate of MIGRATIONS.slice(from)) await migrate(db, tx);
    },
    blocking(_current, _blocked, event) {
      // Another tab brings a newer app: let it, this one reopens when it next needs something.
      (event.target as IDBDatabase | null)?.close();
      opened = null;
    },
    terminated() {
      opened = null;
    },
  }).catch((error: unknown) => {
    opened = null;
    throw error;
  });
  return opened;
}

/** For tests: forget the open connection. */
export async function closeDatabase(): Promise<void> {
  (await opened)?.close();
  opened = null;
}
