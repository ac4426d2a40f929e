/** Twenty rows of a long list: together out of sight, and together spared when a key changed a row somewhere else. */
import { Component } from "preact";
import { type Finding, sameFindings } from "../../core/findings";
import type { Field } from "../../core/form";
import { type Content, join } from "../../core/pointers";
import { Line, type LineActs } from "./line";

/** A screen shows fourteen; one list of up to this many is one list to a screen reader too. */
export const TOGETHER = 20;

interface Props {
  field: Field;
  /** The place of the list. */
  pointer: string;
  /** The number of the first row here. */
  first: number;
  rows: readonly Content[];
  /** What was found in each of them. */
  found: readonly (readonly Finding[])[];
  /** The number of the row that is open, if it is one of these. */
  opened: number | null;
  /** The list ends here. */
  end: boolean;
  /** The same object for as long as the list is on the page. */
  acts: LineActs;
}

const same = <T,>(a: readonly T[], b: readonly T[], is: (x: T, y: T) => boolean): boolean =>
  a.length === b.length && a.every((one, n) => is(one, b[n] as T));

export class LineGroup extends Component<Props> {
  override shouldComponentUpdate({ rows, found, ...after }: Props): boolean {
    const { rows: before, found: known, ...others } = this.props;
    const keys = Object.keys(after) as (keyof typeof after)[];
    return (
      keys.some((key) => after[key] !== others[key]) ||
      !same(rows, before, (a, b) => a === b) ||
      !same(found, known, sameFindings)
    );
  }

  override render({ field, pointer, first, rows, found, opened, end, acts }: Props) {
    return (
      <ol class="line-list" start={first + 1} style={{ "--rows": rows.length }}>
        {rows.map((row, place) => (
          // Rows have no name of their own; their place is what identifies them.
          <li key={place}>
            <Line
              field={field}
              at={join(pointer, first + place)}
              row={row}
              n={first + place}
              last={end && place === rows.length - 1}
              findings={found[place] ?? []}
              opened={opened === first + place}
              acts={acts}
            />
          </li>
        ))}
      </ol>
    );
  }
}
