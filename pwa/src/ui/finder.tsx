/** What the desk's lists share: finding in one, its order, its pages and its file. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
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
  find: (q: string) => void;
}

export function Search({ label, typed, type, find }: SearchProps) {
  return (
    <form
      class="search"
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault();
        find(typed.trim());
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
      <button type="submit" class="btn small">
        {t("list.go")}
      </button>
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

/** Finding in a list that comes in pages; `path`: of what the server answers with it. */
export function useFinding(kind: "queue" | "list", path: string, label: string): Finding {
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
        <p class="orders">
          <select
            aria-label={t("list.sort")}
            value={wanted.sort}
            onChange={(event) =>
              setWanted({ ...wanted, sort: event.currentTarget.value as ListSort })
            }
          >
            {ORDERS[kind].map((sort) => (
              <option key={sort} value={sort}>
                {words(sort)}
              </option>
            ))}
          </select>
          <AsFile href={listFile(path, wanted, language.value)} />
        </p>
      </div>
    ),
    nothing: (
      <NothingFound
        all={() => {
          setTyped("");
          setWanted({ ...wanted, q: "" });
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

/** Where somebody is in a list that is looked at page by page: the cursors of the pages gone through. */
export function usePlace<Cursor>() {
  const [cursors, setCursors] = useState<Cursor[]>([]);
  return {
    cursor: cursors[cursors.length - 1],
    begin: () => setCursors([]),
    back: cursors.length > 0 ? () => setCursors(cursors.slice(0, -1)) : null,
    forward: (next: Cursor) => setCursors([...cursors, next]),
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
