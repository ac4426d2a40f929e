/**
 * The one spelling of a JSON document that is hashed: RFC 8785 (JCS), for what our documents hold. The
 * server spells it the same way (server/rules/canonical.py); schemas/vectors/content_hash.json holds both to it.
 */

/** A value that has no canonical spelling; `pointer` is where. */
export class NotCanonical extends Error {
  readonly pointer: string;

  constructor(pointer: string, message: string) {
    super(`${pointer || "/"}: ${message}`);
    this.pointer = pointer;
  }
}

/** The canonical text of a JSON value. Throws NotCanonical for what the server would not hash either. */
export function canonical(value: unknown, pointer = ""): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return text(value, pointer);
  if (typeof value === "number") return whole(value, pointer);
  if (Array.isArray(value)) {
    return `[${value.map((item, n) => canonical(item, `${pointer}/${n}`)).join(",")}]`;
  }
  if (typeof value === "object") {
    const fields = value as { [name: string]: unknown };
    // The default order of texts is by UTF-16 code units, which is the order of JCS.
    const names = Object.keys(fields)
      .filter((name) => fields[name] !== undefined) // as JSON leaves them out on the wire
      .sort();
    const spelled = names.map(
      (name) => `${text(name, pointer)}:${canonical(fields[name], `${pointer}/${name}`)}`,
    );
    return `{${spelled.join(",")}}`;
  }
  throw new NotCanonical(pointer, `${typeof value} has no canonical spelling here`);
}

function whole(value: number, pointer: string): string {
  // Money is whole fen; a fraction, or a number beyond the doubles' whole ones, would be another number elsewhere.
  if (!Number.isSafeInteger(value))
    throw new NotCanonical(pointer, `${value} is not a whole number`);
  return String(value === 0 ? 0 : value);
}

/** Half of a surrogate pair: a text that cannot be written as UTF-8. */
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?:[^\uD800-\uDBFF]|^)[\uDC00-\uDFFF]/;

function text(value: string, pointer: string): string {
  if (HALF.test(value)) throw new NotCanonical(pointer, "half of a surrogate pair is no text");
  return JSON.stringify(value);
}
