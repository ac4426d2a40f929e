import { render } from "preact";
import { act } from "preact/test-utils";
import { afterEach, expect, test, vi } from "vitest";
import { change, current } from "../../acts/drafting";
import type { Draft } from "../../keep/drafts";
import { useJudged } from "./judged";

vi.mock("../../keep/drafts", () => ({
  draftChanged: () => undefined,
  saveDraft: async () => undefined,
}));

afterEach(() => {
  current.value = null;
});

const SAID = { zh: "应是 5 户，本期写的是 4 户。", en: "5 expected, 4 written." };

function Findings() {
  const judged = useJudged();
  return <>{judged.findings.value.map((one) => one.message.zh)}</>;
}

test("what the server would not take is seen when it has answered, without another key", async () => {
  current.value = {
    ...{ id: "d", content: { total: 4 }, photos: [], reason: "", publish: {}, savedAt: 1 },
    ...{ period: "2026Q3", form: { checks: [], form: { steps: [] }, schema: {} } },
  } as unknown as Draft;
  const place = document.createElement("div");
  await act(() => render(<Findings />, place));
  expect(place.textContent).toBe("");
  await act(() => change({ refused: [{ pointer: "/total", detail: SAID, value: 4 }] }));
  await vi.waitFor(() => expect(place.textContent).toBe(SAID.zh));
  await act(() => change({ refused: [] }));
  await vi.waitFor(() => expect(place.textContent).toBe(""));
});
