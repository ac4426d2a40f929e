/** A record of outreach as it is typed, field by field, and as it is sent. */

export type Fields = { readonly [field: string]: string };

/** Codes and ids that a field holds, apart by blanks. */
export const listed = (field: string | undefined): string[] =>
  (field ?? "").split(" ").filter(Boolean);

/** A whole number up to six digits; null where nothing is typed, undefined where it is none. */
export function numberIn(typed: string | undefined): number | null | undefined {
  const text = (typed ?? "").trim();
  if (text === "") return null;
  return /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}

/** The groups that were typed: '1组、3组' are two. */
export const groupsIn = (typed: string | undefined): string[] => [
  ...new Set((typed ?? "").split(/[\s,，、;；]+/).filter(Boolean)),
];

/** What is wrong with what was typed, by field; nothing where it can be sent. */
export function faults(fields: Fields): { [field: string]: true } {
  const found: { [field: string]: true } = {};
  if (listed(fields.villages).length === 0) found.villages = true;
  for (const code of listed(fields.villages)) {
    const total = numberIn(fields[`total ${code}`]);
    if (total === undefined || (total !== null && (total < 1 || total > 99)))
      found[`total ${code}`] = true;
  }
  for (const field of ["households", "people"])
    if (numberIn(fields[field]) === undefined) found[field] = true;
  const counted = numberIn(fields.households) !== null || numberIn(fields.people) !== null;
  if (counted && fields.stage !== "planned" && (fields.counted_by ?? "").trim() === "")
    found.counted_by = true;
  if (fields.stage === "void" && (fields.note ?? "").trim() === "") found.note = true;
  return found;
}

const only = (typed: string | undefined): string | null => (typed ?? "").trim() || null;

/** The record that is sent. Call it where there are no faults. What is void shows nothing. */
export function bodyOf(
  id: string,
  fields: Fields,
  replaces: string | null,
  photos: readonly string[] = [],
) {
  const from = only(fields.from_time);
  const until = only(fields.until_time);
  const households = numberIn(fields.households) ?? null;
  const people = numberIn(fields.people) ?? null;
  return {
    id,
    kind: fields.kind ?? "letter",
    stage: fields.stage ?? "done",
    first: fields.first ?? "",
    last: fields.last || (fields.first ?? ""),
    villages: listed(fields.villages).map((division) => {
      const total = numberIn(fields[`total ${division}`]) ?? null;
      return {
        division,
        groups: groupsIn(fields[`groups ${division}`]),
        ...(total === null ? {} : { groups_total: total }),
      };
    }),
    ...(from === null ? {} : { from_time: from }),
    ...(until === null ? {} : { until_time: until }),
    place: (fields.place ?? "").trim(),
    ...(households === null ? {} : { households }),
    ...(people === null ? {} : { people }),
    counted_by: (fields.counted_by ?? "").trim(),
    note: (fields.note ?? "").trim(),
    notices: listed(fields.notices),
    photos: fields.stage === "void" ? [] : [...photos],
    ...(replaces === null ? {} : { replaces }),
  };
}
