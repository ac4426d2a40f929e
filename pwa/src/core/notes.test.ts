/** Signed notes by the published examples, and what a receipt must say. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { describe, expect, it } from "vitest";
import { utf8 } from "./content_hash";
import { keyOf, noteOf, unbase64 } from "./notes";
import { type Promised, says } from "./receipts";

// From the documentation of golang.org/x/mod/sumdb/note, where the format comes from.
const KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const PETER =
  "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
// From c2sp.org/signed-note.
const SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
const SPEC_NOTE =
  "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";

describe("a signed note", () => {
  it.each([
    [`${TEXT}\n${PETER}`, KEY, TEXT],
    [SPEC_NOTE, SPEC_KEY, "This is an example message.\n"],
  ])("of the published examples is read and holds", (signed, spelled, text) => {
    const note = noteOf(signed);
    const key = keyOf(spelled);
    expect(note?.text).toBe(text);
    expect(note?.signatures[0]).toMatchObject({ name: key?.name, id: key?.id });
    const signature = note?.signatures[0]?.bytes ?? new Uint8Array();
    const raw = key?.raw ?? new Uint8Array();
    expect(ed25519.verify(signature, utf8(text), raw, { zip215: false })).toBe(true);
    expect(ed25519.verify(signature, utf8(`${text} `), raw, { zip215: false })).toBe(false);
  });

  it.each([
    ["", "nothing"],
    [TEXT, "no signature"],
    [`${TEXT}\n${PETER.trimEnd()}`, "no newline at its end"],
    [`${TEXT}\n- PeterNeumann x08g\n`, "a hyphen for a dash"],
    [`${TEXT}\n— PeterNeumann x08g\n`, "a signature of no bytes"],
    [`${TEXT}\n${PETER.repeat(17)}`, "more signatures than anybody needs"],
  ])("is not %j: %s", (signed) => {
    expect(noteOf(signed)).toBeNull();
  });

  it.each([
    KEY.replace("c74f20a3", "c74f20a4"), // another key's id
    KEY.replace("PeterNeumann", "Peter"), // another name's id
    KEY.replace("+ARpc", "+Apc"),
    "PeterNeumann+c74f20a3",
    "",
  ])("has no key %s", (spelled) => {
    expect(keyOf(spelled)).toBeNull();
  });

  it("reads base64 as browsers do, and nothing else", () => {
    for (const text of ["", "AA==", "AAE=", "AAEC", "/+8="]) {
      const there = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
      expect(unbase64(text)).toEqual(there);
    }
    for (const text of ["A", "AA", "A===", "AA=A", "A\nA=", "好好=="])
      expect(unbase64(text)).toBeNull();
  });
});

const RECEIPT = `gongshilan-receipt/v1
kind commitment
id 019a1190-0000-7000-8000-000000000001
division 640425103200
category finance_quarterly
period 2026Q3
content sha256:${"0".repeat(64)}
photo ${"b".repeat(64)}
photo ${"a".repeat(64)}
received 2026-10-15T15:59:59.999Z
lapses 2026-10-18T15:59:59.999Z
due 2026-10-15
`;
const PROMISED: Promised = {
  kind: "commitment",
  id: "019a1190-0000-7000-8000-000000000001",
  division: "640425103200",
  category: "finance_quarterly",
  period: "2026Q3",
  content: `sha256:${"0".repeat(64)}`,
  photos: ["a".repeat(64), "b".repeat(64)],
  received: "2026-10-15T15:59:59.999Z",
  committed: null,
  lapses: "2026-10-18T15:59:59.999000Z",
  due: "2026-10-15",
  lateDays: 0,
};

describe("a receipt's text", () => {
  it("promises what the phone sent and what the answer claims", () => {
    expect(says(RECEIPT, PROMISED)).toBe(true);
    expect(says(RECEIPT, { ...PROMISED, period: null })).toBe(true);
  });

  it.each<[string, Partial<Promised>]>([
    ["a submission", { kind: "submission" }],
    ["another posting", { id: "019a1190-0000-7000-8000-000000000002" }],
    ["another village", { division: "640425103201" }],
    ["another matter", { category: "dibao_roster" }],
    ["another quarter", { period: "2026Q2" }],
    ["other content", { content: `sha256:${"1".repeat(64)}` }],
    ["one photo less", { photos: ["a".repeat(64)] }],
    ["an earlier moment", { received: "2026-10-15T15:59:59.998Z" }],
    ["a registration before", { committed: "2026-10-15T15:59:59.999Z" }],
    ["more time to follow", { lapses: "2026-10-19T15:59:59.999Z" }],
    ["another due day", { due: "2026-10-16" }],
    ["lateness", { lateDays: 1 }],
  ])("does not promise %s", (_what, other) => {
    expect(says(RECEIPT, { ...PROMISED, ...other })).toBe(false);
  });

  it("is late by the day in Shanghai, at the later of arrival and plan", () => {
    const late = RECEIPT.replace(
      "received 2026-10-15T15:59:59.999Z",
      "received 2026-10-15T16:00:00.000Z",
    );
    const at = { ...PROMISED, received: "2026-10-15T16:00:00Z" };
    expect(says(late, { ...at, lateDays: 1 })).toBe(true);
    expect(says(late, at)).toBe(false);
    const planned = RECEIPT.replace("due ", "planned 2026-10-17T01:00:00.000Z\ndue ");
    expect(says(planned, { ...PROMISED, lateDays: 2 })).toBe(true);
  });

  it.each([
    RECEIPT.replace("/v1", "/v2"),
    RECEIPT.replace("kind ", "kind  "),
    `${RECEIPT}due 2026-10-15\n`,
    RECEIPT.replace("id 019a", "ID 019a"),
    "",
  ])("has one spelling", (text) => {
    expect(says(text, PROMISED)).toBe(false);
  });
});
