/** A policy as a form writes it: only what was filled in stands in the document, everything else stays as it is. */
import type { Day } from "./dates";

export type DueKind = "same" | "day_of_month" | "days_after";
export type Unit = "calendar" | "working";
/** How long what is over can be read: as it is, for ever, or some months or days. */
export type Kept = "same" | "forever" | "months" | "days";
export type Reviewing = "same" | "reviewer" | "supervisor" | "township" | "both" | "none";

/** What a list of policies is sorted by: what is to come first, or the newest first day, or the place. */
export type PolicyOrder = "state" | "newest" | "place";
export const POLICY_ORDERS: readonly PolicyOrder[] = ["state", "newest", "place"];

/** Sort policies; of those alike, the order in which they came stays: by how they stand. */
export function policiesInOrder<L extends { valid_from: Day; division: string }>(
  items: readonly L[],
  order: PolicyOrder,
): L[] {
  if (order === "newest")
    return [...items].sort((a, b) => b.valid_from.localeCompare(a.valid_from));
  if (order === "place") return [...items].sort((a, b) => a.division.localeCompare(b.division));
  return [...items];
}

export interface PolicyForm {
  title: string;
  division: string;
  first: Day;
  last: Day | "";
  /** '*', 'cadence:quarterly', or a category's key. */
  about: string;
  due: DueKind;
  dueNumber: string;
  dueUnit: Unit;
  shown: string;
  shownUnit: Unit;
  kept: Kept;
  keptNumber: string;
  review: Reviewing;
  reply: string;
  replyUnit: Unit;
  excellent: string;
  good: string;
  passing: string;
  basis: string;
  article: string;
}

/** The digits of a division's code that everything below it begins with. */
export function prefixOf(code: string): string {
  const length = [2, 4, 6, 9, 12].find((n) => /^0*$/.test(code.slice(n))) ?? 12;
  return code.slice(0, length);
}

const number = (text: string): number | string => (/^\d+$/.test(text.trim()) ? Number(text) : text);

function schedule(form: PolicyForm): { [part: string]: unknown } {
  const part: { [name: string]: unknown } = {};
  if (form.due === "day_of_month")
    part.due = { kind: form.due, month_offset: 1, day: number(form.dueNumber) };
  if (form.due === "days_after")
    part.due = { kind: form.due, days: number(form.dueNumber), unit: form.dueUnit };
  const display = {
    ...(form.shown.trim() !== "" && { min_days: number(form.shown), unit: form.shownUnit }),
    ...(form.kept !== "same" && {
      retention: form.kept === "forever" ? null : { [form.kept]: number(form.keptNumber) },
    }),
  };
  if (Object.keys(display).length > 0) part.display = display;
  if (form.review === "none") part.review_required = false;
  else if (form.review !== "same") {
    const by = form.review === "both" ? ["supervisor", "township"] : [form.review];
    part.review_required = true;
    part.review = { steps: by.map((one) => ({ by: one, signatures: 1 })) };
  }
  return part;
}

/** The document of a policy; `name` is what it is kept under. */
export function policyDocument(form: PolicyForm, name: string): { [part: string]: unknown } {
  const part = schedule(form);
  const title = { zh: form.title.trim(), en: form.title.trim() };
  const basis = form.basis.trim();
  const grades = [form.excellent, form.good, form.passing];
  return {
    id: name,
    division_prefix: prefixOf(form.division),
    valid_from: form.first,
    valid_to: form.last || null,
    title,
    legal_basis:
      basis === ""
        ? []
        : [
            {
              title: { zh: basis, en: basis },
              article: form.article.trim(),
              effective_from: form.first,
              effective_to: null,
              verified: false,
            },
          ],
    overrides: Object.keys(part).length > 0 ? { [form.about]: part } : {},
    ...(form.reply.trim() !== "" && {
      reply: { days: number(form.reply), unit: form.replyUnit },
    }),
    ...(grades.some((each) => each.trim() !== "") && {
      grades: {
        excellent: number(form.excellent),
        good: number(form.good),
        passing: number(form.passing),
      },
    }),
  };
}

/** The name that a form's policy is kept under: its place, its first day, and something that no other has. */
export function policyName(form: PolicyForm, id: string): string {
  return `p${prefixOf(form.division)}-${form.first.replaceAll("-", "")}-${id.slice(-4)}`;
}

/** Which of some policies could end on the day before another begins: of the same place, begun before, not over by then. */
export function couldEnd<
  Line extends {
    id: string;
    division: string;
    valid_from: Day;
    valid_to: Day | null;
    state: string;
    shipped: boolean;
  },
>(items: readonly Line[], text: string): Line[] {
  let doc: { id?: unknown; division_prefix?: unknown; valid_from?: unknown };
  try {
    doc = JSON.parse(text.replace(/^\ufeff/, "")) ?? {};
  } catch {
    return [];
  }
  const place = String(doc.division_prefix ?? "").padEnd(12, "0");
  const first = String(doc.valid_from ?? "");
  return items.filter(
    (line) =>
      line.state !== "taken_back" &&
      !line.shipped &&
      line.id !== doc.id &&
      line.division === place &&
      line.valid_from < first &&
      (line.valid_to === null || line.valid_to >= first),
  );
}
