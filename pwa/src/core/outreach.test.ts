import { describe, expect, it } from "vitest";
import { bodyOf, faults, groupsIn, numberIn } from "./outreach";

const FIELDS = {
  kind: "letter",
  stage: "done",
  first: "2026-10-08",
  villages: "640425103200 640425103201",
  "groups 640425103200": "1组、3组 1组",
  "total 640425103200": "8",
  households: "120",
  counted_by: " 村会计 ",
};

describe("a record of outreach as it is typed", () => {
  it("becomes the record that is sent, with one day where one was typed", () => {
    expect(faults(FIELDS)).toEqual({});
    expect(bodyOf("id-1", FIELDS, null)).toEqual({
      id: "id-1",
      kind: "letter",
      stage: "done",
      first: "2026-10-08",
      last: "2026-10-08",
      villages: [
        { division: "640425103200", groups: ["1组", "3组"], groups_total: 8 },
        { division: "640425103201", groups: [] },
      ],
      place: "",
      households: 120,
      counted_by: "村会计",
      note: "",
      notices: [],
      photos: [],
    });
    expect(bodyOf("id-1", FIELDS, null, ["a", "b"]).photos).toEqual(["a", "b"]);
    expect(bodyOf("id-1", { ...FIELDS, stage: "void" }, "id-0", ["a"]).photos).toEqual([]);
    expect(bodyOf("id-2", { ...FIELDS, notices: "a b" }, "id-1")).toMatchObject({
      replaces: "id-1",
      notices: ["a", "b"],
    });
  });

  it("says which fields do not fit", () => {
    expect(faults({ ...FIELDS, villages: "" })).toEqual({ villages: true });
    expect(faults({ ...FIELDS, households: "很多", "total 640425103200": "0" })).toEqual({
      households: true,
      "total 640425103200": true,
    });
    expect(faults({ ...FIELDS, counted_by: "" })).toEqual({ counted_by: true });
    expect(faults({ ...FIELDS, stage: "void" })).toEqual({ note: true });
  });

  it("reads numbers and groups as people type them", () => {
    expect([numberIn(""), numberIn(" 12 "), numberIn("1.5"), numberIn("-1")]).toEqual([
      null,
      12,
      undefined,
      undefined,
    ]);
    expect(groupsIn("河东组，河西组；3组")).toEqual(["河东组", "河西组", "3组"]);
  });
});
