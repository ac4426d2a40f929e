import { describe, expect, it } from "vitest";
import { ageOf, daysLeft, keptAddress, mayKeep, mayShow, wayOf } from "./keeping";

const SHA = "b0".repeat(32);

describe("the way of a request", () => {
  it("keeps public pages, public data and photos", () => {
    expect(wayOf("GET", "/", true)).toBe("page");
    expect(wayOf("GET", "/v/640425100201", true)).toBe("page");
    expect(wayOf("GET", "/d/0199e000/difference", true)).toBe("page");
    expect(wayOf("GET", "/api/v1/divisions", false)).toBe("data");
    expect(wayOf("GET", `/api/v1/photos/${SHA}/960.webp`, false)).toBe("photo");
    const notice = "/d/0199e000-0000-7000-8000-000000000003";
    expect(wayOf("GET", `${notice}/code.svg`, false)).toBe("photo");
    expect(wayOf("GET", `${notice}/card.png`, false)).toBe("pass");
    expect(wayOf("GET", "/assets/reader-abc.css", false)).toBe("shell");
  });

  it("never keeps what belongs to one person", () => {
    for (const path of [
      "me",
      "tasks",
      "submissions",
      "submissions/x",
      "sessions",
      "accounts",
      "compliance",
      "forms/x",
    ]) {
      expect(wayOf("GET", `/api/v1/${path}`, false)).toBe("pass");
    }
  });

  it("never keeps a write", () => {
    expect(wayOf("PUT", `/api/v1/photos/${SHA}`, false)).toBe("pass");
    expect(wayOf("POST", "/api/v1/disclosures/x/withdrawal", false)).toBe("pass");
  });

  it("keeps no search, and says so without a network", () => {
    expect(wayOf("GET", "/search", true)).toBe("fresh");
    expect(wayOf("GET", "/api/v1/search", false)).toBe("pass");
  });

  it("opens the staff shell without a network and leaves other addresses alone", () => {
    expect(wayOf("GET", "/app/tasks", true)).toBe("staff");
    expect(wayOf("GET", "/apple", true)).toBe("pass");
    expect(wayOf("GET", "/problems", true)).toBe("pass");
  });
});

describe("what may be kept and shown", () => {
  it("is whole and public", () => {
    expect(mayKeep(200, "no-cache")).toBe(true);
    expect(mayKeep(200, null)).toBe(true);
    expect(mayKeep(200, "private, no-cache")).toBe(false);
    expect(mayKeep(200, "no-store")).toBe(false);
    expect(mayKeep(404, "no-cache")).toBe(false);
    expect(mayKeep(206, null)).toBe(false);
  });

  it("ends with the notice", () => {
    const end = "2026-10-20T16:00:00Z";
    expect(mayShow(null, 0)).toBe(true);
    expect(mayShow(end, Date.parse(end) - 1)).toBe(true);
    expect(mayShow(end, Date.parse(end))).toBe(false);
  });

  it("is one page in every language and size", () => {
    expect(keptAddress("http://a/d/x?lang=en&edition=1&view=elder#photos")).toBe(
      "http://a/d/x?edition=1",
    );
  });
});

describe("time in words", () => {
  it("counts minutes, then hours, then days", () => {
    expect(ageOf(0, 20_000)).toEqual({ n: 1, unit: "minutes" });
    expect(ageOf(0, 89 * 60_000)).toEqual({ n: 89, unit: "minutes" });
    expect(ageOf(0, 3 * 3_600_000)).toEqual({ n: 3, unit: "hours" });
    expect(ageOf(0, 72 * 3_600_000)).toEqual({ n: 3, unit: "days" });
  });

  it("says one on the last day and nothing after it", () => {
    const end = Date.parse("2026-10-20T16:00:00Z");
    expect(daysLeft(end, Date.parse("2026-10-16T01:41:00Z"))).toBe(5);
    expect(daysLeft(end, end - 1)).toBe(1);
    expect(daysLeft(end, end)).toBe(0);
  });
});
