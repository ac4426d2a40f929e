/** Photos with a question: taken, kept with the draft, taken away again, and sent before the question is. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { asking } from "./asking";

vi.mock("@/acts/shrinking", () => ({
  shrunk: async (file: File, size: string, bare: boolean) => {
    if (file.type !== "image/jpeg") throw new Error(file.type);
    expect([size, bare]).toEqual(["standard", true]);
    const bytes = new TextEncoder().encode(file.name).buffer;
    return { bytes, width: 4, height: 3, sha256: `hash-of-${file.name}`, type: "image/jpeg" };
  },
}));
vi.mock("./working", () => ({
  solve: async (challenge: string, _bits: number, subject: string) => {
    solved.push(`${challenge} ${subject}`);
    return 7;
  },
}));

const solved: string[] = [];
const sent: { url: string; headers: Record<string, string>; body: string }[] = [];
let answer: () => Response;
let signal = true;

/** The page as the server makes it, as far as photos go; its script has run. */
function opened(id = "q1"): HTMLFormElement {
  document.body.innerHTML = `<form data-ask action="/v/1/ask">
    <input type="hidden" name="id" value="${id}">
    <input type="hidden" data-challenge="c" data-bits="1" value="">
    <input type="hidden" name="number"><input type="hidden" name="device">
    <input type="radio" name="kind" value="question" checked><input type="radio" name="kind" value="topic">
    <textarea name="text"></textarea>
    <div data-attach data-most="3" data-nth="photo {n}" data-remove="remove" data-remove-nth="remove {n}"
      data-making="making {n}/{of}" data-bad="bad {name}." data-too-many="only {most}." data-sending="sending {n}/{of}"
      data-refused="refused {n}: {reason}" data-offline="offline {n}" data-unloaded="unloaded" hidden>
      <input type="hidden" name="photos" value=""><ul data-attached></ul>
      <p data-ways><input type="file"></p><p data-attach-status></p>
    </div>
    <p data-work hidden>working</p><button>send</button></form>`;
  const form = document.querySelector("form") as HTMLFormElement;
  form.submit = vi.fn();
  asking();
  return form;
}

