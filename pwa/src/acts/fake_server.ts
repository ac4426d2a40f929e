/** For tests: a server behind `fetch` that keeps its own books, and a line that can be cut. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { vi } from "vitest";
import { contentHash, type Promised, utf8 } from "../core/content_hash";
import { sha256 } from "../core/sha256";

const base64 = (bytes: Iterable<number>): string => btoa(String.fromCharCode(...bytes));

/** A key that signs receipts as the server does. */
export class SigningKey {
  private readonly secret: Uint8Array;
  private readonly id: string;
  readonly spelled: string;

  constructor(seed: number) {
    this.secret = new Uint8Array(32).fill(seed);
    const named = [1, ...ed25519.getPublicKey(this.secret)];
    this.id = sha256(Uint8Array.from([...utf8("gongshi.test\n"), ...named])).slice(0, 8);
    this.spelled = `gongshi.test+${this.id}+${base64(named)}`;
  }

  sign(text: string): string {
    const id = (this.id.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
    const signature = base64([...id, ...ed25519.sign(utf8(text), this.secret)]);
    return `${text}\n— gongshi.test ${signature}\n`;
  }
}

const RECEIVED = "2026-10-12T02:02:00Z";

/** The lines of a receipt, as rules/receipts.py writes them. */
function receiptText(
  kind: "commitment" | "submission",
  id: string,
  posted: { division: string; category: string; period?: string },
  content: string,
  photos: readonly string[],
): string {
  const moments =
    kind === "commitment"
      ? ["received 2026-10-12T02:02:00.000Z", "lapses 2026-10-15T02:02:00.000Z"]
      : ["committed 2026-10-12T02:02:00.000Z", "received 2026-10-12T02:09:00.000Z"];
  const lines = [
    "gongshilan-receipt/v1",
    `kind ${kind}`,
    `id ${id}`,
    `division ${posted.division}`,
    `category ${posted.category}`,
    `period ${posted.period ?? "event:2026-10-08"}`,
    `content ${content}`,
    ...photos.map((photo) => `photo ${photo}`),
    ...moments,
    "due 2026-10-15",
  ];
  return `${lines.join("\n")}\n`;
}

export const json = (body: unknown, status = 200): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      Gongshilan: "1",
      "Content-Type": status < 400 ? "application/json" : "application/problem+json",
    },
  });

export const problem = (slug: string, status: number, errors: unknown[] = []): Response =>
  json({ type: `/problems/${slug}`, title: "no", detail: "why not", errors }, status);

interface Half {
  sha256: string;
  length: number;
  offset: number;
}

/** What may happen to a request instead of the answer; null lets it through. */
export type Fate = (method: string, path: string) => Response | Error | "answer lost" | null;

export class FakeServer {
  readonly asked: string[] = [];
  readonly photos = new Set<string>();
  readonly submitted: string[] = [];
  readonly bodies: { [id: string]: { replaces?: string; content_hash: string } } = {};
  /** Photo bytes that arrived and were acknowledged. */
  bytes = 0;
  private readonly halves = new Map<string, Half>();
  fate: Fate = () => null;
  /** What it signs with, and what it says that it signs with. */
  key = new SigningKey(7);
  published: SigningKey | null = null;

  constructor() {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.fetch(url, init));
  }

  async fetch(url: string, init: RequestInit): Promise<Response> {
    const path = new URL(url, location.origin).pathname.replace("/api/v1", "");
    const method = init.method ?? "GET";
    this.asked.push(`${method} ${path}`);
    const fate = this.fate(method, path);
    if (fate instanceof Error) throw fate;
    if (fate instanceof Response) return fate;
    const answer = await this.answer(method, path, init);
    if (fate === "answer lost") throw new TypeError("the line broke");
    return answer;
  }

  private async answer(method: string, path: string, init: RequestInit): Promise<Response> {
    const id = path.split("/")[2] ?? "";
    if (path === "/receipt-key") return json({ key: (this.published ?? this.key).spelled });
    if (path.startsWith("/commitments/")) return this.commit(id, String(init.body));
    if (path === "/submissions") {
      const body = JSON.parse(String(init.body)) as Promised & {
        id: string;
        period?: string;
        photos: { sha256: string }[];
      };
      if (body.photos.some((photo) => !this.photos.has(photo.sha256))) {
        return problem("unknown-photo", 422);
      }
      this.submitted.push(body.id);
      const hash = contentHash(body);
      const signed = this.key.sign(receiptText("submission", body.id, body, hash, []));
      return json({ ...receiptOf(body.id), content_hash: hash, signed }, 201);
    }
    return this.tus(method, id, init);
  }

  private commit(id: string, text: string): Response {
    const body = JSON.parse(text) as {
      division: string;
      category: string;
      period?: string;
      photos: string[];
      content_hash: string;
      replaces?: string;
    };
    this.bodies[id] = body;
    return json({
      id,
      kind: "commitment",
      received_at: RECEIVED,
      due_on: "2026-10-15",
      on_time: true,
      days_late: 0,
      provisional: false,
      lapses_at: "2026-10-15T02:02:00Z",
      content_hash: body.content_hash,
      photos_missing: body.photos.filter((sha) => !this.photos.has(sha)),
      signed: this.key.sign(receiptText("commitment", id, body, body.content_hash, body.photos)),
    });
  }

  private async tus(method: string, id: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    const answer = (status: number, more: { [name: string]: string } = {}): Response =>
      new Response(null, {
        status,
        headers: { Gongshilan: "1", "Tus-Resumable": "1.0.0", ...more },
      });
    if (method === "POST") {
      const sha256 = atob((headers.get("Upload-Metadata") ?? "").split(/[ ,]/)[1] ?? "");
      const known = [...this.halves].find(([, half]) => half.sha256 === sha256)?.[0];
      const name = known ?? `u${this.halves.size + 1}`;
      const length = Number(headers.get("Upload-Length"));
      if (!known) this.halves.set(name, { sha256, length, offset: 0 });
      return answer(201, { Location: `/api/v1/uploads/${name}` });
    }
    const half = this.halves.get(id);
    if (!half) return answer(404);
    if (method === "PATCH") {
      if (Number(headers.get("Upload-Offset")) !== half.offset) return problem("wrong-offset", 409);
      const size = (init.body as ArrayBuffer).byteLength;
      half.offset += size;
      this.bytes += size;
      if (half.offset === half.length) {
        this.photos.add(half.sha256);
        this.halves.delete(id);
      }
    }
    const at = { "Upload-Offset": String(half.offset), "Upload-Length": String(half.length) };
    return answer(method === "HEAD" ? 200 : 204, at);
  }

  /** As if it had been away too long: unfinished uploads are gone. */
  expire(): void {
    this.halves.clear();
  }
}

export const receiptOf = (id: string) => ({
  id,
  disclosure_id: id,
  content_hash: "sha256:00",
  received_at: "2026-10-12T02:09:00Z",
  committed_at: RECEIVED,
  due_on: "2026-10-15",
  due_before: "2026-10-15T16:00:00Z",
  verdict: "on_time",
  late_days: 0,
  stage: "in_review",
  opens_at: null,
  replayed: false,
  findings: [],
  signed: "",
});
