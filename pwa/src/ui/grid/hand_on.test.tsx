import { render } from "preact";
import { LocationProvider } from "preact-iso";
import { afterEach, expect, it, vi } from "vitest";
import type { Evidence } from "../../net/evidence_shapes";
import { foundWords, HandOn } from "./hand_on";

const choices = {
  villages: [{ code: "640425103211", name: "徐塬村" }],
  choices: {
    measures: [{ key: "in_time", name: { zh: "限期整改", en: "in time" } }],
    term_days: 10,
    most_days: 60,
  },
};
const root = document.createElement("div");
HTMLDialogElement.prototype.showModal ??= () => undefined;
HTMLDialogElement.prototype.close ??= () => undefined;
afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it("begins an order with what is owed, how it stands and the day it was looked at", () => {
  const shown = { title: "第三季度财务", as_of: "2026-10-16T15:59:59Z" } as Evidence;
  expect(foundWords(shown, "缺 1 天")).toBe("第三季度财务：缺 1 天（截至 2026年10月16日（周五））");
});

it("orders the village, also for what one of its groups owes, with the finding already written", async () => {
  document.body.append(root);
  vi.stubGlobal("fetch", async () => {
    const headers = { Gongshilan: "1", "Content-Type": "application/json" };
    return new Response(JSON.stringify(choices), { headers });
  });
  render(
    <LocationProvider>
      <HandOn division="64042510321103" village="徐塬村" found="缺 1 天" notice={null} />
    </LocationProvider>,
    root,
  );
  root.querySelector("button")?.click();
  await vi.waitFor(() => expect(document.querySelector("dialog textarea")).not.toBeNull());
  expect(document.querySelector<HTMLTextAreaElement>("dialog textarea")?.value).toBe("缺 1 天");
  expect(document.querySelector<HTMLSelectElement>("dialog select")?.value).toBe("640425103211");
});
