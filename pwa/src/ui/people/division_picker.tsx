import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { DivisionPage } from "../../net/shapes";
import { Failure } from "../pieces";

const ORDER = ["province", "city", "county", "township", "village", "group"];

interface Props {
  /** Where this person's area begins. */
  from: string;
  /** The levels that may be chosen: the picker goes down as far as the lowest of them. */
  levels: readonly string[];
  /** The chosen place; empty while what is chosen is too high up. */
  choose: (code: string, name: string) => void;
}

/** One list below the other, from one's own area down; where a level may be chosen whole, that is the first answer. */
export function DivisionPicker({ from, levels, choose }: Props) {
  const [way, setWay] = useState<DivisionPage[]>([]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);
  const newest = useRef(0);

  const fits = (level: string): boolean => levels.includes(level);
  const goesOn = (level: string): boolean =>
    levels.some((wanted) => ORDER.indexOf(wanted) > ORDER.indexOf(level));
  const take = ({ division }: DivisionPage): void =>
    fits(division.level) ? choose(division.code, division.name) : choose("", "");
  const go = async (code: string, depth: number): Promise<void> => {
    newest.current += 1;
    const turn = newest.current;
    setError(null);
    choose("", "");
    try {
      const page = await api.divisionPage(code);
      // Somebody chose again before this answer came.
      if (turn !== newest.current) return;
      setWay((before) => [...before.slice(0, depth), page]);
      take(page);
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => {
    setChosen([]);
    void go(from, 0);
  }, [from, levels.join(" ")]);

  if (error !== null) return <Failure error={error} retry={() => void go(from, 0)} />;
  const asked = way.filter((page) => goesOn(page.division.level) && page.children.length > 0);
  return (
    <div class="picker">
      {asked.map((page, depth) => (
        <div class="field" key={page.division.code}>
          <label for={`division-${depth}`}>{t("pick.under", { name: page.division.name })}</label>
          <select
            id={`division-${depth}`}
            value={chosen[depth] ?? ""}
            onChange={(event) => {
              const code = event.currentTarget.value;
              newest.current += 1;
              const child = page.children.find((one) => one.code === code);
              setChosen((before) => [...before.slice(0, depth), code]);
              setWay((before) => before.slice(0, depth + 1));
              if (child === undefined) take(page);
              else if (goesOn(child.level)) void go(code, depth + 1);
              else choose(child.code, child.name);
            }}
          >
            <option value="">
              {fits(page.division.level)
                ? t("pick.whole", { name: page.division.name })
                : t("post.choose")}
            </option>
            {page.children.map((child) => (
              <option key={child.code} value={child.code}>
                {child.name}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  );
}
