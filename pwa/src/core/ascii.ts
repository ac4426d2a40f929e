/** A value as JSON of ASCII signs alone, for addresses: what is not ASCII would take nine signs there each. */
export const inAscii = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[^ -~]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
