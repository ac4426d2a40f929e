import { render } from "preact";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AccountLine } from "../../net/shapes";
import { ChangePost } from "./change_post";

const LINE = { id: "one", name: "李四", role: "supervisor", division: "640425103200" };
const MEANWHILE = "您看到的是第 3 次改动后的内容，现在是第 4 次。请刷新后再决定。";
const root = document.createElement("div");
const named: (string | null)[] = [];
let refuse = false;

const ours = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
      Gongshilan: "1",
    },
  });

beforeEach(() => {
  named.length = 0;
  document.body.append(root);
  HTMLDialogElement.prototype.showModal ??= () => undefined;
  HTMLDialogElement.prototype.close ??= () => undefined;
  vi.stubGlobal("fetch", async (_address: string, init: RequestInit) => {
    if (init.method !== "PUT") return ours({ items: [] });
    named.push(new Headers(init.headers).get("If-Match"));
    if (!refuse) return ours({});
    return ours({ type: "/problems/edited-meanwhile", title: "", detail: MEANWHILE }, 412);
  });
});
afterEach(() => {
  render(null, root);
  vi.unstubAllGlobals();
});

it.each([
  ["that nobody touched is kept", false],
  ["that somebody changed meanwhile is said to be, and read anew", true],
])("a post %s", async (_story, refused) => {
  refuse = refused;
  const close = vi.fn();
  const done = vi.fn();
  const line = { ...LINE, post: "村监委会主任", revision: 3 } as AccountLine;
  render(<ChangePost line={line} close={close} done={done} />, root);
  root.querySelector("form")?.dispatchEvent(new Event("submit", { cancelable: true }));
  if (refused) {
    await vi.waitFor(() => expect(root.textContent).toContain(MEANWHILE));
    expect(done).not.toHaveBeenCalled();
    root.querySelector<HTMLButtonElement>("form .pair button")?.click();
  }
  await vi.waitFor(() => expect(done).toHaveBeenCalledOnce());
  expect(close).not.toHaveBeenCalled();
  expect(named).toEqual(['"r3"']);
});
