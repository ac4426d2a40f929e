/** A query point that becomes another one, or nobody, while it fetches. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as keep from "../../keep/kiosk";
import type { Point } from "../../net/kiosk";
import { photo } from "../../net/kiosk";
import { beatNow } from "./beating";
import { refresh, villages } from "./contents";
import { point } from "./point";

const OLD = "640425103207";
const NEW = "640425103208";
const pointOf = (id: string, code: string): Point => ({
  id,
  name: id,
  place: "",
  kind: "kiosk",
  volume: 6,
  division: { code, name: code, path: [] },
});
// A private key is a stranger to this database; what matters is that it stays.
const KEY = { kty: "EC" } as unknown as CryptoKey;

/** Answers that wait until they are let go. */
const waiting: (() => void)[] = [];
let beatStatus = 200;

function answerTo(path: string): Response {
  const headers = {
    Gongshilan: "1",
    "Content-Type": "application/json",
    ETag: `"${path}"`,
  };
  const code = path.split(/[/?]/)[4] ?? "";
  const body = path.includes("/heartbeats")
    ? {
        server_now: "2026-10-12T10:00:00+08:00",
        name: "旧的",
        place: "",
        kind: "screen",
        volume: 1,
      }
    : /\/(disclosures|categories|matters)\?/.test(path)
      ? { items: [], next: null }
      : path.includes("/villages/")
        ? {
            division: { name: code, path: [] },
            missing: [],
            changes_at: null,
            site_notices: [],
            demo: false,
          }
        : { division: { code, level: "village" }, children: [] };
  const status = path.includes("/heartbeats") ? beatStatus : 200;
  return new Response(JSON.stringify(body), { status, headers });
}

beforeEach(async () => {
  vi.stubGlobal("caches", {
    open: async () => ({ keys: async () => [], match: async () => undefined }),
    delete: async () => true,
  });
  vi.stubGlobal("fetch", async (path: string) => {
    if (path.includes(OLD) || path.includes("/heartbeats")) {
      await new Promise<void>((go) => waiting.push(go));
    }
    return answerTo(path);
  });
  vi.stubGlobal("crypto", { subtle: { sign: async () => new ArrayBuffer(64) } });
  beatStatus = 200;
  await keep.become(pointOf("old", OLD), KEY);
  point.value = pointOf("old", OLD);
});

afterEach(async () => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  vi.stubGlobal("caches", { delete: async () => true });
  await keep.forget();
  waiting.length = 0;
  villages.value = [];
});

async function pairedAnew(): Promise<void> {
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  await keep.forget();
  await keep.become(pointOf("new", NEW), KEY);
  point.value = pointOf("new", NEW);
}

