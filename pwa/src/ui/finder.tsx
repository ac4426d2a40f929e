/** What the desk's lists share: finding in one, its order, its pages and its file. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { lookedThrough } from "../core/looking";
import { language, t } from "../messages";
import { EVERYTHING, type ListSort, type ListWanted, listFile } from "../net/listing";
import { Icon } from "./icons";
import { Notice } from "./pieces";

interface SearchProps {
  /** What can be sought. */
  label: string;
  /** What is typed, which is not sought before it is sent. */
  typed: string;
  type: (typed: string) => void;
  /** Sends it; without, it is looked for while it is typed. */
  find?: (q: string) => void;
}

export function Search({ label, typed, type, find }: SearchProps) {
  return (
    <form
      class="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        find?.(typed.trim());
      }}
    >
      <input
        type="search"
        value={typed}
        maxLength={60}
        aria-label={label}
        placeholder={label}
        onInput={(event) => type(event.currentTarget.value)}
      />
      {find && (
        <button type="submit" class="btn small">
          {t("list.go")}
        </button>
      )}
    </form>
  );
}

/** A list that anybody takes along: as it is sought and sorted now. */
export function AsFile({ href }: { href: string }) {
  return (
    <a class="btn small" href={href} download>
      <Icon name="download" />
      {t("list.csv")}
    </a>
  );
}

interface OrdersProps<Sort extends string> {
  value: Sort;
  options: readonly (readonly [Sort, string])[];
  choose: (sort: Sort) => void;
  /** Where the list is as a file. */
  file: string | null;
}

function Orders<Sort extends string>({ value, options, choose, file }: OrdersProps<Sort>) {
  return (
    <p class="orders">
      <select
        aria-label={t("list.sort")}
        value={value}
        onChange={(event) => choose(event.currentTarget.value as Sort)}
      >
        {options.map(([sort, words]) => (
          <option key={sort} value={sort}>
            {words}
          </option>
        ))}
      </select>
      {file !== null && <AsFile href={file} />}
    </p>
  );
}

interface Looking<Line> {
  label: string;
  /** What of a line is looked at. */
  words: (line: Line) => readonly string[];
  /** The first is how the list comes by itself. */
  orders: readonly (readonly [string, ((one: Line, other: Line) => number)?])[];
  file: string | null;
}

/** Looking through a list that is here whole, while it is typed. */
export function useLooking<Line>({ label, words, orders, file }: Looking<Line>) {
  const [typed, setTyped] = useState("");
  const [order, setOrder] = useState("0");
  const before = orders[Number(order)]?.[1];
  return {
    of: (items: readonly Line[]): Line[] => lookedThrough(items, typed, words, before),
    sought: typed.trim() !== "",
    bar: (
      <div class="finding">
        <Search label={label} typed={typed} type={setTyped} />
        <Orders
          value={order}
          options={orders.map(([name], n) => [String(n), name] as const)}
          choose={setOrder}
          file={file}
        />
      </div>
    ),
    nothing: <NothingFound all={() => setTyped("")} />,
  };
}

/** A queue comes by the day something is owed; any other list with the newest first, which it need not offer twice. */
const ORDERS: { [kind in "queue" | "list"]: readonly ListSort[] } = {
  queue: ["usual", "newest", "oldest", "place"],
  list: ["usual", "oldest", "place"],
};

interface Finding {
  wanted: ListWanted;
  /** Something is sought: an empty list is not an empty desk. */
  sought: boolean;
  /** What stands above the list. */
  bar: ComponentChildren;
  /** Said when nothing was found. */
  nothing: ComponentChildren;
}

/** What else narrows a list: how it is chosen, what it is in a query, and all of it again. */
interface Filter {
  choice: ComponentChildren;
  query: { [name: string]: string };
  all: () => void;
}

/** Finding in a list that comes in pages; `path`: of what the server answers with it. */
export function useFinding(
  kind: "queue" | "list",
  path: string,
  label: string,
  filter?: Filter,
): Finding {
  const [typed, setTyped] = useState("");
  const [wanted, setWanted] = useState<ListWanted>(EVERYTHING);
  const words = (sort: ListSort): string =>
    t(`list.sort.${sort !== "usual" ? sort : kind === "queue" ? "due" : "newest"}`);
  return {
    wanted,
    sought: wanted.q !== "",
    bar: (
      <div class="finding">
        <Search
          label={label}
          typed={typed}
          type={setTyped}
          find={(q) => setWanted({ ...wanted, q })}
        />
        <Orders
          value={wanted.sort}
          options={ORDERS[kind].map((sort) => [sort, words(sort)] as const)}
          choose={(sort) => setWanted({ ...wanted, sort })}
          file={listFile(path, wanted, language.value, filter?.query)}
        />
        {filter?.choice}
      </div>
    ),
    nothing: (
      <NothingFound
        all={() => {
          setTyped("");
          setWanted({ ...wanted, q: "" });
          filter?.all();
        }}
      />
    ),
  };
}

export function NothingFound({ all }: { all: () => void }) {
  return (
    <Notice icon="filter" title={t("list.nothing")}>
      <button type="button" class="btn" onClick={all}>
        {t("list.all")}
      </button>
    </Notice>
  );
}

/** Where somebody is in a list that is looked at page by page: at its first one again when something else is asked. */
export function usePlace<Cursor>(asked: string) {
  const [gone, setGone] = useState<{ asked: string; through: Cursor[] }>({ asked, through: [] });
  const through = gone.asked === asked ? gone.through : [];
  const go = (pages: Cursor[]): void => setGone({ asked, through: pages });
  return {
    cursor: through[through.length - 1],
    back: through.length > 0 ? () => go(through.slice(0, -1)) : null,
    forward: (next: Cursor) => go([...through, next]),
  };
}

interface PagerProps<Cursor> {
  place: ReturnType<typeof usePlace<Cursor>>;
  next: Cursor | null | undefined;
}

export function Pager<Cursor>({ place, next }: PagerProps<Cursor>) {
  const { back } = place;
  return (
    <p class="pair">
      {back && (
        <button type="button" class="btn small" onClick={back}>
          {t("list.before")}
        </button>
      )}
      {next !== null && next !== undefined && (
        <button type="button" class="btn small" onClick={() => place.forward(next)}>
          {t("list.after")}
        </button>
      )}
    </p>
  );
}
