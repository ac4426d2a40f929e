/**
 * What a query point keeps: who it is, its clock, and every notice that it may have to show without a network. Beside the
 * phones' database, not in it: a query point is nobody's phone.
 */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";
import type { Text } from "../core/findings";
import type { KeptClock } from "../core/kiosk_clock";
import type { Span } from "../core/kiosk_missed";
import type {
  FindableIn,
  KeptCard,
  KeptMatter,
  Missing,
  Notice,
  OfficePhone,
  Point,
  ShownSiteNotice,
} from "../net/kiosk_shapes";

/** A village as it was last answered; `asOf` is a true time. */
export interface KeptVillage {
  code: string;
  name: string;
  path: string[];
  etag: string | null;
  asOf: number;
  changesAt: number | null;
  missing: (Omit<Missing, "title"> & { title: Text | string })[];
  cards: KeptCard[];
  /** What the offices have to say, each until its end; not there where an older version kept it. */
  said?: ShownSiteNotice[];
  /** Whom to call, the nearest office first; not there where an older version kept it. */
  phones?: OfficePhone[];
  /** What its notices tell of together; not there where an older version kept it. */
  matters?: KeptMatter[];
  demo: boolean;
}

interface Own {
  point: Point;
  key: CryptoKey;
  /** The number of the last heartbeat that was signed. */
  seq: number;
  clock: KeptClock;
  missed: Span[];
  findable: FindableIn;
  /** It was a point and is none any more. */
  retired: boolean;
}

interface KioskSchema extends DBSchema {
  own: { key: string; value: unknown };
  villages: { key: string; value: KeptVillage };
  notices: { key: string; value: Notice & { id: string } };
}

export const PHOTOS = "kiosk-photos";

let opened: Promise<IDBPDatabase<KioskSchema>> | null = null;

function database(): Promise<IDBPDatabase<KioskSchema>> {
  opened ??= openDB<KioskSchema>("gongshilan-kiosk", 1, {
    upgrade(db) {
      db.createObjectStore("own");
      db.createObjectStore("villages", { keyPath: "code" });
      db.createObjectStore("notices", { keyPath: "id" });
    },
    blocking(_current, _blocked, event) {
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

export async function own<K extends keyof Own>(name: K): Promise<Own[K] | null> {
  return ((await (await database()).get("own", name)) as Own[K] | undefined) ?? null;
}

export async function keepOwn<K extends keyof Own>(name: K, value: Own[K]): Promise<void> {
  await (await database()).put("own", value, name);
}

/** Becomes a point, all at once: never a key without its point. */
export async function become(point: Point, key: CryptoKey): Promise<void> {
  const tx = (await database()).transaction("own", "readwrite");
  await Promise.all([
    tx.store.put(point, "point"),
    tx.store.put(key, "key"),
    tx.store.put(0, "seq"),
    tx.store.put([], "missed"),
    tx.store.delete("retired"),
    tx.done,
  ]);
}

export async function villages(): Promise<KeptVillage[]> {
  return (await database()).getAll("villages");
}

export async function keepVillage(village: KeptVillage): Promise<void> {
  await (await database()).put("villages", village);
}

export async function dropVillage(code: string): Promise<void> {
  await (await database()).delete("villages", code);
}

export async function notice(id: string): Promise<Notice | null> {
  return (await (await database()).get("notices", id)) ?? null;
}

export async function keepNotice(found: Notice): Promise<void> {
  await (await database()).put("notices", { ...found, id: found.card.disclosure_id });
}

/** Drops every notice but these, and every photo but theirs. */
export async function keepOnly(ids: ReadonlySet<string>): Promise<void> {
  const tx = (await database()).transaction("notices", "readwrite");
  const photos = new Set<string>();
  for (let at = await tx.store.openCursor(); at !== null; at = await at.continue()) {
    if (ids.has(at.key)) for (const { sha256 } of at.value.photos) photos.add(sha256);
    else await at.delete();
  }
  await tx.done;
  const cache = await caches.open(PHOTOS);
  for (const { url } of await cache.keys()) {
    if (!photos.has(new URL(url).pathname.split("/")[4] ?? "")) await cache.delete(url);
  }
}

/** A retired point forgets everything. */
export async function forget(): Promise<void> {
  await (await database()).clear("own");
  await forgetContents();
}

/** What was kept for a point that this device is no longer; who it is now stays. */
export async function forgetContents(): Promise<void> {
  const db = await database();
  await Promise.all([db.clear("villages"), db.clear("notices")]);
  await caches.delete(PHOTOS);
}
