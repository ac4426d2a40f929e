/** For tests: a server behind `fetch` that keeps its own books, and a line that can be cut. */
import { vi } from "vitest";

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

  constructor() {
    vi.stubGlobal("fetch", (url: string, init: RequestInit) => this.fetch(url, init));
  }

  private async fetch(url: string, init: RequestInit): Promise<Response> {
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
    if (path.startsWith("/commitments/")) return this.commit(id, String(init.body));
    if (path === "/submissions") {
      const body = JSON.parse(String(init.body)) as { id: string; photos: { sha256: string }[] };
      if (body.photos.some((photo) => !this.photos.has(photo.sha256))) {
        return problem("unknown-photo", 422);
      }
      this.submitted.push(body.id);
      return json(receiptOf(body.id), 201);
    }
    return this.tus(method, id, init);
  }

  private commit(id: string, text: string): Response {
    const body = JSON.parse(text) as { photos: string[]; content_hash: string; replaces?: string };
    this.bodies[id] = body;
    return json({
      id,
      kind: "commitment",
      received_at: "2026-10-12T02:02:00Z",
      due_on: "2026-10-15",
      on_time: true,
      days_late: 0,
      provisional: false,
      lapses_at: "2026-10-15T02:02:00Z",
      content_hash: body.content_hash,
      photos_missing: body.photos.filter((sha) => !this.photos.has(sha)),
      signed: "a signed note",
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
  committed_at: "2026-10-12T02:02:00Z",
  due_on: "2026-10-15",
  due_before: "2026-10-15T16:00:00Z",
  verdict: "on_time",
  late_days: 0,
  stage: "in_review",
  opens_at: null,
  replayed: false,
  findings: [],
  signed: "a signed note",
});
