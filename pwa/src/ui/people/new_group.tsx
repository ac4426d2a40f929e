import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { newSecret } from "../../acts/site_secret";
import { placed, t } from "../../messages";
import * as api from "../../net/questions";
import type { Robot } from "../../net/reminder_shapes";
import { Input, useAnswer } from "../pieces";
import { Choice, FormDialog, useNeeded } from "./parts";

const ROBOTS: Robot[] = ["dingtalk", "wecom", "feishu", "site"];

/** The form for a group's robot, or for another site. The address is typed once and never shown again. */
export function NewGroup({ close, made }: { close: () => void; made: () => void }) {
  const here = actor.value?.division ?? "";
  const [id] = useState(newId);
  const [name, setName] = useState("");
  const [robot, setRobot] = useState<Robot>("dingtalk");
  const [division, setDivision] = useState(here);
  const [target, setTarget] = useState("");
  const [secret, setSecret] = useState("");
  const [madeHere] = useState(newSecret);
  const site = robot === "site";
  const [tryIt, needed] = useNeeded();
  const below = useAnswer(() => api.divisionPage(here), `division ${here}`);
  const send = async (): Promise<void> => {
    tryIt();
    if (name.trim() === "" || target.trim() === "") return;
    const key = site ? madeHere : robot === "wecom" ? "" : secret.trim();
    const signed = key === "" ? {} : { secret: key };
    const group = { id, name: name.trim(), robot, division, address: target.trim(), ...signed };
    await api.addGroup(group);
    made();
  };
  const places = below.answer
    ? [below.answer.division, ...below.answer.children]
    : [{ code: here, name: placed(actor.value?.division_name ?? here) }];
  return (
    <FormDialog title={t("groups.new")} words={t("groups.keep")} close={close} send={send}>
      <Input
        label={t("groups.name")}
        help={t("groups.name.help")}
        value={name}
        onInput={setName}
        error={needed(name)}
      />
      <Choice
        label={t("groups.place")}
        value={division}
        options={places.map((place) => ({ value: place.code, words: place.name }))}
        choose={setDivision}
      />
      <Choice
        label={t("groups.robot")}
        value={robot}
        options={ROBOTS.map((one) => ({ value: one, words: t(`robot.${one}`) }))}
        choose={setRobot}
      />
      <Input
        label={t(site ? "groups.site.address" : "groups.address")}
        help={t(site ? "groups.site.address.help" : "groups.address.help")}
        value={target}
        onInput={setTarget}
        error={needed(target)}
      />
      {site && (
        <div class="field">
          <p class="label">{t("groups.site.secret")}</p>
          <p class="help">{t("groups.site.secret.help")}</p>
          <code class="secret">{madeHere}</code>
        </div>
      )}
      {!site && robot !== "wecom" && (
        <Input
          label={t("groups.secret")}
          help={t("groups.secret.help", { site: t("site") })}
          value={secret}
          onInput={setSecret}
          type="password"
        />
      )}
    </FormDialog>
  );
}
