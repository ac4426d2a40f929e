import { make, one, say } from "./page";

interface Found {
  code: string;
  name: string;
  path: string[];
}

/** Villages as the name is typed. Without this the form asks the server and gets the same list. */
export function find(): void {
  const form = one<HTMLFormElement>("[data-find]");
  const list = one("#found-list");
  const status = one("#found");
  const input = form && one<HTMLInputElement>("input", form);
  if (!form || !list || !status || !input) return;
  let asked = 0;
  let timer = 0;
  const show = async (): Promise<void> => {
    const q = input.value.trim();
    asked += 1;
    const mine = asked;
    if (q === "") {
      list.textContent = "";
      status.textContent = "";
      return;
    }
    try {
      const answer = await fetch(`/api/v1/divisions?limit=12&q=${encodeURIComponent(q)}`);
      if (!answer.ok || mine !== asked) return;
      const { items } = (await answer.json()) as { items: Found[] };
      if (mine !== asked) return;
      list.textContent = "";
      list.append(...items.map(place));
      status.textContent = "";
      status.append(make("p", "small soft", say("found", { n: items.length })));
    } catch {
      // Without a network the form's own button says what is wrong.
    }
  };
  input.addEventListener("input", (event) => {
    if ((event as InputEvent).isComposing) return; // half a pinyin syllable is no name
    clearTimeout(timer);
    timer = window.setTimeout(show, 200);
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(timer);
    timer = window.setTimeout(show, 200);
  });
}

function place(found: Found): HTMLElement {
  const line = make("li", "");
  const link = document.createElement("a");
  // A village, or a village group with its 14 digits.
  const village = found.code.length > 12 || !found.code.endsWith("000");
  link.href = village ? `/v/${found.code}` : `/?in=${found.code}`;
  const name = make("span", "", `${found.name} `);
  name.append(make("small", "soft", found.path.filter((n) => n !== found.name).join(" · ")));
  link.append(name);
  line.append(link);
  return line;
}