async function letGo(work: Promise<void>): Promise<void> {
  let done = false;
  const end = work.then(() => {
    done = true;
  });
  while (!done) {
    for (const go of waiting.splice(0)) go();
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await end;
}

it("stays the new point when the old one's contents arrive, and has its own", async () => {
  const fetching = refresh();
  await pairedAnew();
  await letGo(fetching);
  expect((await keep.own("point"))?.id).toBe("new");
  expect(await keep.own("key")).not.toBeNull();
  expect(villages.value.map((one) => one.code)).toEqual([NEW]);
  expect((await keep.villages()).map((one) => one.code)).toEqual([NEW]);
});

it("keeps nothing when it was retired meanwhile", async () => {
  const fetching = refresh();
  await vi.waitFor(() => expect(waiting).toHaveLength(1));
  point.value = null;
  await letGo(fetching);
  expect(await keep.villages()).toEqual([]);
  expect(villages.value).toEqual([]);
});

it.each([200, 410])("does not take what the old point is told (%d) for its own", async (status) => {
  beatStatus = status;
  const beating = beatNow();
  await pairedAnew();
  await letGo(beating);
  expect(point.value).toEqual(pointOf("new", NEW));
  expect((await keep.own("point"))?.id).toBe("new");
});

/** A village with one notice, in two languages; how often the notice was asked for. */
function aNotice(): { asked: string[] } {
  const asked: string[] = [];
  const titled = (path: string) => (path.includes("lang=en") ? "Accounts" : "财务收支");
  const card = (path: string) => ({
    disclosure_id: "a",
    title: titled(path),
    edition: 1,
  });
  vi.stubGlobal("fetch", async (path: string) => {
    const headers = { Gongshilan: "1", ETag: `"${path}"` };
    if (path.includes("/matters?")) {
      const notices = ["a", "b"].map((id) => ({
        disclosure_id: id,
        title: id === "a" ? titled(path) : "计划",
        phase_name: { zh: "事中", en: "During" },
        stage: "open",
        since: "2026-10-08",
        until: null,
      }));
      return Response.json({ items: [{ name: "村道硬化", notices }] }, { headers });
    }
    if (path.includes("/villages/") && !path.includes("/disclosures")) {
      const title = path.includes("lang=en") ? "Accounts, third quarter" : "第三季度财务收支";
      const missing = [{ title, due_on: "2026-10-15" }];
      const division = { name: OLD, path: [] };
      return Response.json(
        { division, missing, changes_at: null, site_notices: [], demo: false },
        { headers },
      );
    }
    if (path.includes("/disclosures?"))
      return Response.json({ items: [card(path)], next: null }, { headers });
    if (path.endsWith("/code.svg")) {
      return new Response("<svg/>", { headers: { "Content-Type": "image/svg+xml" } });
    }
    if (!path.includes("/disclosures/")) return answerTo(path);
    asked.push(path);
    const sentences = path.includes("lang=en") ? ["Spent"] : ["支出"];
    return Response.json({ card: card(path), sheet: null, sentences, photos: [] }, { headers });
  });
  return { asked };
}

it("keeps what a notice says in both languages, whatever is chosen on the screen meanwhile", async () => {
  const { asked } = aNotice();
  await refresh();
  expect(await keep.notice("a")).toMatchObject({
    card: { title: "财务收支" },
    sentences: ["支出"],
    english: { title: "Accounts", sheet: null, sentences: ["Spent"] },
    code: "<svg/>",
  });
  expect(villages.value[0]?.cards[0]).toMatchObject({ title: "财务收支", title_en: "Accounts" });
  expect(villages.value[0]?.missing[0]?.title).toEqual({
    zh: "第三季度财务收支",
    en: "Accounts, third quarter",
  });
  await refresh();
  expect(asked).toHaveLength(2); // once in each language, and not again
});

it("keeps what notices tell of together, in both languages, and has it without a network", async () => {
  aNotice();
  await refresh();
  const [kept] = await keep.villages();
  expect(
    kept?.matters?.map(({ name, notices }) => [name, notices.map((one) => one.title)]),
  ).toEqual([
    [
      "村道硬化",
      [
        { zh: "财务收支", en: "Accounts" },
        { zh: "计划", en: "计划" },
      ],
    ],
  ]);
  // An older version kept none: they are fetched though nothing changed in the village.
  const { matters: _, ...older } = kept ?? { matters: [] };
  villages.value = [older as (typeof villages.value)[number]];
  await refresh();
  expect(villages.value[0]?.matters).toHaveLength(1);
});

it("fetches again what an older version kept in Chinese only", async () => {
  const { asked } = aNotice();
  await refresh();
  const [kept] = villages.value;
  if (!kept) throw new Error("nothing was kept");
  villages.value = [{ ...kept, cards: kept.cards.map(({ title_en: _, ...card }) => card) }];
  await refresh();
  expect(asked).toHaveLength(4);
  expect(villages.value[0]?.cards[0]?.title_en).toBe("Accounts");
});

it("gives a photo up that never comes", async () => {
  vi.useFakeTimers();
  vi.stubGlobal(
    "fetch",
    (_: string, ask?: RequestInit) =>
      new Promise((_, reject) => {
        ask?.signal?.addEventListener("abort", () => reject(new Error("gave up")));
      }),
  );
  const coming = expect(photo("0".repeat(64))).rejects.toThrow("gave up");
  await vi.advanceTimersByTimeAsync(300_000);
  await coming;
});
