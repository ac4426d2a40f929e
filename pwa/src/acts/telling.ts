/** What a closed app has to say when its worker is done: one notification, or none. */
import { type Language, momentText } from "../core/dates";
import type { Posting } from "../keep/outbox";
import { alone } from "../messages/alone";
import type { Ending } from "./sending_alone";

export interface Telling {
  title: string;
  body: string;
  /** Where a tap leads. */
  path: string;
}

/**
 * What a person should hear of it. That somebody must do something comes first; what arrived is said once nothing
 * more is on its way. Null: nothing.
 */
export function tellingOf(ending: Ending, language: Language): Telling | null {
  const { arrived, refused, signInNeeded, left } = ending;
  const say = (message: keyof typeof alone, values: { [name: string]: string | number } = {}) =>
    alone[message][language === "en" ? 1 : 0].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
  const site = say("alone.site");
  if (signInNeeded) return { title: site, body: say("alone.sign_in"), path: "/app/tasks" };
  const [wrong] = refused;
  if (wrong) return { title: wrong.title, body: say("alone.refused"), path: pathOf(wrong) };
  const [first, second] = arrived;
  if (!first?.receipt || left > 0) return null;
  if (second) {
    const body = say("alone.arrived.all", { n: arrived.length });
    return { title: site, body, path: "/app/tasks" };
  }
  const { committed_at, received_at, verdict, late_days } = first.receipt;
  const body = say("alone.arrived", {
    when: momentText(committed_at ?? received_at, language),
    verdict: verdict === "late" ? say("alone.late", { n: late_days }) : say("alone.on_time"),
  });
  return { title: first.title, body, path: pathOf(first) };
}

const pathOf = ({ id }: Posting): string => `/app/sent/${id}`;
