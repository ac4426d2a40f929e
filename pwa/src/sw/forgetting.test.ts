/** What is withdrawn, over or corrected leaves the phone; what other pages still show stays. */
import { beforeAll, beforeEach, expect, it, vi } from "vitest";

const NOTICE = "0199e000-0000-7000-8000-000000000003";
const OTHER = "0199e000-0000-7000-8000-000000000004";
const BOARD = "b0".repeat(32);
const SLIP = "51".repeat(32);
const site = self.location.origin;

type Stored = Map<string, Response>;
const shelves = new Map<string, Stored>();
const shelf = (name: string): Stored => {
  const found = shelves.get(name) ?? new Map<string, Response>();
  shelves.set(name, found);
  return found;
};
const addressOf = (asked: string | { url: string }): string =>
  new URL(typeof asked === "string" ? asked : asked.url, site).href;
const opened = (name: string) => ({
  match: async (asked: string) => shelf(name).get(addressOf(asked))?.clone(),
  put: async (asked: string, answer: Response) => void shelf(name).set(addressOf(asked), answer),
  delete: async (asked: string | { url: string }) => shelf(name).delete(addressOf(asked)),
  keys: async () => [...shelf(name).keys()].map((url) => ({ url })),
  matchAll: async () => [...shelf(name).values()].map((each) => each.clone()),
});
let online: Response | null = null;

beforeAll(async () => {
  for (const name of ["READER", "STAFF"]) {
    vi.stubGlobal(`__${name}_FILES__`, []);
    vi.stubGlobal(`__${name}_VERSION__`, "one");
  }
  vi.stubGlobal("caches", {
    open: async (name: string) => opened(name),
    match: async () => undefined,
  });
  vi.stubGlobal("fetch", async () => {
    if (online === null) throw new TypeError("no network");
    return online;
  });
  // By a name that is not looked through: the types of a worker and of a page do not go together.
  const worker = "./index";
  await import(worker);
});
beforeEach(() => {
  shelves.clear();
  for (const sha of [BOARD, SLIP]) shelf("photos").set(photo(sha), new Response("a picture"));
});

const photo = (sha: string): string => `${site}/api/v1/photos/${sha}/960.webp`;
const page = (photos: string[], more = "", ends = ""): Response =>
  new Response(
    `<html lang="zh"${ends && ` data-hide-after="${ends}"`}>${photos.map((sha) => `<img src="/api/v1/photos/${sha}/960.jpg">`).join("")}${more}`,
    { headers: { "content-type": "text/html" } },
  );
const photosHere = (): string[] =>
  [...shelf("photos").keys()].map((url) => url.split("/")[6] ?? "");

/** Somebody opens a page; `answer`: what the network says, null without one. */
async function open(path: string, answer: Response | null): Promise<string> {
  online = answer;
  const waited: Promise<unknown>[] = [];
  let said: Promise<Response> | undefined;
  self.dispatchEvent(
    Object.assign(new Event("fetch"), {
      request: { method: "GET", mode: "navigate", url: site + path },
      respondWith: (given: Promise<Response>) => {
        said = given;
      },
      waitUntil: (work: Promise<unknown>) => waited.push(work),
    }),
  );
  const text = await said?.then((answer) => answer.text()).catch(() => "");
  await Promise.all(waited);
  return text ?? "";
}

it("opens again without a network, says how old it is, and has its photos", async () => {
  await open(`/d/${NOTICE}`, page([BOARD, SLIP]));
  const again = await open(`/d/${NOTICE}`, null);
  expect(again).toMatch(/^<html data-kept-at="20[^"]+Z" lang="zh">/);
  expect(again).toContain(BOARD);
  expect(photosHere()).toEqual([BOARD, SLIP]);
});

it("lets go of what a correction took away, unless another page shows it", async () => {
  await open(`/d/${NOTICE}`, page([BOARD, SLIP]));
  await open("/v/640425103208", page([BOARD]));
  await open(`/d/${NOTICE}`, page([]));
  expect(photosHere()).toEqual([BOARD]);
});

it("lets go of a notice that its village's list calls withdrawn", async () => {
  await open(`/d/${NOTICE}?edition=1`, page([SLIP]));
  await open(`/d/${OTHER}`, page([BOARD]));
  shelf("photos").set(`${site}/d/${NOTICE}/code.svg`, new Response("a code"));
  shelf("data").set(`${site}/api/v1/disclosures/${NOTICE}`, new Response("{}"));
  await open("/v/640425103208/past", page([], `<a class="ent" href="/d/${NOTICE}" data-gone>`));
  expect([...shelf("pages").keys()]).toEqual([`${site}/d/${OTHER}`, `${site}/v/640425103208/past`]);
  expect(photosHere()).toEqual([BOARD]);
  expect(shelf("data").size).toBe(0);
});

it.each([404, 410])(
  "lets go of everything of a notice that is answered with %i",
  async (status) => {
    await open(`/d/${NOTICE}`, page([SLIP]));
    await open(`/d/${NOTICE}/difference`, page([BOARD]));
    await open(`/d/${NOTICE}`, new Response("gone", { status }));
    expect(shelf("pages").size).toBe(0);
    expect(photosHere()).toEqual([]);
  },
);

it("lets go of a notice whose time is over when somebody opens it without a network", async () => {
  await open(`/d/${OTHER}`, page([BOARD], "", "2999-01-01T00:00:00Z"));
  const clock = vi.spyOn(Date, "now").mockReturnValue(Date.parse("2026-11-27T15:59:59Z"));
  await open(`/d/${NOTICE}`, page([BOARD, SLIP], "", "2026-11-27T16:00:00Z"));
  expect(await open(`/d/${NOTICE}`, null)).toContain(SLIP);
  clock.mockReturnValue(Date.parse("2026-11-27T16:00:00Z"));
  expect(await open(`/d/${NOTICE}`, null)).not.toContain(SLIP);
  clock.mockRestore();
  expect([...shelf("pages").keys()]).toEqual([`${site}/d/${OTHER}`]);
  expect(photosHere()).toEqual([BOARD]);
});

it("reads what an earlier version kept", async () => {
  const kept = { "content-type": "text/html", "x-kept-at": "2026-11-01T00:00:00Z" };
  const text = `<html lang="zh"><img src="/api/v1/photos/${SLIP}/960.jpg">`;
  shelf("pages").set(`${site}/d/${NOTICE}`, new Response(text, { headers: kept }));
  expect(await open(`/d/${NOTICE}`, null)).toContain('data-kept-at="2026-11-01T00:00:00Z"');
  await open(`/d/${NOTICE}`, page([]));
  expect(photosHere()).toEqual([BOARD]);
});
