import { describe, expect, it } from "vitest";
import { type Findable, isTitled, linesOf, linesWith, type Searched } from "./kiosk_search";

/** As schemas/categories/finance_quarterly/category.json has it, in short. */
const ACCOUNTS: Findable = {
  searchable: [
    "/expense/*/label",
    "/expense/*/amount",
    "/expense/*/entries/*/voucher",
    "/expense/*/entries/*/summary",
    "/expense/*/entries/*/party",
    "/expense/*/entries/*/amount",
    "/debts/*/party",
    "/note",
  ],
  names: ["/expense/*/label", "/expense/*/entries/*/party", "/debts/*/party"],
};

const SHEET: Searched[] = [
  {
    kind: "sum",
    rows: [
      { label: "本期支出", amount: 4_791_240, pointer: "/subtotals/expense", entries: [] },
      { label: "管理费用", amount: 4_791_240, pointer: "", entries: [] },
      {
        label: "水利维修",
        amount: 1_230_050,
        pointer: "/expense/0",
        entries: [
          {
            voucher: "记-0017",
            summary: "修渠，依据彭政发〔2026〕3号",
            party: "张三建材店",
            amount: 1_230_050,
          },
          { voucher: "J18", summary: "Cement 水泥", party: "王五", amount: 80_000 },
        ],
      },
    ],
  },
  {
    kind: "table",
    columns: [
      { key: "party", type: "text" },
      { key: "closing", type: "money" },
    ],
    rows: [{ cells: ["李四农机", 990_000], pointer: "/debts/0" }],
  },
  {
    kind: "facts",
    items: [
      { value: "联系电话见村部 2046 号", type: "text", pointer: "/note" },
      { value: "赵六", type: "text", pointer: "/prepared_by" },
    ],
  },
];

const lines = linesOf(SHEET, ACCOUNTS);
const found = (typed: string): string[] => linesWith(lines, typed).map((line) => line.pointer);
const FIRST = "/expense/0/entries/0";
const SECOND = "/expense/0/entries/1";

describe("a search in what is kept", () => {
  const table: [story: string, typed: string, found: string[]][] = [
    ["a line by its initials", "slwx", ["/expense/0"]],
    ["from the middle of it", "wx", ["/expense/0"]],
    ["a payee by its initials", "zsjc", [FIRST]],
    ["a creditor by its initials", "lsnj", ["/debts/0"]],
    ["an amount by its yuan", "12300", ["/expense/0", FIRST]],
    ["a part of an amount is none", "123", []],
    ["a voucher's number with its naughts", "0017", [FIRST]],
    ["a voucher that begins with a letter", "j18", [SECOND]],
    ["a document's number, signs passed over", "20263", [FIRST]],
    ["and its year alone", "2026", [FIRST]],
    ["a Latin word", "cement", [SECOND]],
    ["half a Latin word is none", "ceme", []],
    ["a number in a remark", "2046", ["/note"]],
    ["no initials of a sentence: it is no name", "xq", []],
    ["an amount that the category does not name", "9900", []],
    ["what adds up the lines is no line", "47912", []],
    ["who prepared it is not named either", "zl", []],
  ];
  it.each(table)("finds %s", (_story, typed, expected) => {
    expect(found(typed)).toEqual(expected);
  });

  it("finds titles by initials, by whole numbers and by English words", () => {
    const title = "2026年第三季度财务收支";
    expect(isTitled(title, "cwsz")).toBe(true);
    expect(isTitled(title, "2026n")).toBe(true);
    expect(isTitled(title, "2026")).toBe(true);
    expect(isTitled(title, "26")).toBe(false);
    expect(isTitled(title, "db")).toBe(false);
    expect(isTitled("Accounts, third quarter of 2026", "accounts")).toBe(true);
  });

  it("finds nobody in a list of people, nor in one of which it does not know what may be found", () => {
    const roster: Searched[] = [
      {
        kind: "table",
        columns: [
          { key: "name", type: "text" },
          { key: "amount", type: "money" },
        ],
        rows: [{ cells: ["王五", 52_000], pointer: "/households/0" }],
      },
      { kind: "facts", items: [{ value: "低保金", type: "text", pointer: "/project" }] },
    ];
    expect(linesOf(roster, { searchable: [], names: [] })).toEqual([]);
    const subsidy = linesOf(roster, { searchable: ["/project"], names: [] });
    expect(subsidy.map((line) => line.pointer)).toEqual(["/project"]);
    expect(linesWith(subsidy, "ww")).toEqual([]);
    expect(linesWith(subsidy, "520")).toEqual([]);
  });
});
