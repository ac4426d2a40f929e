import { render } from "preact";
import { LocationProvider, Route, Router } from "preact-iso";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { InquiryPage } from "../../net/inquiry_shapes";
import { Inquiry } from "./one";

const ID = "01990000-0000-7000-8000-000000000001";
const ETAG = '"4"';
const head: InquiryPage["head"] = {
  id: ID,
  number: "2026-1",
  division: "640425103208",
  division_name: "红河村",
  kind: "question",
  kind_name: { zh: "咨询", en: "question" },
  state: "answered",
  state_name: { zh: "已答复", en: "answered" },
  respondent: "village",
  excerpt: "路面裂了",
  line: null,
  asked_at: "2026-10-12T02:00:00Z",
  due: {
    on: "2026-10-22",
    provisional: false,
    days_left: 5,
    unit: "working",
    days_late: 0,
    term: { zh: "7 个工作日", en: "7 working days" },
  },
  signing: null,
  returned: false,
  accept_due: null,
  referral: null,
  round: 1,
  turn: "review",
};
const photos = [1, 2, 3].map((photo) => ({ photo, width: 320, height: 240 }));

let page: InquiryPage;
const sent: [string, string | null, unknown][] = [];
const root = document.createElement("div");

function answer(address: string, init: RequestInit): Response {
  const headers = { Gongshilan: "1", ETag: ETAG, "Content-Type": "application/json" };
  if (init.method === "POST") {
    const named = new Headers(init.headers).get("If-Match");
    sent.push([address.replace("/api/v1", ""), named, JSON.parse(String(init.body))]);
  }
  return new Response(JSON.stringify(page), { headers });
}

const boxes = (): HTMLInputElement[] => [
  ...root.querySelectorAll<HTMLInputElement>("input[type=checkbox]"),
];
const ticked = (): boolean[] => boxes().map((box) => box.checked);
const tick = async (n: number): Promise<void> => {
  const before = ticked();
  boxes()[n - 1]?.click();
  await vi.waitFor(() => expect(ticked()).not.toEqual(before));
};
async function open(with_: Partial<InquiryPage>): Promise<void> {
  page = { ...page, ...with_ };
  history.replaceState(null, "", `/app/inquiries/${ID}`);
  render(
    <LocationProvider>
      <Router>
        <Route path="/app/inquiries/:id" component={Inquiry} />
        <Route default component={() => <p>the list</p>} />
      </Router>
    </LocationProvider>,
    root,
  );
  await vi.waitFor(() => expect(root.textContent).toContain("路面裂了"));
}
async function approve(): Promise<unknown> {
  root.querySelector<HTMLButtonElement>(".btn.main")?.click();
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const [where, named, body] = sent[0] ?? [];
  expect([where, named]).toEqual([`/desk/inquiries/${ID}/review`, ETAG]);
  return body;
}

beforeEach(() => {
  sent.length = 0;
  document.body.append(root);
  page = {
    head,
    text: "路面裂了，什么时候修？",
    shown_text: null,
    contact_left: false,
    proved: true,
    disclosure_id: null,
    notice: null,
    pointer: null,
    refused_reason: null,
    answers: [],
    photos,
    shown_photos: [],
    handling: {
      subject: null,
      subject_name: null,
      about: null,
      about_name: null,
      accept_due: head.due,
      accepted_at: "2026-10-13T02:00:00Z",
      accepted_by_name: "赵六",
      refused_at: null,
      ground: null,
      turn_to: null,
      extension: null,
      referrals: [],
      satisfaction: [],
      round: 1,
      ways: [],
      choices: {
        kinds: [],
        subjects: [],
        about: [],
        offices: [],
        grounds: [],
        most_extension: 15,
        extension_unit: "working",
      },
    },
    revision: 4,
  };
  vi.stubGlobal("fetch", async (address: string, init: RequestInit) => answer(address, init));
  vi.stubGlobal("scrollTo", () => undefined);
});
afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

it("shows the public those photos that the reviewer ticked, and no other", async () => {
  await open({});
  expect(ticked()).toEqual([false, false, false]);
  await tick(3);
  await tick(2);
  await tick(1);
  await tick(2);
  expect(ticked()).toEqual([true, false, true]);
  expect(await approve()).toEqual({ decision: "approve", shown_photos: [1, 3] });
});

it("shows none where nothing was ticked, and none that was unticked again", async () => {
  await open({});
  await tick(1);
  await tick(1);
  expect(await approve()).toEqual({ decision: "approve" });
});

it.each([
  ["nothing to choose without photos", { photos: [] }],
  ["whoever only answers chooses nothing", { head: { ...head, turn: "answer" as const } }],
])("%s", async (_, with_) => {
  await open(with_);
  expect(boxes()).toEqual([]);
});

it("says of each photo whether the public sees it", async () => {
  await open({
    head: { ...head, state: "published", turn: null },
    shown_photos: [2],
  });
  const said = [...root.querySelectorAll(".asked-photos li")].map((one) => one.textContent);
  expect(said.map((words) => words?.includes("公开") ?? false)).toEqual([false, true, false]);
});
