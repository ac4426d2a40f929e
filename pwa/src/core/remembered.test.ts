import { describe, expect, it } from "vitest";
import { personalNumbers } from "./privacy";
import { remembered } from "./remembered";

describe("what was found out about a text", () => {
  it("is worked out once, and forgotten again when there is too much of it", () => {
    const asked: string[] = [];
    const length = remembered((text) => asked.push(text) && text.length);
    expect([length("电费"), length("电费"), length("水费三")]).toEqual([2, 2, 3]);
    expect(asked).toEqual(["电费", "水费三"]);
    for (let n = 0; n < 4000; n += 1) length(`第 ${n} 行`);
    length("电费");
    expect(asked.filter((text) => text === "电费")).toHaveLength(2);
  });

  it("does not hide a number that came into a row which was clean before", () => {
    const context = { period: null, previous: null, yearToDate: [] };
    const row = { party: "张三", summary: "租金" };
    expect(personalNumbers({ income: [row] }, context)).toEqual([]);
    const changed = { ...row, party: "张三 13800138000" };
    const seen = (content: object) =>
      personalNumbers(content as never, context).map((one) => one.pointer);
    expect(seen({ income: [row, changed] })).toEqual(["/income/1/party"]);
    expect(seen({ income: [changed, row] })).toEqual(["/income/0/party"]);
  });
});
