/** From which day until which: asked of every list that is about a span. */
import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { dayAt, isDay } from "../core/dates";
import { t } from "../messages";
import { Input } from "./pieces";

export interface Days {
  first: string;
  last: string;
}

interface Props {
  /** What is asked for before anybody chose. */
  days: Days;
  show: (days: Days) => void;
  children?: ComponentChildren;
}

export function SpanForm({ days, show, children }: Props) {
  const [first, setFirst] = useState(days.first);
  const [last, setLast] = useState(days.last);
  const right = isDay(first) && isDay(last) && first <= last;
  return (
    <form
      class="span-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (right) show({ first, last });
      }}
    >
      <Input label={t("span.first")} type="date" value={first} max={last} onInput={setFirst} />
      <Input
        label={t("span.last")}
        type="date"
        value={last}
        min={first}
        max={dayAt(Date.now())}
        onInput={setLast}
        error={right ? null : t("span.wrong")}
      />
      {children}
      <button type="submit" class="btn">
        {t("span.show")}
      </button>
    </form>
  );
}
