import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { Robot } from "../../net/reminder_shapes";
import { Dialog, Input, Notice, problemWords, useAnswer } from "../pieces";

const ROBOTS: Robot[] = ["dingtalk", "wecom", "feishu"];

/** The form for a group's robot. The address is typed once and never shown again. */
export function NewGroup({ close, made }: { close: () => void; made: () => void }) {
  const here = actor.value?.division ?? "";
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [robot, setRobot] = useState<Robot>("dingtalk");
  const [division, setDivision] = useState(here);
  const [target, setTarget] = useState("");
  const [secret, setSecret] = useState("");
  const [tried, setTried] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const below = useAnswer(() => api.divisionPage(here), `division ${here}`);
  const needed = (value: string): string | null =>
    tried && value.trim() === "" ? t("accounts.needed") : null;
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (name.trim() === "" || target.trim() === "") return;
    const signed = robot !== "wecom" && secret.trim() !== "" ? { secret: secret.trim() } : {};
    try {
      const group = { id, name: name.trim(), robot, division, address: target.trim(), ...signed };
      await api.addGroup(group);
      made();
    } catch (problem) {
      setError(problem);
    }
  };
  const places = below.answer
    ? [below.answer.division, ...below.answer.children]
    : [{ code: here, name: actor.value?.division_name ?? here }];
  return (
    <Dialog title={t("groups.new")} onClose={close}>
      <form onSubmit={(event) => void send(event)}>
        <Input
          label={t("groups.name")}
          help={t("groups.name.help")}
          value={name}
          onInput={setName}
          error={needed(name)}
        />
        <div class="field">
          <label for="group-place">{t("groups.place")}</label>
          <select
            id="group-place"
            value={division}
            onChange={(event) => setDivision(event.currentTarget.value)}
          >
            {places.map((place) => (
              <option key={place.code} value={place.code}>
                {place.name}
              </option>
            ))}
          </select>
        </div>
        <div class="field">
          <label for="group-robot">{t("groups.robot")}</label>
          <select
            id="group-robot"
            value={robot}
            onChange={(event) => setRobot(event.currentTarget.value as Robot)}
          >
            {ROBOTS.map((one) => (
              <option key={one} value={one}>
                {t(`robot.${one}`)}
              </option>
            ))}
          </select>
        </div>
        <Input
          label={t("groups.address")}
          help={t("groups.address.help")}
          value={target}
          onInput={setTarget}
          error={needed(target)}
        />
        {robot !== "wecom" && (
          <Input
            label={t("groups.secret")}
            help={t("groups.secret.help", { site: t("site") })}
            value={secret}
            onInput={setSecret}
            type="password"
          />
        )}
        {error !== null && <Notice icon="act" title={problemWords(error)} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("groups.keep")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
