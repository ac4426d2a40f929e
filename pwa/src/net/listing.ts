/** How a list of the desk is asked for: what its lines hold, and in which order they come. */
import { address } from "./client";

/** 'usual': as the list comes by itself, a queue by the day something is owed, any other the newest first. */
export type ListSort = "usual" | "newest" | "oldest" | "place";
export interface ListWanted {
  q: string;
  sort: ListSort;
}
export const EVERYTHING: ListWanted = { q: "", sort: "usual" };

/** What of it goes into a query; what is usual is not said. */
export const inQuery = ({ q, sort }: ListWanted): { q?: string; sort?: ListSort } => ({
  ...(q ? { q } : {}),
  ...(sort === "usual" ? {} : { sort }),
});

/** Where the whole list is, as it is sought and sorted, as a file. */
export const listFile = (
  path: string,
  wanted: ListWanted,
  lang: string,
  also: { [name: string]: string } = {},
): string => address(`${path}.csv`, { ...inQuery(wanted), ...also, lang });
