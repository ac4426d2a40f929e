/** What the township says of a query point: of a new one also in which village or township it stands. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { t } from "../../messages";
import type { PairingCode, PointKind, PointLine } from "../../net/point_shapes";
import * as api from "../../net/questions";
import { DivisionPicker } from "../people/division_picker";
import { Choice, FormDialog, useNeeded } from "../people/parts";
import { Input } from "../pieces";

const KINDS: PointKind[] = ["kiosk", "screen"];
const LEVELS = ["township", "village"];
const USUAL_VOLUME = 6;
const VOLUMES = Array.from({ length: 11 }, (_volume, n) => String(n));

interface Props {
  line?: PointLine;
  close: () => void;
  made?: (card: PairingCode) => void;
  changed?: () => void;
}

export function PointForm({ line, close, made, changed }: Props) {
  const [id] = useState(newId);
  const [name, setName] = useState(line?.name ?? "");
  const [place, setPlace] = useState(line?.place ?? "");
  const [kind, setKind] = useState<PointKind>(line?.kind ?? "kiosk");
  const [volume, setVolume] = useState(String(line?.volume ?? USUAL_VOLUME));
  const [division, setDivision] = useState(line?.division ?? "");
  const [tryIt, needed, tried] = useNeeded();
  const send = async (): Promise<void> => {
    tryIt();
    if (name.trim() === "" || place.trim() === "" || division === "") return;
    const words = { name: name.trim(), place: place.trim(), kind, volume: Number(volume) };
    if (line) {
      await api.changePoint(line, words);
      changed?.();
    } else {
      made?.(await api.addPoint({ id, division, ...words }));
    }
  };
  return (
    <FormDialog
      title={line ? t("points.change.title", { name: line.name }) : t("points.new")}
      words={line ? t("points.change.keep") : t("points.keep")}
      close={close}
      stale={changed}
      send={send}
    >
      <Input
        label={t("points.name")}
        help={t("points.name.help")}
        value={name}
        onInput={setName}
        error={needed(name)}
        maxLength={60}
      />
      <Input
        label={t("points.place")}
        help={t("points.place.help")}
        value={place}
        onInput={setPlace}
        error={needed(place)}
        maxLength={120}
      />
      {!line && (
        <>
          <DivisionPicker from={actor.value?.division ?? ""} levels={LEVELS} choose={setDivision} />
          {tried && division === "" && <p class="error">{t("points.division.needed")}</p>}
        </>
      )}
      <Choice
        label={t("points.kind")}
        value={kind}
        options={KINDS.map((one) => ({ value: one, words: t(`point.${one}`) }))}
        choose={setKind}
      />
      <Choice
        label={t("points.volume")}
        value={volume}
        options={VOLUMES.map((one) => ({
          value: one,
          words: one === "0" ? t("points.volume.off") : one,
        }))}
        choose={setVolume}
      />
    </FormDialog>
  );
}
