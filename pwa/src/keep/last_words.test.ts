/** What is typed last before a page is left is there again, although the browser dropped what was being written. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it } from "vitest";
import { answering, answeringChanged, dropAnswering, saveAnswering } from "./answering";
import { closeDatabase, database } from "./database";
import { type Draft, draft, draftChanged, draftSent, drafts, dropDraft, saveDraft } from "./drafts";
import { dropPaper, type Paper, paperChanged, papersOf, savePaper } from "./papers";

const written = (title: string, savedAt: number) =>
  ({ id: "d", account: "me", title, savedAt }) as unknown as Draft;
const answer = (text: string, savedAt: number) => ({
  account: "me",
  inquiry: "q",
  id: "a",
  text,
  takesUp: null,
  savedAt,
});
const paper = (account: string, said: string, savedAt: number) =>
  ({ account, key: "visit l 1", fields: { said }, savedAt }) as unknown as Paper;
const leave = (): boolean => dispatchEvent(new Event("pagehide"));
const onShelf = (): string[] => Object.keys(localStorage);

beforeEach(() => localStorage.clear());
afterEach(async () => {
  await closeDatabase();
  indexedDB.deleteDatabase("gongshilan-staff");
});

it("gives back the draft as it was when the page was left, and keeps it from then on", async () => {
  await saveDraft(written("先", 1));
  draftChanged(written("后", 2));
  leave(); // and the browser wrote nothing of it
  expect((await draft("d"))?.title).toBe("后");
  expect(onShelf()).toEqual([]);
  expect((await (await database()).get("drafts", "d"))?.title).toBe("后");
});

it("gives it back in the list of drafts too, and to nobody else", async () => {
  await saveDraft(written("先", 1));
  draftChanged(written("后", 2));
  leave();
  expect(await drafts("other")).toEqual([]);
  expect((await drafts("me")).map((one) => one.title)).toEqual(["后"]);
});

it("writes nothing down of what has arrived, and no longer keeps what arrives later", async () => {
  const first = written("先", 1);
  draftChanged(first);
  await saveDraft(first);
  leave();
  expect(onShelf()).toEqual([]);
  const second = written("后", 2);
  draftChanged(second);
  leave();
  expect(onShelf()).toHaveLength(1);
  await saveDraft(second); // the page came back from the browser's cache
  expect(onShelf()).toEqual([]);
});

it("still holds the newest when an older state arrives", async () => {
  const older = written("先", 1);
  draftChanged(older);
  draftChanged(written("后", 2));
  await saveDraft(older);
  leave();
  expect((await draft("d"))?.title).toBe("后");
});

it("does not bring back what another tab has written since", async () => {
  draftChanged(written("旧", 1));
  leave();
  await (await database()).put("drafts", written("新", 2));
  expect((await draft("d"))?.title).toBe("新");
  expect(onShelf()).toEqual([]);
});

it.each([
  ["thrown away", () => dropDraft("d")],
  ["sent", () => draftSent("d")],
])("never brings back what was %s", async (_how, end) => {
  await saveDraft(written("先", 1));
  draftChanged(written("后", 2));
  leave();
  await end();
  leave();
  expect(onShelf()).toEqual([]);
});

it("gives back an answer of which the database never had a letter", async () => {
  answeringChanged(answer("已经", 1));
  leave();
  expect((await answering("me", "q"))?.text).toBe("已经");
  expect(onShelf()).toEqual([]);
  await saveAnswering(answer("已经付清", 2));
  await dropAnswering("me", "q");
  expect(await answering("me", "q")).toBeUndefined();
});

it("gives each person back their own papers", async () => {
  await savePaper(paper("me", "在", 1));
  paperChanged(paper("me", "不在", 2));
  paperChanged(paper("other", "破损", 2));
  leave();
  expect((await papersOf("me")).map((one) => one.fields.said)).toEqual(["不在"]);
  expect((await papersOf("other")).map((one) => one.fields.said)).toEqual(["破损"]);
  await dropPaper("me", "visit l 1");
  expect(await papersOf("me")).toEqual([]);
});

it("reads over what is no word of ours, and lives without a shelf", async () => {
  await saveDraft(written("先", 1));
  localStorage.setItem("gongshilan-last drafts d", "{");
  expect((await draft("d"))?.title).toBe("先");
  expect(onShelf()).toEqual([]);
});
