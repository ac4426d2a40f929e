/** What the page of an evidence pack works out when it opens, from the documents that it carries. */
import { ed25519 } from "../../acts/ed25519";
import { utf8 } from "../../core/content_hash";
import {
  isAsHashed,
  isAsListed,
  type PackedEdition,
  type PackedNotice,
  type PackedObligation,
  receiptFits,
  type Said,
  type Verdict,
  verdictAgain,
} from "../../core/evidence";
import { type Key, keyOf, noteOf } from "../../core/notes";

export interface About {
  made_at: string;
  place: { code: string; name: string; path: string[] };
  villages: { [code: string]: string };
  first: string;
  last: string;
  notice: string | null;
  whole: boolean;
  key: string;
}

export interface Rule {
  source: Said;
  version: string;
  grace_hours: number;
  policies: { id: string; title: Said; valid_from: string; valid_to: string | null }[];
}

export interface Inquiry {
  number: string;
  kind: Said;
  asked_on: string;
  notice: string | null;
  line: string | null;
  text: string | null;
  answer: { text: string | null; body: Said; answered_by: string; at: string } | null;
  trail: { on: string; words: Said }[];
}

export interface Field {
  label: Said;
  widget: string;
  options?: { [value: string]: Said };
}

export type Fields = { [pointer: string]: Field };
export type Sums = { [path: string]: [sha256: string, bytes: number] };

/** The documents of a pack by path, and what came of working them out again. */
export class Pack {
  readonly about: About;
  readonly owed: PackedObligation[];
  readonly notices: PackedNotice[];
  readonly inquiries: Inquiry[];
  readonly rules: { [name: string]: Rule };
  readonly words: { [name: string]: { fields: Fields } };
  readonly files: Map<string, boolean | null>;
  private readonly key: Key | null;

  constructor(
    private readonly documents: { [path: string]: string },
    readonly sums: Sums,
  ) {
    this.about = this.read<About>("pack.json");
    this.owed = this.read("obligations.json");
    this.rules = this.read("rules.json");
    this.words = this.read("words.json");
    this.notices = this.under<PackedNotice>("notices/");
    this.inquiries = this.under<Inquiry[]>("inquiries/").flat();
    this.key = keyOf((documents["key.txt"] ?? "").trim());
    this.files = new Map(
      Object.entries(sums).map(([path, listed]) => {
        const text = documents[path];
        return [path, text === undefined ? null : isAsListed(text, listed)];
      }),
    );
    for (const path of Object.keys(documents)) {
      if (!(path in sums)) this.files.set(path, false);
    }
  }

  private read<T>(path: string): T {
    return JSON.parse(this.documents[path] ?? "null") as T;
  }

  private under<T>(folder: string): T[] {
    const paths = Object.keys(this.documents).filter((path) => path.startsWith(folder));
    return paths.map((path) => this.read<T>(path));
  }

  /** What an edition's file says, where it can be read. */
  content(edition: PackedEdition): { content: unknown; schema_version: number } | null {
    return this.read(edition.file);
  }

  hashed(edition: PackedEdition): boolean | null {
    return isAsHashed(edition, this.documents[edition.file]);
  }

  /** Whether a receipt was signed with the pack's key, and says what the edition says. */
  receipt(edition: PackedEdition, path: string): boolean {
    const note = this.documents[path];
    const parts = noteOf(note ?? "");
    const key = this.key;
    const signed = parts?.signatures.find((one) => one.name === key?.name && one.id === key.id);
    if (!key || !parts || !signed || !receiptFits(edition, note)) return false;
    try {
      return ed25519.verify(signed.bytes, utf8(parts.text), key.raw, { zip215: false });
    } catch {
      return false; // not even the shape of a signature
    }
  }

  verdict(owed: PackedObligation): Verdict | null {
    const notice = this.notices.find((one) => one.id === owed.notice);
    const hours = this.rules[owed.rule]?.grace_hours ?? 0;
    return verdictAgain(owed, notice?.editions ?? [], hours, Date.parse(this.about.made_at));
  }

  /** Whether what was worked out is what the pack says. */
  agrees(owed: PackedObligation, again: Verdict): boolean {
    return again.state === owed.state && again.days === owed.late_days;
  }

  /** How much was worked out, and how much of it does not agree. */
  summary(): Summary {
    const editions = this.notices.flatMap((notice) => notice.editions);
    const hashes = editions.map((edition) => this.hashed(edition));
    const notes = editions.flatMap((one) => one.receipts.map((path) => this.receipt(one, path)));
    const verdicts = this.owed.flatMap((owed) => {
      const again = this.verdict(owed);
      return again === null ? [] : [this.agrees(owed, again)];
    });
    const files = [...this.files.values()].filter((one) => one !== null);
    const all = [...files, ...hashes, ...notes, ...verdicts];
    return {
      files: files.length,
      contents: hashes.filter((one) => one !== null).length,
      held: hashes.filter((one) => one === null).length,
      notes: notes.length,
      verdicts: verdicts.length,
      bad: all.filter((one) => one === false).length,
    };
  }
}

export interface Summary {
  files: number;
  contents: number;
  held: number;
  notes: number;
  verdicts: number;
  bad: number;
}
