import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { folded } from "../../acts/folded";
import { Offline } from "../../net/client";
import { SiteNotices } from "./strip";

const HOUR = 3_600_000;
let offline = false;
let until = 0;

vi.mock("../../net/site_notices", () => ({
  shown: async () => {
    if (offline) throw new Offline();
    return [
      {
        id: "one",
        title: "停水通知",
        text: "请提前存水。",
        weight: "important",
        office: "红河镇",
        from_at: "2026-10-08T01:00:00Z",
        until_at: new Date(until).toISOString(),
      },
    ];
  },
}));

const root = document.createElement("div");
const details = (): HTMLDetailsElement | null => root.querySelector("details");
const open = async (): Promise<void> => {
  render(null, root);
  render(<SiteNotices />, root);
  await vi.waitFor(() => expect(details()).not.toBeNull());
};

beforeEach(() => {
  offline = false;
  until = Date.now() + HOUR;
  document.body.append(root);
});
afterEach(() => {
  render(null, root);
  vi.useRealTimers();
});

it("stays folded away on this phone, and opens again", async () => {
  await open();
  expect(details()?.open).toBe(true);
  if (details()) (details() as HTMLDetailsElement).open = false;
  await vi.waitFor(() => expect(folded.value.has("one")).toBe(true));
  await open();
  expect(details()?.open).toBe(false);
  expect(root.textContent).toContain("停水通知");
  expect(localStorage.getItem("gongshilan-folded-notices")).toBe('["one"]');
  if (details()) (details() as HTMLDetailsElement).open = true;
  await vi.waitFor(() => expect(folded.value.has("one")).toBe(false));
});

it("is read without a signal as it was heard, until its time is over", async () => {
  await open();
  offline = true;
  await open();
  await vi.waitFor(() => expect(root.querySelector("[role=status]")).not.toBeNull());
  vi.useFakeTimers({ now: until, toFake: ["Date", "setInterval"] });
  render(null, root);
  render(<SiteNotices />, root);
  await new Promise((done) => setTimeout(done, 50));
  expect(details()).toBeNull();
});
