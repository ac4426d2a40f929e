/** Put another of the village's notices into a matter, or begin a matter with this one and another. */
import { useEffect, useId, useRef, useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { language, t } from "../../messages";
import type { LinkChoice, LinkChoices, Matter, Phase } from "../../net/matter_shapes";
import * as api from "../../net/questions";
import { Choice, FormDialog } from "../people/parts";
import { Failure, Input } from "../pieces";
import { standingOf } from "./panel";

const PHASES: Phase[] = ["before", "during", "after"];
export const LONGEST_NAME = 30;
// What is typed is looked for once it rests.
const REST = 300;

interface Props {
  disclosure: string;
  /** The matter that is added to; null begins one. */
  matter: Matter | null;
  close: (linked: boolean) => void;
}

export function Linking({ disclosure, matter, close }: Props) {
  const [name, setName] = useState("");
  const [here, setHere] = useState<Phase>("during");
  const [there, setThere] = useState<Phase>("before");
  const [chosen, setChosen] = useState<LinkChoice | null>(null);
  const [tried, setTried] = useState(false);
  // Whether this notice's own link has arrived: then a second try sends the other one alone.
  const [begun, setBegun] = useState(false);
  // A link is sent again under the id it was sent under.
  const ids = useRef(new Map<string, string>());
  const idOf = (what: string): string => {
    const known = ids.current.get(what) ?? newId();
    ids.current.set(what, known);
    return known;
  };
  const send = async (): Promise<void> => {
    setTried(true);
    if ((!matter && name.trim() === "") || chosen === null) return;
    const matter_id = matter?.id ?? idOf("matter");
    if (!matter && !begun) {
      const own = { matter_id, disclosure_id: disclosure, phase: here, name: name.trim() };
      await api.link(idOf(`${disclosure} ${here}`), own);
      setBegun(true);
    }
    const other = { matter_id, disclosure_id: chosen.disclosure_id, phase: there };
    await api.link(idOf(`${chosen.disclosure_id} ${there}`), other);
    close(true);
  };
  const phases = PHASES.map((value) => ({ value, words: t(`mat.phase.${value}`) }));
  const taken = (matter?.notices ?? []).map((notice) => notice.disclosure_id);
  return (
    <FormDialog
      title={matter?.name ?? t("mat.first")}
      words={t("mat.go")}
      close={() => close(false)}
      send={send}
    >
      {!matter && !begun && (
        <>
          <Input
            label={t("mat.name")}
            help={t("mat.name.help")}
            value={name}
            onInput={setName}
            maxLength={LONGEST_NAME}
            error={tried && name.trim() === "" ? t("mat.name.missing") : null}
          />
          <Choice label={t("mat.phase.here")} value={here} options={phases} choose={setHere} />
        </>
      )}
      <Search disclosure={disclosure} taken={taken} chosen={chosen} choose={setChosen} />
      {tried && chosen === null && <p class="error">{t("mat.choose.missing")}</p>}
      <Choice label={t("mat.phase.other")} value={there} options={phases} choose={setThere} />
    </FormDialog>
  );
}

interface SearchProps {
  disclosure: string;
  /** What stands in the matter already is not offered. */
  taken: string[];
  chosen: LinkChoice | null;
  choose: (choice: LinkChoice | null) => void;
}

function Search({ disclosure, taken, chosen, choose }: SearchProps) {
  const [q, setQ] = useState("");
  const [found, setFound] = useState<LinkChoices | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [turn, setTurn] = useState(0);
  const group = useId();
  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(
      () => {
        api.linkChoices(disclosure, q.trim()).then(
          (answer) => {
            if (!wanted) return;
            setFound(answer);
            setError(null);
          },
          (problem: unknown) => wanted && setError(problem),
        );
      },
      q === "" ? 0 : REST,
    );
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [disclosure, q, turn, language.value]);
  const offered = (found?.items ?? []).filter((one) => !taken.includes(one.disclosure_id));
  // What was chosen stays on the list, whatever is typed afterwards.
  const listed =
    chosen && !offered.some((one) => one.disclosure_id === chosen.disclosure_id)
      ? [chosen, ...offered]
      : offered;
  return (
    <>
      <Input label={t("mat.search")} help={t("mat.search.help")} value={q} onInput={setQ} />
      {error !== null && <Failure error={error} retry={() => setTurn(turn + 1)} />}
      {found !== null && (
        <fieldset class="choices found-notices">
          <legend class="grp-legend">{t("mat.choose")}</legend>
          {listed.map((one) => (
            <label key={one.disclosure_id} class="tick">
              <input
                type="radio"
                name={group}
                checked={chosen?.disclosure_id === one.disclosure_id}
                onChange={() => choose(one)}
              />
              <span>
                {one.title}
                <small>{standingOf(one)}</small>
              </span>
            </label>
          ))}
          <p class="small soft" role="status">
            {listed.length === 0 ? t("mat.found.none") : found.more && t("mat.found.more")}
          </p>
        </fieldset>
      )}
    </>
  );
}
