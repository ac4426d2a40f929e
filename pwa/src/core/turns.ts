/** Whose signature a posting waits for, as the server says it. */
import type { Text } from "./findings";

export interface Waiting {
  by: string;
  words: Text;
  /** How many are given of how many, and since when the next one is waited for. */
  given: number;
  needed: number;
  since: string;
  /** The steps that follow, in their order. */
  then: Text[];
}
