import { uuid7 } from "@/core/uuid7";
import type { Attaching } from "./attaching";
import { all, copied, LONG_ENOUGH_TO_COPY_MS, one, passing, say } from "./page";
import { solve } from "./working";

const DEVICE = "gongshilan.device";
const DRAFT = "gongshilan.asking";

const random = (size: number): Uint8Array => crypto.getRandomValues(new Uint8Array(size));
const letters = (size: number): string =>
  Array.from(random(size), (byte) => (byte % 36).toString(36)).join("");

/** A random name that this phone keeps; the server knows marks of it only. */
function device(): string {
  try {
    const kept = localStorage.getItem(DEVICE);
    if (kept !== null && /^[a-z0-9]{24}$/.test(kept)) return kept;
    const made = letters(24);
    localStorage.setItem(DEVICE, made);
    return made;
  } catch {
    return letters(24); // a private window: this visit's own name
  }
}

/** The form proves its work while somebody types, and keeps what was typed until it was sent. */
export function asking(): void {
  const form = one<HTMLFormElement>("[data-ask]");
  const challenge = form && one<HTMLInputElement>("[data-challenge]", form);
  if (!form || !challenge) return;
  const field = (name: string): HTMLInputElement | null =>
    one<HTMLInputElement>(`[name="${name}"]`, form);
  const status = one("[data-work]", form);
  const working = status?.textContent ?? "";
  const tell = (words: string): void => {
    if (!status) return;
    status.hidden = false;
    status.textContent = words;
  };
  keepDraft(form);

  const named = field("device");
  if (named) named.value = device();
  const given = challenge.dataset.challenge ?? "";
  let solving: Promise<void> | null = null;
  const work = (): Promise<void> => {
    solving ??= solve(given, Number(challenge.dataset.bits), field("id")?.value ?? "").then(
      (found) => {
        const number = field("number");
        challenge.value = given;
        if (number) number.value = String(found);
      },
    );
    return solving;
  };
  form.addEventListener("input", () => void work(), { once: true });
  const attached = photosOf(form);
  let sending = false;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (sending) return; // a second tap while the first is on its way
    sending = true;
    const send = async (): Promise<void> => {
      // First: where a photo does not arrive, nothing is sent, and whoever asks says what then.
      const hashes = (await (await attached())?.send(tell)) ?? [];
      const named = field("photos");
      if (named) named.value = hashes.join(",");
      tell(working);
      await work().catch(() => undefined); // sent without: somebody looks at it first
      try {
        // Without a network the browser would put a page of its own in the place of what was typed.
        await fetch("/healthz", { method: "HEAD", cache: "no-store" });
      } catch (unreached) {
        tell(form.dataset.offline ?? "");
        throw unreached;
      }
      form.submit();
    };
    send().catch(() => {
      sending = false;
    });
  });
  // Back from the next page: the form can be sent again.
  window.addEventListener("pageshow", () => {
    sending = false;
  });
}

/**
 * The part of a form where photos are chosen; what makes them small is loaded with the first one. Answers how to get at
 * what is to be sent now: null where there is none, or the question takes none.
 */
function photosOf(form: HTMLFormElement): () => Promise<Attaching> | null {
  const box = one("[data-attach]", form);
  if (!box) return () => null;
  const draft = `${DRAFT}${form.getAttribute("action")} photos`;
  let loading: Promise<Attaching> | null = null;
  const load = (): Promise<Attaching> => {
    loading ??= import("./attaching").then(({ attaching }) =>
      attaching(box, draft, one<HTMLInputElement>('[name="id"]', form)?.value ?? "", device()),
    );
    return loading;
  };
  const taken = (): boolean =>
    one<HTMLInputElement>('[name="kind"]:checked', form)?.value !== "topic";
  const show = (): void => {
    box.hidden = !taken();
  };
  form.addEventListener("change", show);
  show();
  for (const input of all<HTMLInputElement>('input[type="file"]', box)) {
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])];
      input.value = "";
      load()
        .then((ready) => ready.take(files))
        .catch(() => {
          loading = null;
          const status = one("[data-attach-status]", box);
          if (status) status.textContent = box.dataset.unloaded ?? "";
        });
    });
  }
  try {
    if (sessionStorage.getItem(draft) !== null) void load();
  } catch {
    // a private window keeps nothing
  }
  return () => (taken() ? loading : null);
}

function keepDraft(form: HTMLFormElement): void {
  for (const field of all<HTMLInputElement | HTMLTextAreaElement>("textarea, #contact", form)) {
    const key = `${DRAFT}${form.getAttribute("action")} ${field.name}`;
    try {
      if (field.value === "") field.value = sessionStorage.getItem(key) ?? "";
      field.addEventListener("input", () => sessionStorage.setItem(key, field.value));
    } catch {
      // a private window keeps nothing
    }
  }
}

/** What was sent is no draft any more: its own page says that it arrived. */
export function arrived(): void {
  if (!one("[data-arrived]")) return;
  try {
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith(DRAFT)) sessionStorage.removeItem(key);
    }
  } catch {
    // nothing was kept
  }
}

/** The private address, for whoever wants to keep it somewhere: nobody writes it down by hand. */
export function copying(): void {
  const button = one<HTMLButtonElement>("[data-copy]");
  if (!button) return;
  const { copy: url = "", done = "" } = button.dataset;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copied(url)) passing(done);
    else passing(say("address", { url }), LONG_ENOUGH_TO_COPY_MS);
  });
}

interface Signed {
  signatures: number;
  needed: number;
}

/** One signature under a topic, with the work done first. */
export function signing(): void {
  const button = one<HTMLButtonElement>("[data-sign]");
  const status = one("[data-work]");
  if (!button || !status) return;
  const tell = (words: string): void => {
    status.hidden = false;
    status.textContent = words;
  };
  const { working = "", done = "", refused = "", offline = "" } = button.dataset;
  // Where this runs it is signed here; everywhere else the link leads to a form.
  one("[data-sign-plainly]")?.remove();
  button.hidden = false;
  button.addEventListener("click", async () => {
    button.disabled = true;
    tell(working);
    try {
      const given = (await (await fetch("/api/v1/challenge")).json()) as {
        challenge: string;
        bits: number;
      };
      const id = uuid7(Date.now(), random(10));
      const number = await solve(given.challenge, given.bits, id);
      const answer = await fetch(`/api/v1/inquiries/${button.dataset.sign}/signatures`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({
          id,
          device: device(),
          proof: { challenge: given.challenge, number },
        }),
      });
      const body = (await answer.json()) as Signed & { detail?: string };
      if (!answer.ok) {
        tell(refused.replace("{reason}", body.detail ?? ""));
        button.disabled = false;
        return;
      }
      for (const count of all("[data-count]")) count.hidden = true;
      tell(done.replace("{n}", `${body.signatures}`).replace("{needed}", `${body.needed}`));
      button.hidden = true;
    } catch {
      tell(offline);
      button.disabled = false;
    }
  });
}
