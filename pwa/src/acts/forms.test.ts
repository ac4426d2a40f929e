/** The forms of what is owed are in the phone before anybody is where there is no signal. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ServerTask } from "../core/tasks";
import { closeDatabase } from "../keep/database";
import { NeverSeen, Problem } from "../net/client";
import { FakeServer, json, problem } from "./fake_server";
import { formFor, keepForms } from "./forms";

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
