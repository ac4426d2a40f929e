import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { LinkBody, Matter } from "../../net/matter_shapes";
import { Matters } from "./panel";

const HERE = "01990000-0000-7000-8000-000000000001";
const PLAN = "01990000-0000-7000-8000-000000000002";
const OPENS = "2026-10-15T00:00:00Z";
const REFUSED = "这项公示已经在“村道硬化”里了";

let matters: Matter[] = [];
let refuse = "";
const sent: [string, string, LinkBody | null][] = [];
const named: (string | null)[] = [];
const root = document.createElement("div");

const ours = (body: unknown, status = 200): Response =>
  new Response(status === 204 ? null : JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
      Gongshilan: "1",
    },
  });

function answer(address: string, init: RequestInit): Response {
  const path = address.replace("/api/v1", "").split("?")[0] ?? "";
  if (path.endsWith("/matters")) return ours({ matters });
  if (path.endsWith("/matter-choices")) {
    const title = "2026年9月20日年度财务计划公布";
    const plan = { disclosure_id: PLAN, title, category_name: { zh: "计划", en: "Plan" } };
    return ours({ items: [{ ...plan, stage: "scheduled", opens_at: OPENS }], more: false });
  }
  const body = init.body ? (JSON.parse(String(init.body)) as LinkBody) : null;
  sent.push([init.method ?? "", path, body]);
  if (refuse && (body?.disclosure_id === PLAN || path.startsWith("/matters/"))) {
    return ours({ type: "/problems/already-in-matter", title: "", detail: refuse }, 409);
  }
  named.push(new Headers(init.headers).get("If-Match"));
  return init.method === "DELETE" ? ours(null, 204) : ours({});
}

const until = async (there: () => boolean): Promise<void> => {
  await vi.waitFor(() => expect(there()).toBe(true));
};
const button = (words: string): HTMLButtonElement => {
  const found = [...root.querySelectorAll("button")].find((one) =>
    (one.getAttribute("aria-label") ?? one.textContent ?? "").includes(words),
  );
  if (!found) throw new Error(`no button says ${words}: ${root.textContent}`);
  return found;
};
const open = async (): Promise<void> => {
  render(<Matters disclosure={HERE} />, root);
  await until(() => root.querySelector(".btn.block") !== null);
};
const type = (label: string, words: string): void => {
  const field = [...root.querySelectorAll("label")].find((one) => one.textContent === label);
  const input = document.getElementById(field?.htmlFor ?? "");
  if (!(input instanceof HTMLInputElement)) throw new Error(`no field ${label}`);
  input.value = words;
  input.dispatchEvent(new Event("input", { bubbles: true }));
};
/** What was typed is on the screen. */
const drawn = (): Promise<void> => new Promise((done) => setTimeout(done));
const submit = (): void => {
  root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
};
const words = (): string => root.textContent ?? "";

beforeEach(() => {
  matters = [];
  refuse = "";
  sent.length = 0;
  named.length = 0;
  document.body.append(root);
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  HTMLDialogElement.prototype.close ??= () => undefined;
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => answer(address, init));
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it("begins a matter with this notice and another, and sends nothing before both are said", async () => {
  await open();
  expect(words()).toContain("还没有关联别的公示");
  button("关联一项公示").click();
  await until(() => root.querySelector("input[type=radio]") !== null);
  expect(words()).toContain("定在");
  submit();
  await until(() => words().includes("请给这件事起个名字"));
  expect(words()).toContain("请选一项公示");
  expect(sent).toEqual([]);
  type("这件事叫什么，村民看得到", "村道硬化");
  root.querySelector<HTMLInputElement>("input[type=radio]")?.click();
  await until(() => !words().includes("请选一项公示"));
  submit();
  await until(() => root.querySelector("dialog") === null);
  expect(sent.map(([method, , body]) => [method, body?.disclosure_id, body?.phase])).toEqual([
    ["PUT", HERE, "during"],
    ["PUT", PLAN, "before"],
  ]);
  expect(sent[0]?.[2]?.name).toBe("村道硬化");
  expect(sent[1]?.[2]?.matter_id).toBe(sent[0]?.[2]?.matter_id);
  expect(words()).toContain("已关联");
});

it("says why the server refuses, and sends the second link alone when it is tried again", async () => {
  refuse = REFUSED;
  await open();
  button("关联一项公示").click();
  await until(() => root.querySelector("input[type=radio]") !== null);
  type("这件事叫什么，村民看得到", "村道硬化");
  root.querySelector<HTMLInputElement>("input[type=radio]")?.click();
  await until(() => root.querySelector<HTMLInputElement>("input[type=radio]")?.checked === true);
  submit();
  await until(() => words().includes(REFUSED));
  refuse = "";
  submit();
  await until(() => root.querySelector("dialog") === null);
  expect(sent.map(([, , body]) => body?.disclosure_id)).toEqual([HERE, PLAN, PLAN]);
  expect(sent[2]?.[1]).toBe(sent[1]?.[1]);
});

it("takes a notice out after asking once", async () => {
  const notice = { title: "财务收支", stage: "open", opens_at: OPENS };
  const one = { ...notice, link_id: "link-1", disclosure_id: HERE, phase: "during" as const };
  matters = [{ id: "road", name: "村道硬化", revision: 1, notices: [{ ...one, here: true }] }];
  await open();
  expect(words()).toContain("只有这一项，村民还看不到");
  button("把“财务收支”移出").click();
  await until(() => words().includes("公示本身不变"));
  expect(sent).toEqual([]);
  submit();
  await until(() => sent.length > 0);
  expect(sent).toEqual([["DELETE", "/matter-links/link-1", null]]);
  await until(() => words().includes("已移出"));
});

it("renames a matter as it was looked at, and looks again where somebody else did so", async () => {
  matters = [{ id: "road", name: "村道硬花", revision: 3, notices: [] }];
  await open();
  button("给“村道硬花”改名").click();
  await until(() => root.querySelector("dialog input") !== null);
  const name = "这件事叫什么，村民看得到";
  type(name, " ");
  await drawn();
  submit();
  await until(() => words().includes("请给这件事起个名字"));
  expect(sent).toEqual([]);
  type(name, "村道硬化");
  await drawn();
  refuse = REFUSED;
  submit();
  await until(() => words().includes(REFUSED));
  refuse = "";
  submit();
  await until(() => root.querySelector("dialog") === null);
  expect(sent[1]).toEqual(["PUT", "/matters/road", { name: "村道硬化" }]);
  expect(named).toEqual(['"r3"']);
  expect(words()).toContain("名字已改");
});
