import { render } from "preact";
import { afterEach, expect, test, vi } from "vitest";
import { actor } from "../../acts/session";
import * as api from "../../net/administration";
import { detailsText, Trail } from "./trail";

const LINE: api.TrailLine = {
  id: 7,
  at: "2026-10-12T02:02:00Z",
  actor_id: "01990000-0000-7000-8000-000000000006",
  name: { zh: "周八", en: "周八" },
  role: { zh: "管理员", en: "administrator" },
  action: "account.created",
  words: { zh: "添加了账号", en: "account added" },
  subject: "01990000-0000-7000-8000-0000000000aa",
  division: "640425103200",
  division_name: "红河村",
  address: "192.0.2.9",
  details: { role: "editor", invitation: null },
};

const root = document.body.appendChild(document.createElement("div"));

afterEach(() => {
  render(null, root);
  vi.restoreAllMocks();
});

test("what was recorded is shown with its names, what is empty is not", () => {
  expect(detailsText({ role: "editor", invitation: null, places: ["a"], n: 0 })).toBe(
    'role: editor · places: ["a"] · n: 0',
  );
});

test("one tap on a person or a thing narrows the trail, and the file is of the same", async () => {
  const trail = vi.spyOn(api, "trail").mockResolvedValue({ items: [LINE], next: 7 });
  vi.spyOn(api, "actions").mockResolvedValue({ items: [] });
  actor.value = { account_id: "x", name: "王五", role: "auditor", division: "640425103000" };
  render(<Trail />, root);
  const press = async (words: string): Promise<void> => {
    const named = (): HTMLButtonElement | undefined =>
      [...root.querySelectorAll("button")].find((each) => each.textContent?.includes(words));
    await vi.waitFor(() => expect(named()).toBeDefined());
    named()?.click();
  };
  const asked = (wish: object, before?: number): Promise<void> =>
    vi.waitFor(() => expect(trail.mock.lastCall).toMatchObject([wish, before]));
  await press("周八");
  await asked({ actor: LINE.actor_id, subject: "" });
  expect(root.textContent).toContain("只看周八的操作");
  const file = root.querySelector("a[download]")?.getAttribute("href");
  expect(file).toContain(`actor=${LINE.actor_id}`);
  await press("更早的");
  await asked({ actor: LINE.actor_id }, 7);
  await press("这一件的全部");
  await asked({ actor: "", subject: LINE.subject });
  await press("看所有人的");
  await asked({ actor: "", subject: "" });
  const pack = (): string | null | undefined =>
    root.querySelector("a[href*='/evidence?']")?.getAttribute("href");
  expect(pack()).toContain("division=640425103000");
  expect(pack()).toContain("whole=false");
  root.querySelector<HTMLInputElement>("input[type=checkbox]")?.click();
  await vi.waitFor(() => expect(pack()).toContain("whole=true"));
});
