import { render } from "preact";
import { afterEach, expect, it } from "vitest";
import { chooseLanguage } from "../messages/language";
import type { Sheet } from "../net/sheet_shapes";
import { SheetView as OnAPoint } from "./kiosk/sheet";
import { SheetView as AtADesk } from "./sheet";
import { cellText } from "./sheet_parts";

const sheet: Sheet = {
  title: "",
  subtitle: "",
  unit: "yuan",
  sections: [
    {
      kind: "facts",
      id: "about",
      heading: "概况",
      items: [{ label: "收到", value: "2026-10-09", type: "date", pointer: "/got" }],
    },
    {
      kind: "table",
      id: "paid",
      heading: "名单",
      columns: [
        { key: "name", label: "姓名", type: "text" },
        { key: "amount", label: "金额", type: "money" },
      ],
      rows: [{ cells: [null, 40000], pointer: "/rows/0" }],
      totals: [null, 40000],
    },
  ],
  notes: ["只列户主"],
};

afterEach(() => chooseLanguage("zh-CN"));

const shown = (View: typeof AtADesk): (string | null)[] => {
  const root = document.createElement("div");
  render(<View sheet={sheet} />, root);
  return [...root.querySelectorAll("dt, dd, td, .note, .small")].map((each) => each.textContent);
};

it("a sheet says the same at a desk and on a query point", () => {
  const words = ["收到", "2026年10月9日（周五）", "—", "400.00", "", "400.00", "只列户主"];
  expect(shown(AtADesk)).toEqual(words);
  expect(shown(OnAPoint)).toEqual(words);
});

it("a cell is said in the chosen language, and an empty one is a dash", () => {
  expect([cellText(true, "text"), cellText("", "text")]).toEqual(["是", "—"]);
  chooseLanguage("en");
  expect([cellText(false, "text"), cellText(3, "int")]).toEqual(["No", "3"]);
});
