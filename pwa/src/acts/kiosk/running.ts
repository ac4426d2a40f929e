/** What a query point does by itself: it starts, beats, fetches, rests, forgets and changes its version. */
import { computed, effect, signal } from "@preact/signals";
import { BEAT_MS } from "../../core/kiosk_missed";
import { inRotation } from "../../core/kiosk_notices";
import { addressOf, entered, firstSpot, type Spot } from "../../core/kiosk_places";
import { forgets, type Rest, restOf } from "../../core/kiosk_rest";
import { chooseLanguage, language } from "../../messages/language";
import { beatNow, reportScreen } from "./beating";
import { emptied, loadContents, online, prune, refresh, villages } from "./contents";
import { loadPoint, point } from "./point";
import { hush, stillSpeaks } from "./reading_aloud";
import { takeScreen } from "./screen";
import { look, now, startClock } from "./timing";
import { keepApp, updateAtNight } from "./updating";

/** Fetched again no more often than this, whatever falls due. */
const LEAST_MS = 15_000;

const way = signal<Spot[]>([]);
/** What somebody types into the search; nothing else is ever typed here. */
export const typed = signal("");
export const rest = signal<Rest>({ state: "used" });
/** The notice that stands while nobody touches the screen. */
export const slide = signal<string | null>(null);
export const large = signal(false);
/** Somebody pairs this device anew, though it is a point. */
export const pairing = signal(false);

export const spot = computed<Spot>(
  () =>
    way.value[way.value.length - 1] ?? firstSpot(villages.value, point.value?.division.code ?? ""),
);
export const isFirst = computed(() => way.value.length === 0);
/** All open notices, the newest first. */
export const rotation = computed(() =>
  inRotation(
    villages.value.flatMap((one) => one.cards),
    now.value,
  ),
);

let touchedAt = performance.now();
let refreshedAt = Number.NEGATIVE_INFINITY;

export function enter(next: Spot): void {
  hush();
  way.value = entered(way.value, next);
}

export function back(): void {
  hush();
  way.value = way.value.slice(0, -1);
}

/** The first screen, as nobody had been here: nothing that was typed, chosen or read aloud is left. */
export function startOver(): void {
  hush();
  way.value = [];
  typed.value = "";
  large.value = false;
  pairing.value = false;
  if (language.value !== "zh-CN") chooseLanguage("zh-CN");
}

export function touched(): void {
  touchedAt = performance.now();
  if (rest.value.state !== "used") rest.value = { state: "used" };
}

/**
 * A finger came down. What a touch takes away (the slides, the question) goes when it is lifted: otherwise what lies
 * beneath would be pressed with it.
 */
function felt({ target }: Event): void {
  if (target instanceof Element && target.closest("[data-wakes]") !== null) return;
  touched();
}

function tick(): void {
  const time = look();
  if (stillSpeaks()) touchedAt = performance.now(); // whoever listens is there
  const away = !isFirst.value || typed.value !== "" || language.value !== "zh-CN" || large.value;
  const next = restOf(touchedAt, performance.now(), away || pairing.value);
  if (forgets(rest.value, next)) startOver();
  if (JSON.stringify(next) !== JSON.stringify(rest.value)) rest.value = next;
  if (!point.value) return;
  const due = villages.value.some((one) => one.changesAt !== null && one.changesAt <= time);
  if (due && performance.now() - refreshedAt > LEAST_MS && online.value !== false) void fetchNow();
  // On a full disk what ended is not shown either, and is pruned a second later.
  void prune(time).catch(() => undefined);
  if (next.state === "slides" || point.value.kind === "screen") void updateAtNight(time);
}

function fetchNow(): Promise<void> {
  refreshedAt = performance.now();
  return refresh();
}

/** Says that it runs, and fetches what changed: at the start, every ten minutes, and when a network comes back. */
async function beatAndFetch(): Promise<void> {
  await beatNow();
  if (point.value) await fetchNow();
}

/** Starts everything; the screen may be painted when it resolves. */
export async function begin(): Promise<void> {
  await startClock();
  await loadPoint();
  if (point.value) await loadContents();
  reportScreen(() => {
    if (slide.value !== null) return `/d/${slide.value}`;
    return point.value?.kind === "screen" ? "/kiosk/slides" : addressOf(spot.value);
  });
  takeScreen(felt);
  let id: string | null = null;
  effect(() => {
    const found = point.value?.id ?? null;
    if (found === id) return;
    const first = id === null && villages.value.length > 0;
    id = found;
    if (!first) emptied();
    startOver();
    if (found !== null) void beatAndFetch();
  });
  setInterval(tick, 1000);
  setInterval(() => void beatAndFetch(), BEAT_MS);
  window.addEventListener("online", () => void beatAndFetch());
  void keepApp();
}
