/** A screen of what waits: first what waits for me, then what waits for others, then what is over. */
import type { ComponentChildren } from "preact";
import { monthOf, partsOf } from "../core/dates";
import { language, t } from "../messages";
import type { useFinding } from "./finder";
import { Icon } from "./icons";
import { Failure, Notice, Skeleton, type useAnswer } from "./pieces";
import { Page } from "./shell";
import { WhoAmI } from "./tasks";

interface Group<Line> {
  name: string;
  items: readonly Line[];
}

interface Props<Line> {
  title: string;
  /** The question that the groups are made of. */
  asked: ReturnType<typeof useAnswer>;
  yours: Group<Line>;
  rest: readonly Group<Line>[];
  /** Said when nothing waits for me. */
  empty: { title: string; note: string };
  /** The first that waits for me, under the thumb. */
  first: (line: Line) => { href: string; words: ComponentChildren };
  entry: (line: Line) => ComponentChildren;
  /** Where it can be sought in. */
  finding?: Pick<ReturnType<typeof useFinding>, "bar" | "nothing" | "sought">;
  /** Above all of it. */
  lead?: ComponentChildren;
  /** Below all of it. */
  foot?: ComponentChildren;
}

export function QueuePage<Line extends { id: string }>(props: Props<Line>) {
  const { title, asked, yours, rest, empty, entry, finding } = props;
  const line = yours.items[0];
  const first = line && props.first(line);
  return (
    <Page
      title={title}
      tools={<WhoAmI />}
      thumb={
        first && (
          <a class="btn main" href={first.href}>
            {first.words}
          </a>
        )
      }
    >
      {props.lead}
      {props.finding && <section aria-label={title}>{props.finding.bar}</section>}
      {asked.error ? (
        <Failure error={asked.error} retry={asked.again} />
      ) : asked.answer === null ? (
        <section>
          <Skeleton lines={5} />
        </section>
      ) : finding?.sought && line === undefined ? (
        rest.every((group) => group.items.length === 0) && finding.nothing
      ) : line === undefined ? (
        <Notice icon="ok" title={empty.title}>
          <p>{empty.note}</p>
        </Notice>
      ) : (
        <Entries group={yours} entry={entry} />
      )}
      {rest.map(
        (group) =>
          group.items.length > 0 && <Entries key={group.name} group={group} entry={entry} />,
      )}
      {props.foot}
    </Page>
  );
}

function Entries<Line extends { id: string }>(props: {
  group: Group<Line>;
  entry: (line: Line) => ComponentChildren;
}) {
  const { name, items } = props.group;
  return (
    <section aria-label={name}>
      <div class="head">
        <h2>{name}</h2>
        <span class="small">{t("tasks.count", { n: items.length })}</span>
      </div>
      <ol class="ledger">
        {items.map((line) => (
          <li key={line.id}>{props.entry(line)}</li>
        ))}
      </ol>
    </section>
  );
}

/** One entry: the day on the left, what it is and how it stands on the right. */
export function Entry(props: {
  day: string;
  href: string;
  what: string;
  children: ComponentChildren;
}) {
  return (
    <>
      <p class="day">
        <b>{partsOf(props.day).date}</b>
        <span>{monthOf(props.day, language.value)}</span>
      </p>
      <a class="ent" href={props.href}>
        <span class="what">
          <Icon name="forward" />
          {props.what}
        </span>
        {props.children}
      </a>
    </>
  );
}
