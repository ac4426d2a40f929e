/** JSON Pointers (RFC 6901) into a content; every change makes a new content and shares what did not change. */
import { remembered } from "./remembered";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
export type Content = { [key: string]: Json };

const steps = remembered((pointer): readonly string[] => {
  if (pointer === "" || pointer === "/") return [];
  const body = pointer.startsWith("/") ? pointer.slice(1) : pointer;
  return body.split("/").map((step) => step.replace(/~1/g, "/").replace(/~0/g, "~"));
});

/** A key as a step of a pointer. */
export const escaped = (key: string): string => key.replace(/~/g, "~0").replace(/\//g, "~1");

export function join(base: string, ...more: (string | number)[]): string {
  return more.reduce<string>((at, step) => {
    const text = String(step).replace(/^\//, "");
    return `${at}/${text}`;
  }, base);
}

/** A place of what is sent, as a place of the content in it; a place beside the content stays as it is. */
export const inContent = (pointer: string): string => pointer.replace(/^\/content(?=\/)/, "");

/** What stands there; undefined when the way ends early. */
export function valueAt(content: Json | undefined, pointer: string): Json | undefined {
  let here: Json | undefined = content;
  for (const step of steps(pointer)) {
    if (Array.isArray(here)) here = here[Number(step)];
    else if (here !== null && typeof here === "object") here = here[step];
    else return undefined;
  }
  return here;
}

export function listAt(content: Json | undefined, pointer: string): Json[] {
  const value = valueAt(content, pointer);
  return Array.isArray(value) ? value : [];
}

export function amountAt(content: Json | undefined, pointer: string): number {
  const value = valueAt(content, pointer);
  return typeof value === "number" ? value : 0;
}

const emptyObject = (value: Json): boolean =>
  value !== null &&
  typeof value === "object" &&
  !Array.isArray(value) &&
  Object.keys(value).length === 0;

function put(here: Json | undefined, way: readonly string[], value: Json | undefined): Json {
  const [step, ...rest] = way;
  if (step === undefined) return value ?? null;
  if (Array.isArray(here) || (here === undefined && /^(\d+|-)$/.test(step))) {
    const list = Array.isArray(here) ? [...here] : [];
    const index = step === "-" ? list.length : Number(step);
    if (rest.length === 0 && value === undefined) list.splice(index, 1);
    else list[index] = put(list[index], rest, value);
    return list;
  }
  const old = here !== null && typeof here === "object" && !Array.isArray(here) ? here : {};
  const { [step]: _gone, ...kept } = old;
  if (rest.length === 0 && value === undefined) return kept;
  const changed = put(old[step], rest, value);
  // What a removal leaves empty goes with it: {"allocation": {}} says nothing.
  return value === undefined && emptyObject(changed) ? kept : { ...old, [step]: changed };
}

/** The content with this value there; `undefined` takes the member or the item away. */
export function withValue(content: Content, pointer: string, value: Json | undefined): Content {
  const changed = put(content, steps(pointer), value);
  return changed !== null && typeof changed === "object" && !Array.isArray(changed) ? changed : {};
}

/** The content with an item of a list moved by some places; past either end nothing changes. */
export function withMoved(content: Content, pointer: string, from: number, by: number): Content {
  const list = [...listAt(content, pointer)];
  const to = from + by;
  const item = list[from];
  if (item === undefined || to < 0 || to >= list.length) return content;
  list.splice(from, 1);
  list.splice(to, 0, item);
  return withValue(content, pointer, list);
}

/** Every string in a content with its pointer. */
export function stringsIn(content: Json, base = ""): { pointer: string; text: string }[] {
  if (typeof content === "string") return [{ pointer: base, text: content }];
  if (Array.isArray(content)) return content.flatMap((item, n) => stringsIn(item, `${base}/${n}`));
  if (content !== null && typeof content === "object") {
    return Object.entries(content).flatMap(([key, value]) =>
      stringsIn(value, `${base}/${escaped(key)}`),
    );
  }
  return [];
}