function choose(form: HTMLFormElement, ...names: string[]): void {
  const input = form.querySelector('[type="file"]') as HTMLInputElement;
  const files = names.map((name) => {
    const type = name.endsWith(".pdf") ? "application/pdf" : "image/jpeg";
    return new File([name], name, { type });
  });
  Object.defineProperty(input, "files", { value: files, configurable: true });
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

const shown = (form: HTMLFormElement): string[] =>
  [...form.querySelectorAll<HTMLImageElement>("[data-attached] img")].map((image) =>
    atob(image.src.split(",")[1] ?? ""),
  );
const said = (form: HTMLFormElement, where: string): string =>
  form.querySelector(where)?.textContent ?? "";
const value = (form: HTMLFormElement, name: string): string =>
  form.querySelector<HTMLInputElement>(`[name="${name}"]`)?.value ?? "";
const send = (form: HTMLFormElement): void => {
  form.dispatchEvent(new Event("submit", { cancelable: true }));
};

beforeEach(() => {
  solved.length = sent.length = 0;
  signal = true;
  answer = () => new Response(null, { status: 204 });
  vi.stubGlobal("fetch", async (url: string, init?: RequestInit) => {
    if (url === "/healthz" && signal) return new Response(null);
    if (url === "/healthz") throw new TypeError("no network");
    if (url === "/api/v1/challenge") return Response.json({ challenge: "fresh", bits: 1 });
    const body = new TextDecoder().decode(init?.body as Uint8Array);
    sent.push({ url, headers: init?.headers as Record<string, string>, body });
    return answer();
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  sessionStorage.clear();
});

it("takes photos up to the limit, says what is none, and has them again after a reload", async () => {
  const form = opened();
  expect(form.querySelector<HTMLElement>("[data-attach]")?.hidden).toBe(false);
  choose(form, "a.jpg", "receipt.pdf", "a.jpg", "b.jpg");
  await vi.waitFor(() => expect(shown(form)).toEqual(["a.jpg", "b.jpg"]));
  await vi.waitFor(() => expect(said(form, "[data-attach-status]")).toBe("bad receipt.pdf."));
  choose(form, "c.jpg", "d.jpg");
  await vi.waitFor(() => expect(said(form, "[data-attach-status]")).toBe("only 3."));
  expect(shown(form)).toEqual(["a.jpg", "b.jpg", "c.jpg"]);
  expect(form.querySelector<HTMLElement>("[data-ways]")?.hidden).toBe(true);

  const again = opened("q2"); // another id: the server's page is new each time
  await vi.waitFor(() => expect(shown(again)).toEqual(["a.jpg", "b.jpg", "c.jpg"]));
  const removal = again.querySelectorAll<HTMLButtonElement>("[data-attached] button")[1];
  expect(removal?.getAttribute("aria-label")).toBe("remove 2");
  removal?.click();
  expect(shown(again)).toEqual(["a.jpg", "c.jpg"]);
  expect(again.querySelector<HTMLElement>("[data-ways]")?.hidden).toBe(false);
});

it("sends them first, each with work of its own, and then the question that names them", async () => {
  const form = opened();
  choose(form, "a.jpg", "b.jpg");
  await vi.waitFor(() => expect(shown(form)).toHaveLength(2));
  send(form);
  send(form); // a second tap
  await vi.waitFor(() => expect(form.submit).toHaveBeenCalledOnce());
  expect(sent.map((each) => [each.url, each.body])).toEqual([
    ["/api/v1/inquiries/q1/photos/hash-of-a.jpg", "a.jpg"],
    ["/api/v1/inquiries/q1/photos/hash-of-b.jpg", "b.jpg"],
  ]);
  expect(sent[0]?.headers).toMatchObject({ "Proof-Challenge": "fresh", "Proof-Number": "7" });
  expect(solved).toContain("fresh q1/hash-of-b.jpg");
  expect(value(form, "photos")).toBe("hash-of-a.jpg,hash-of-b.jpg");
  expect(value(form, "number")).toBe("7");
});

it("sends nothing where a photo does not arrive, says why, and goes on from there", async () => {
  const form = opened();
  choose(form, "a.jpg", "b.jpg");
  await vi.waitFor(() => expect(shown(form)).toHaveLength(2));
  const replies = [
    new Response(null, { status: 204 }),
    Response.json({ detail: "too many." }, { status: 429 }),
  ];
  answer = () => replies.shift() ?? Response.error();
  send(form);
  await vi.waitFor(() => expect(said(form, "[data-work]")).toBe("refused 2: too many."));
  answer = () => {
    throw new TypeError("no network");
  };
  send(form);
  await vi.waitFor(() => expect(said(form, "[data-work]")).toBe("offline 2"));
  expect(form.submit).not.toHaveBeenCalled();
  answer = () => new Response(null, { status: 204 });
  send(form);
  await vi.waitFor(() => expect(form.submit).toHaveBeenCalledOnce());
  expect(sent.filter((each) => each.body === "a.jpg")).toHaveLength(1);
  expect(said(form, "[data-work]")).toBe("working");
});

it("stays where it is without a network, says so, and is sent once there is one", async () => {
  const form = opened();
  form.dataset.offline = "not sent yet";
  signal = false;
  send(form);
  await vi.waitFor(() => expect(said(form, "[data-work]")).toBe("not sent yet"));
  expect(form.submit).not.toHaveBeenCalled();
  signal = true;
  await vi.waitFor(() => {
    send(form);
    expect(form.submit).toHaveBeenCalled();
  });
});

it("leaves them out of a topic, which takes none", async () => {
  const form = opened();
  choose(form, "a.jpg");
  await vi.waitFor(() => expect(shown(form)).toHaveLength(1));
  const topic = form.querySelector('[value="topic"]') as HTMLInputElement;
  topic.checked = true;
  topic.dispatchEvent(new Event("change", { bubbles: true }));
  expect(form.querySelector<HTMLElement>("[data-attach]")?.hidden).toBe(true);
  send(form);
  await vi.waitFor(() => expect(form.submit).toHaveBeenCalledOnce());
  expect(sent).toEqual([]);
  expect(value(form, "photos")).toBe("");
});
