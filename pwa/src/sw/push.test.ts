import { afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";

const showNotification = vi.fn(async () => undefined);
const openWindow = vi.fn(async () => undefined);
const focus = vi.fn(async () => undefined);
let pages: { url: string; focus: typeof focus }[] = [];

beforeAll(async () => {
  // The worker's own world, as far as this half of it looks.
  Object.assign(globalThis, {
    registration: { showNotification },
    clients: { matchAll: async () => pages, openWindow },
  });
  // By a name that is not looked through: the types of a worker and of a page do not go together.
  const worker = "./push";
  await import(worker);
});
beforeEach(() => {
  pages = [];
});
afterEach(() => {
  vi.clearAllMocks();
  vi.unstubAllGlobals();
});

async function happens(kind: string, parts: object): Promise<void> {
  const waited: Promise<unknown>[] = [];
  const event = Object.assign(new Event(kind), parts, {
    waitUntil: (work: Promise<unknown>) => waited.push(work),
  });
  self.dispatchEvent(event);
  await Promise.all(waited);
}
const push = (data: unknown): Promise<void> => happens("push", { data: { json: () => data } });
const tap = (data: unknown, action = ""): Promise<void> =>
  happens("notificationclick", { action, notification: { data, close: () => undefined } });

const NEWS = { title: "红河村有新公示", body: "财务收支", path: "/d/1", tag: "x", stop: "不再收" };

test("news has a button that ends it, a reminder has none", async () => {
  await push({ ...NEWS, end: "/u/1.2" });
  expect(showNotification).toHaveBeenLastCalledWith(
    "红河村有新公示",
    expect.objectContaining({
      data: { path: "/d/1", end: "/u/1.2" },
      actions: [{ action: "end", title: "不再收" }],
    }),
  );
  await push({ ...NEWS, path: "/app/tasks" });
  expect(showNotification).toHaveBeenLastCalledWith(
    "红河村有新公示",
    expect.not.objectContaining({ actions: expect.anything() }),
  );
});

test.each(["https://evil.test/", "//evil.test/", "/\\evil.test/", 7, undefined])(
  "an address that ends it lies on this site: %s",
  async (end) => {
    await push({ ...NEWS, end });
    expect(showNotification).toHaveBeenLastCalledWith(
      "红河村有新公示",
      expect.not.objectContaining({ actions: expect.anything() }),
    );
  },
);

test("what cannot be read is shown all the same", async () => {
  await happens("push", { data: null });
  expect(showNotification).toHaveBeenCalledOnce();
});

test("a tap opens the page, or looks at it where it is open", async () => {
  await tap({ path: "/d/1", end: "/u/1.2" });
  expect(openWindow).toHaveBeenCalledWith("/d/1");
  pages = [{ url: "https://gongshi.test/d/1", focus }];
  await tap("/d/1");
  expect(focus).toHaveBeenCalledOnce();
});

test("a tap on the button ends it at once; without a network the page with the button opens", async () => {
  const sent = vi.fn(async () => new Response("", { status: 200 }));
  vi.stubGlobal("fetch", sent);
  await tap({ path: "/d/1", end: "/u/1.2" }, "end");
  expect(sent).toHaveBeenCalledWith("/u/1.2", { method: "POST" });
  expect(openWindow).not.toHaveBeenCalled();
  sent.mockRejectedValueOnce(new TypeError("offline"));
  await tap({ path: "/d/1", end: "/u/1.2" }, "end");
  expect(openWindow).toHaveBeenCalledWith("/u/1.2");
});
