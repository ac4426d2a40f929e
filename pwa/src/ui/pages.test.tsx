import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Offline } from "../net/client";
import { onceEach, ShowMore, usePages } from "./pages";

interface Page {
  items: { id: string; name: string }[];
  next: string | null;
}

const root = document.createElement("div");
const asked: (string | undefined)[] = [];
let offline = false;

const PAGES: { [cursor: string]: Page } = {
  "": { items: [{ id: "a", name: "甲" }], next: "after a" },
  "after a": {
    items: [
      { id: "a", name: "甲（改过）" },
      { id: "b", name: "乙" },
    ],
    next: null,
  },
};

async function ask(cursor?: string): Promise<Page> {
  asked.push(cursor);
  if (offline) throw new Offline();
  return structuredClone(PAGES[cursor ?? ""]) as Page;
}

function List() {
  const list = usePages(ask, "list");
  const items = onceEach(list.pages.flatMap((page) => page.items));
  return (
    <>
      <p>{items.map((one) => one.name).join(" ")}</p>
      <ShowMore more={list.more} />
      <button type="button" class="again" onClick={list.again} />
    </>
  );
}

const shown = (): string => root.querySelector("p")?.textContent ?? "";
const button = (): HTMLButtonElement | null => root.querySelector("section button");

beforeEach(() => {
  asked.length = 0;
  offline = false;
  document.body.append(root);
  render(<List />, root);
});
afterEach(() => render(null, root));

it("reads on where the last page ended, shows what moved once, and ends", async () => {
  await vi.waitFor(() => expect(shown()).toBe("甲"));
  button()?.click();
  await vi.waitFor(() => expect(shown()).toBe("甲（改过） 乙"));
  expect(button()).toBeNull();
  expect(asked).toEqual([undefined, "after a"]);
  // Read anew, it begins again with its first page.
  root.querySelector<HTMLButtonElement>(".again")?.click();
  await vi.waitFor(() => expect(shown()).toBe("甲"));
  expect(button()).not.toBeNull();
});

it("says that a page did not come, and keeps what there is", async () => {
  await vi.waitFor(() => expect(shown()).toBe("甲"));
  offline = true;
  button()?.click();
  await vi.waitFor(() => expect(root.querySelector("[role=alert], [aria-live]")).not.toBeNull());
  expect([shown(), button()?.disabled]).toEqual(["甲", false]);
});
