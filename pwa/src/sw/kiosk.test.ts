/** A query point starts also where its disk is full or what was noted is broken. */
import { beforeAll, beforeEach, expect, it, vi } from "vitest";

const PAGES: { [cache: string]: string } = {
  "kiosk-shell-one": "<html lang=zh>one",
  "kiosk-shell-two": "<html lang=zh>two",
};
let noted = "";
let full = false;

beforeAll(async () => {
  vi.stubGlobal("__KIOSK_VERSION__", "two");
  vi.stubGlobal("__KIOSK_FILES__", []);
  vi.stubGlobal("fetch", async () => new Response("from the network"));
  vi.stubGlobal("caches", {
    open: async () => ({
      match: async () => new Response(noted),
      put: async (_: string, answer: Response) => {
        if (full) throw new DOMException("full", "QuotaExceededError");
        noted = await answer.text();
      },
    }),
    match: async (_: string, { cacheName }: { cacheName: string }) =>
      PAGES[cacheName] === undefined ? undefined : new Response(PAGES[cacheName]),
  });
  // By a name that is not looked through: the types of a worker and of a page do not go together.
  const worker = "./kiosk";
  await import(worker);
});
beforeEach(() => {
  full = false;
  noted = JSON.stringify({ current: "two", before: "one", tries: 0, failed: null });
});

async function opened(): Promise<string> {
  let answer: Promise<Response> | undefined;
  const request = { method: "GET", mode: "navigate", url: `${self.location.origin}/kiosk` };
  self.dispatchEvent(
    Object.assign(new Event("fetch"), {
      request,
      respondWith: (given: Promise<Response>) => {
        answer = given;
      },
      waitUntil: () => undefined,
    }),
  );
  return (await answer)?.text() ?? "";
}

it("tries the new version once", async () => {
  expect(await opened()).toContain("two");
  expect(await opened()).toContain("one");
});

it("opens with the version that has painted when the disk is full", async () => {
  full = true;
  for (let start = 0; start < 3; start += 1) expect(await opened()).toContain("one");
});

it.each(["", '{"current": "tw'])(
  "comes from the network when its note is broken: %s",
  async (half) => {
    noted = half;
    expect(await opened()).toBe("from the network");
  },
);
