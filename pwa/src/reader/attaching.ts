/**
 * Photos with a question: made small, kept beside what was typed until it was sent, and sent ahead of it.
 * Loaded when somebody chooses a photo, or comes back to some.
 */
import { shrunk } from "@/acts/shrinking";
import { make, one } from "./page";
import { solve } from "./working";

/** A photo as it travels: its hash, and its bytes as an address that the page can show and the draft can keep. */
interface Photo {
  sha256: string;
  url: string;
}

/** A photo did not arrive; the message is what a person was told. */
class NotSent extends Error {}

export interface Attaching {
  /** Takes chosen files, one after another; what is no photo, or one too many, is said. */
  take(files: readonly File[]): Promise<void>;
  /** Sends what the server does not have yet and returns the hashes in their order; says how far it is. Raises NotSent. */
  send(tell: (words: string) => void): Promise<string[]>;
}

/** The photos of a form: `draft` is where they are kept, `inquiry` the id under which the question will be sent. */
export function attaching(
  box: HTMLElement,
  draft: string,
  inquiry: string,
  device: string,
): Attaching {
  const list = one("[data-attached]", box);
  const status = one("[data-attach-status]", box);
  const most = Number(box.dataset.most);
  let photos = kept(draft);
  const arrived = new Set<string>();
  const tell = (text: string): void => {
    if (status) status.textContent = text;
  };
  const say = (name: string, values: Record<string, string | number> = {}): string =>
    (box.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, key: string) => String(values[key] ?? ""));

  const changed = (now: Photo[]): void => {
    photos = now;
    try {
      if (photos.length === 0) sessionStorage.removeItem(draft);
      else sessionStorage.setItem(draft, JSON.stringify(photos));
    } catch {
      // no room, or a private window: they last as long as the page
    }
    show();
  };
  const show = (): void => {
    for (const { sha256 } of photos) void proved(sha256).catch(() => undefined);
    list?.replaceChildren(...photos.map(shown));
    // Where there is no place for another one, nothing offers it.
    const ways = one("[data-ways]", box);
    if (ways) ways.hidden = photos.length >= most;
  };
  const shown = (photo: Photo, n: number): HTMLElement => {
    const item = make("li", "");
    const image = document.createElement("img");
    image.src = photo.url;
    image.alt = say("nth", { n: n + 1 });
    const remove = make("button", "btn", say("remove"));
    remove.setAttribute("type", "button");
    remove.setAttribute("aria-label", say("removeNth", { n: n + 1 }));
    remove.addEventListener("click", () => {
      changed(photos.filter((each) => each !== photo));
      tell("");
      one("input", box)?.focus();
    });
    item.append(image, remove);
    return item;
  };

  /** The work for each photo begins when it is chosen; what failed, or was refused, is done anew. */
  const work = new Map<string, Promise<Record<string, string>>>();
  const proved = (sha256: string): Promise<Record<string, string>> => {
    const begun = work.get(sha256) ?? prove(`${inquiry}/${sha256}`);
    work.set(sha256, begun);
    begun.catch(() => work.delete(sha256));
    return begun;
  };
  const sendOne = async (photo: Photo): Promise<void> => {
    const proof = await proved(photo.sha256);
    const answer = await fetch(`/api/v1/inquiries/${inquiry}/photos/${photo.sha256}`, {
      method: "PUT",
      headers: {
        "Content-Type": "application/octet-stream",
        "Asking-Device": device,
        ...proof,
      },
      body: bytesOf(photo.url),
    });
    if (answer.ok) return;
    work.delete(photo.sha256);
    const { detail = "" } = (await answer.json()) as { detail?: string };
    throw new NotSent(detail);
  };

  show();
  return {
    async take(files) {
      const refused: string[] = [];
      for (const [n, file] of files.entries()) {
        if (photos.length >= most) {
          refused.push(say("tooMany", { most }));
          break;
        }
        tell(say("making", { n: n + 1, of: files.length }));
        try {
          const made = await shrunk(file, "standard", true);
          const url = await addressOf(made.bytes, made.type);
          if (!photos.some((each) => each.sha256 === made.sha256))
            changed([...photos, { sha256: made.sha256, url }]);
        } catch {
          refused.push(say("bad", { name: file.name }));
        }
      }
      tell(refused.join(" "));
    },
    async send(telling) {
      for (const [n, photo] of photos.entries()) {
        if (arrived.has(photo.sha256)) continue;
        telling(say("sending", { n: n + 1, of: photos.length }));
        try {
          await sendOne(photo);
        } catch (failure) {
          const words =
            failure instanceof NotSent
              ? say("refused", { n: n + 1, reason: failure.message })
              : say("offline", { n: n + 1 });
          telling(words);
          throw new NotSent(words);
        }
        arrived.add(photo.sha256);
      }
      return photos.map((each) => each.sha256);
    },
  };
}

/** The headers that say what work was done for a subject. */
async function prove(subject: string): Promise<Record<string, string>> {
  const given = (await (await fetch("/api/v1/challenge")).json()) as {
    challenge: string;
    bits: number;
  };
  const number = await solve(given.challenge, given.bits, subject);
  return { "Proof-Challenge": given.challenge, "Proof-Number": `${number}` };
}

function kept(draft: string): Photo[] {
  try {
    return JSON.parse(sessionStorage.getItem(draft) ?? "[]") as Photo[];
  } catch {
    return [];
  }
}

function addressOf(bytes: ArrayBuffer, type: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(new Blob([bytes], { type }));
  });
}

const bytesOf = (url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(url.slice(url.indexOf(",") + 1)), (letter) => letter.charCodeAt(0));
