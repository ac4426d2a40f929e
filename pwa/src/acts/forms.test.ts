/** The forms of what is owed are in the phone before anybody is where there is no signal. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ServerTask } from "../core/tasks";
import { closeDatabase } from "../keep/database";
import { NeverSeen, Offline, Problem } from "../net/client";
import { FakeServer, json, problem } from "./fake_server";
import { formFor, keepForms, keepKinds, kindsFor } from "./forms";

const HOUR = 60 * 60 * 1000;
const VILLAGE = "640425103200";

const owed = (period: string, days_left: number, more: Partial<ServerTask> = {}): ServerTask =>
  ({
    division: VILLAGE,
    category: "finance_quarterly",
    period,
    event_on: null,
    state: "upcoming",
    stage: null,
    days_left,
    ...more,
  }) as ServerTask;

let server: FakeServer;
beforeEach(() => {
  server = new FakeServer();
  server.fate = () => json({ schema_version: 1 });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await closeDatabase();
  await new Promise((resolve) => {
    indexedDB.deleteDatabase("gongshilan-staff").onsuccess = resolve;
  });
});

/** The signal is gone. */
const cut = (): void => {
  server.fate = () => new TypeError("no network");
};

const ask = (period: string) =>
  formFor({ category: "finance_quarterly", division: VILLAGE, period });

it("opens without a signal what was only on the list while there was one", async () => {
  await keepForms([owed("2026Q3", 3)], Date.now());
  cut();
  expect(await ask("2026Q3")).toEqual({ schema_version: 1 });
  await expect(ask("2026Q2")).rejects.toBeInstanceOf(NeverSeen);
});

it("takes the eight that are due nearest, not what was begun, and nothing twice within the day", async () => {
  const far = Array.from({ length: 9 }, (_, n) => owed(`20${10 + n}Q1`, -400 - n));
  const begun = owed("2026Q1", -1, { stage: "in_review" });
  const event = owed("E2026-10-08", 2, { category: "annual_plan", event_on: "2026-10-08" });
  const tasks = [...far, owed("2026Q4", 95), begun, event, owed("2026Q3", -3)];
  await keepForms(tasks, Date.now());
  expect(server.asked).toHaveLength(8);
  expect(server.asked[0]).toBe("GET /forms/annual_plan");
  await keepForms(tasks, Date.now() + HOUR);
  expect(server.asked).toHaveLength(8);
  await keepForms(tasks, Date.now() + 21 * HOUR);
  expect(server.asked).toHaveLength(16);
});

it("stops at the first that is not answered, and says nothing of it", async () => {
  cut();
  await keepForms([owed("2026Q3", 3), owed("2026Q2", -80)], Date.now());
  server.fate = () => problem("temporary-failure", 503);
  await keepForms([owed("2026Q3", 3), owed("2026Q2", -80)], Date.now());
  expect(server.asked).toHaveLength(2);
  await expect(ask("2026Q3")).rejects.toBeInstanceOf(Problem); // whoever opens it hears it
});

describe("something that happened where there is no signal", () => {
  const KINDS = [
    { key: "finance_quarterly", publisher: "village", cadence: "quarterly" },
    { key: "housing_relief", publisher: "village", cadence: "event" },
    { key: "special_funds", publisher: "township", cadence: "event" },
  ];
  const FORM = { schema_version: 1, previous: { total: 5 } };
  const day = { standing: { total: 7 }, corrects: "d-1", due_on: "2026-10-09" };
  const ask = (eventOn: string) =>
    formFor({ category: "housing_relief", division: VILLAGE, period: `E${eventOn}`, eventOn });

  beforeEach(() => {
    server.fate = (_method, path) =>
      path.includes("/categories") ? json({ items: KINDS }) : json({ ...FORM, ...day });
  });

  it("is begun with the form of its kind, without what belongs to another day", async () => {
    await keepKinds(VILLAGE, "2026-10-08", Date.now());
    expect(server.asked).toEqual(["GET /categories", "GET /forms/housing_relief"]);
    cut();
    expect(await kindsFor(VILLAGE)).toEqual(KINDS);
    expect(await ask("2026-10-08")).toMatchObject(day);
    expect(await ask("2026-10-20")).toMatchObject({
      ...FORM,
      ...{ period: "E2026-10-20", period_start: "2026-10-20", period_end: "2026-10-20" },
      ...{ standing: null, corrects: null, due_on: null },
    });
  });

  it("asks for a kind's form again after a week, and for the kinds after a day", async () => {
    await keepKinds(VILLAGE, "2026-10-08", Date.now());
    await keepKinds(VILLAGE, "2026-10-08", Date.now() + HOUR);
    expect(server.asked).toHaveLength(2);
    await keepKinds(VILLAGE, "2026-10-10", Date.now() + 48 * HOUR);
    expect(server.asked.slice(2)).toEqual(["GET /categories"]);
    await keepKinds(VILLAGE, "2026-10-17", Date.now() + 200 * HOUR);
    expect(server.asked.slice(-1)).toEqual(["GET /forms/housing_relief"]);
  });

  it("has nothing to offer on a phone that never had a signal", async () => {
    cut();
    await keepKinds(VILLAGE, "2026-10-08", Date.now());
    await expect(kindsFor(VILLAGE)).rejects.toBeInstanceOf(Offline);
    await expect(ask("2026-10-08")).rejects.toBeInstanceOf(NeverSeen);
  });
});
