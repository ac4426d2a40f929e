/** What a screen of the desk shows when there is no signal: what was last heard of the very same question. */
import "fake-indexeddb/auto";
import { render } from "preact";
import { afterEach, expect, it, vi } from "vitest";
import { language } from "../messages";
import { Offline } from "../net/client";
import { useDeskAnswer } from "./kept_answer";
import { KeptNote } from "./kept_note";

const root = document.createElement("div");
let offline = false;

function Screen({ question }: { question: string }) {
  const found = useDeskAnswer("grid", question, () =>
    offline ? Promise.reject(new Offline("cut")) : Promise.resolve(`answer to ${question}`),
  );
  return (
    <>
      <KeptNote at={found.keptAt} again={found.again} />
      <p class="shown">{found.error ? "error" : found.answer}</p>
    </>
  );
}

const shown = (): string => root.querySelector(".shown")?.textContent ?? "";

async function opened(question: string, expected: string): Promise<void> {
  render(null, root);
  render(<Screen question={question} />, root);
  await vi.waitFor(() => expect(shown()).toBe(expected));
}

afterEach(() => render(null, root));

it("shows what was heard last, says so, and asks again", async () => {
  language.value = "zh-CN";
  await opened("third quarter", "answer to third quarter");
  expect(root.querySelector("[role=status]")).toBeNull();
  offline = true;
  await opened("third quarter", "answer to third quarter");
  expect(root.querySelector("[role=status]")?.textContent).toContain("没有信号");
  await opened("second quarter", "error");

  await opened("third quarter", "answer to third quarter");
  offline = false;
  root.querySelector("button")?.click();
  await vi.waitFor(() => expect(root.querySelector("[role=status]")).toBeNull());
  expect(shown()).toBe("answer to third quarter");
});
