import { useEffect, useState } from "preact/hooks";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { DivisionPage } from "../../net/shapes";
import { Failure } from "../pieces";

interface Props {
  /** Where this person's area begins. */
  from: string;
  /** The level that is wanted: the picker goes down until it is reached. */
  level: string;
  choose: (code: string, name: string) => void;
}

/** One list below the other, from one's own area down to the wanted level. */
export function DivisionPicker({ from, level, choose }: Props) {
  const [way, setWay] = useState<DivisionPage[]>([]);
  const [chosen, setChosen] = useState<string[]>([]);
  const [error, setError] = useState<unknown>(null);

  const go = async (code: string, depth: number): Promise<void> => {
    setError(null);
    try {
      const page = await api.divisionPage(code);
      setWay((before) => [...before.slice(0, depth), page]);
      setChosen((before) => before.slice(0, depth));
      if (page.division.level === level) choose(page.division.code, page.division.name);
    } catch (problem) {
      setError(problem);
    }
  };
  useEffect(() => {
    choose("", "");
    void go(from, 0);
  }, [from, level]);

  if (error !== null) return <Failure error={error} retry={() => void go(from, 0)} />;
  const asked = way.filter((page) => page.division.level !== level && page.children.length > 0);
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
              const child = page.children.find((one) => one.code === code);
              setChosen((before) => [...before.slice(0, depth), code]);
              if (child?.level === level) {
                setWay((before) => before.slice(0, depth + 1));
                choose(child.code, child.name);
              } else if (code) {
                choose("", "");
                void go(code, depth + 1).then(() =>
                  setChosen((before) => [...before.slice(0, depth), code]),
                );
              } else choose("", "");
            }}
          >
            <option value="">{t("post.choose")}</option>
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
