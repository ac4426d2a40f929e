/** The township's query points: register one, pair its device, see which are silent, retire it. */

import { useState } from "preact/hooks";
import { actor } from "../../acts/session";
import { byName } from "../../core/looking";
import { language, t } from "../../messages";
import type { PairingCode, PointLine } from "../../net/point_shapes";
import * as api from "../../net/questions";
import { useLooking } from "../finder";
import { Icon } from "../icons";
import { FormDialog, ListDesk } from "../people/parts";
import { Notice, useAnswer } from "../pieces";
import { CodeCard, kioskAddress } from "./code_card";
import { PointForm } from "./form";
import { Point } from "./point";

type Open = { act: "new" } | { act: "change" | "pair" | "retire"; line: PointLine };

export function Points() {
  const list = useAnswer(api.points, "points");
  const [open, setOpen] = useState<Open | null>(null);
  const [code, setCode] = useState<PairingCode | null>(null);
  const [error, setError] = useState<unknown>(null);
  const role = actor.value?.role;
  const manages = role === "editor" || role === "administrator";

  const looking = useLooking<PointLine>({
    label: t("points.find"),
    words: (one) => [one.name, one.place, one.division_name],
    orders: [
      [t("list.usual")],
      [t("list.sort.place"), byName((one) => one.division_name)],
      [t("list.name"), byName((one) => one.name)],
    ],
    file: null,
  });

  const close = (): void => setOpen(null);
  const done = (): void => {
    close();
    list.again();
  };
  const show = (card: PairingCode): void => {
    setCode(card);
    done();
  };
  const pair = async (line: PointLine): Promise<void> => {
    // A device that works is not given up by a slip of the finger.
    if (line.paired_at !== null) return setOpen({ act: "pair", line });
    setError(null);
    try {
      show(await api.pairingCode(line.id));
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <ListDesk
      title={t("points.title")}
      current="points"
      add={manages ? t("points.new") : null}
      onAdd={() => setOpen({ act: "new" })}
      lead={
        <>
          <p class="soft">{t("points.lead")}</p>
          <p>
            <a class="btn small" href={api.pointsCsvAddress(language.value)} download>
              <Icon name="download" />
              {t("points.csv")}
            </a>
          </p>
          {(list.answer?.items.length ?? 0) > 1 && looking.bar}
        </>
      }
      error={error}
      list={list}
      empty={
        <Notice icon="grid" title={t("points.none")}>
          <p>{t("points.none.note", { address: kioskAddress() })}</p>
        </Notice>
      }
      over={
        <>
          {open?.act === "new" && <PointForm close={close} made={show} />}
          {open?.act === "change" && <PointForm line={open.line} close={close} changed={done} />}
          {open?.act === "pair" && (
            <FormDialog
              title={t("points.again.title", { name: open.line.name })}
              words={t("points.again.make")}
              close={close}
              send={async () => show(await api.pairingCode(open.line.id))}
            >
              <p>{t("points.again.note")}</p>
            </FormDialog>
          )}
          {open?.act === "retire" && (
            <FormDialog
              title={t("points.retire.title", { name: open.line.name })}
              words={t("points.retire")}
              close={close}
              send={async () => {
                await api.retirePoint(open.line.id);
                done();
              }}
            >
              <p>{t("points.retire.note")}</p>
            </FormDialog>
          )}
          {code && <CodeCard card={code} close={() => setCode(null)} />}
        </>
      }
    >
      {(items) => (
        <ul class="plain-rows">
          {looking.of(items).length === 0 && <li>{looking.nothing}</li>}
          {looking.of(items).map((line) => (
            <li key={line.id}>
              <Point
                line={line}
                acts={
                  manages && line.state !== "retired"
                    ? {
                        pair: () => void pair(line),
                        change: () => setOpen({ act: "change", line }),
                        retire: () => setOpen({ act: "retire", line }),
                      }
                    : null
                }
              />
            </li>
          ))}
        </ul>
      )}
    </ListDesk>
  );
}
