import { options, render } from "preact";
import { afterEach, expect, it } from "vitest";
import { keepDatesWhole } from "./dates_whole";

const before = { ...options };
afterEach(() => {
  Object.assign(options, { vnode: before.vnode });
});

it("holds a date together wherever it stands, and leaves plain text alone", () => {
  keepDatesWhole();
  const root = document.createElement("div");
  render(
    <main>
      <p>最迟2026年12月4日（周五）审议，12月5日公布</p>
      <p>
        还剩 {3} 天，到 {"12月4日"}
      </p>
      <select>
        <option>12月4日</option>
      </select>
    </main>,
    root,
  );
  expect([...root.querySelectorAll("one-line")].map((e) => e.textContent)).toEqual([
    "2026年12月4日",
    "12月5日",
    "12月4日",
  ]);
  expect(root.textContent).toBe(
    "最迟2026年12月4日（周五）审议，12月5日公布还剩 3 天，到 12月4日12月4日",
  );
});
