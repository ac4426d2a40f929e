/** What a query point finds without a network, in the notices that it keeps. */
import "fake-indexeddb/auto";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as keep from "../../keep/kiosk";
import type { KeptCard, Notice } from "../../net/kiosk";
import { villages } from "./contents";
import { findKept } from "./finding";

const NOW = Date.parse("2026-10-12T10:00:00+08:00");
const always = (): boolean => true;

const cardOf = (id: string, category: string, changed: Partial<KeptCard> = {}): KeptCard =>
  ({
    disclosure_id: id,
    title: id,
    category,
    stage: "open",
    opened_at: "2026-10-10T10:00:00+08:00",
    must_stay_until: null,
    comes_down_at: null,
    hides_at: null,
    ...changed,
  }) as KeptCard;

const table = (place: string, name: string): Notice["sheet"] => ({
  title: "",
  subtitle: "",
  unit: "",
  notes: [],
  sections: [
    {
      kind: "table",
      id: "t",
      heading: "",
      columns: [{ key: "party", label: "", type: "text" }],
      rows: [{ cells: [name], pointer: `/${place}/0` }],
      totals: null,
    },
  ],
});

async function kept(cards: KeptCard[], sheet: Notice["sheet"]): Promise<void> {
  for (const card of cards) await keep.keepNotice({ card, sheet, photos: [] } as unknown as Notice);
  const [known] = villages.value;
  const village = { code: "640425103207", name: "红河村", path: [], etag: null, asOf: NOW };
  villages.value = [
    {
      ...village,
      changesAt: null,
      missing: [],
      demo: false,
      cards: [...(known?.cards ?? []), ...cards],
    },
  ];
}

beforeEach(async () => {
  vi.stubGlobal("caches", { delete: async () => true });
  await keep.keepOwn("findable", {
    finance: { searchable: ["/debts/*/party"], names: ["/debts/*/party"] },
    roster: { searchable: [], names: [] },
  });
});

afterEach(async () => {
  await keep.forget();
  villages.value = [];
  vi.unstubAllGlobals();
});

it("finds a payee, with the line that names him; the same name in a list of people it does not", async () => {
  await kept([cardOf("accounts", "finance")], table("debts", "王五"));
  await kept([cardOf("people", "roster"), cardOf("unknown", "other")], table("debts", "王五"));
  const { total, items } = await findKept("ww", NOW, always);
  expect(total).toBe(1);
  expect(items[0]).toMatchObject({
    card: { disclosure_id: "accounts" },
    division_name: "红河村",
    lines: [{ pointer: "/debts/0", excerpt: [{ text: "王五", hit: false }] }],
    lines_more: 0,
  });
});

it("finds a list of people by its title", async () => {
  await kept([cardOf("people", "roster", { title: "低保对象名单" })], table("debts", "王五"));
  expect((await findKept("dbdx", NOW, always)).items[0]?.lines).toEqual([]);
});

it("finds nothing before its opening, and nothing after its end", async () => {
  const early = cardOf("early", "finance", { opened_at: "2026-10-12T10:00:01+08:00" });
  const over = cardOf("over", "finance", { hides_at: "2026-10-12T10:00:00+08:00" });
  await kept([early, over], table("debts", "王五"));
  expect((await findKept("ww", NOW, always)).total).toBe(0);
  expect((await findKept("ww", NOW + 1000, always)).total).toBe(1);
});

it("lists the newest ten and counts all, until nobody wants it any more", async () => {
  const cards = Array.from({ length: 12 }, (_, n) =>
    cardOf(`n${n}`, "finance", { opened_at: new Date(NOW - n * 60_000).toISOString() }),
  );
  await kept([...cards].reverse(), table("debts", "王五"));
  const { total, items } = await findKept("ww", NOW, always);
  expect(total).toBe(12);
  expect(items.map(({ card }) => card.disclosure_id)).toEqual(
    cards.slice(0, 10).map((card) => card.disclosure_id),
  );
  const wanted = vi.fn(() => wanted.mock.calls.length <= 3);
  expect((await findKept("ww", NOW, wanted)).total).toBe(3);
});
