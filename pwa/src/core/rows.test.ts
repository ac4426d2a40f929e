import { describe, expect, it } from "vitest";
import { rowTitle } from "./rows";

describe("a list", () => {
  it("tells households of one group by their names, and entries by what they were for", () => {
    const text = (pointer: string, required = true) => ({
      pointer,
      widget: "text" as const,
      label: { zh: pointer, en: pointer },
      required,
    });
    const rows = { pointer: "/rows", widget: "rows" as const, label: { zh: "名单", en: "List" } };
    const households = {
      ...rows,
      identity: ["/group", "/holder_name"],
      columns: [text("/group"), text("/holder_name"), text("/remark")],
    };
    const row = { group: "一组", holder_name: "张三", remark: "…" };
    expect(rowTitle(households, row, 0).zh).toBe("一组 · 张三");
    expect(rowTitle(households, { group: "一组" }, 0).zh).toBe("一组");
    expect(rowTitle(households, {}, 1).zh).toBe("第 2 行");
    const entries = {
      ...rows,
      identity: ["/date", "/voucher", "/summary"],
      columns: [text("/voucher", false), text("/summary")],
    };
    expect(rowTitle(entries, { voucher: "记-1", summary: "电费" }, 0).zh).toBe("电费");
  });
});
