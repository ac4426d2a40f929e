/** Where in a kiosk somebody is: a way of a few steps that begins at its first screen. */

export type Spot =
  | { at: "villages" }
  | { at: "village"; code: string }
  | { at: "category"; code: string; category: string }
  | { at: "notice"; id: string }
  | { at: "search" };

/** The public address that shows the same, without anything that was typed. */
export function addressOf(spot: Spot): string {
  if (spot.at === "village" || spot.at === "category") return `/v/${spot.code}`;
  if (spot.at === "notice") return `/d/${spot.id}`;
  return spot.at === "search" ? "/kiosk/search" : "/kiosk/home";
}

/** The first screen: a village's own point begins with its categories, a township's with its villages. */
export function firstSpot(villages: readonly { code: string }[], own: string): Spot {
  const [only] = villages;
  return villages.length === 1 && only?.code === own
    ? { at: "village", code: own }
    : { at: "villages" };
}

/** One step on. The search is one step, however often it is opened, and a notice that one came by is gone back to. */
export function entered(way: readonly Spot[], spot: Spot): Spot[] {
  const before = way.findIndex(
    (one) => spot.at === "notice" && one.at === "notice" && one.id === spot.id,
  );
  if (before >= 0) return way.slice(0, before + 1);
  return [...way.filter((one) => one.at !== "search" || spot.at === "notice"), spot];
}
