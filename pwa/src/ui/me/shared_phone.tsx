import { useEffect, useState } from "preact/hooks";
import { chooseLockMinutes, lockMinutes } from "../../acts/autolock";
import { choosePin, loadSharers, lock, mostSharers, sharers, stopSharing } from "../../acts/phone";
import { LOCK_MINUTES } from "../../core/idleness";
import { pinTooShort } from "../../core/passkeys";
import { placed, t } from "../../messages";
import { Offline } from "../../net/client";
import { Icon } from "../icons";
import { Dialog, Notice, PinInput, problemWords } from "../pieces";

const words = (problem: unknown): string =>
  problem instanceof Offline ? t("share.offline") : problemWords(problem);

/** A phone between several people: a PIN of one's own, who else is on it, handing it over. */
export function SharedPhone() {
  const [choosing, setChoosing] = useState(false);
  const [said, setSaid] = useState("");
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    void loadSharers().catch(() => undefined);
  }, []);
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setError(null);
    setSaid("");
    try {
      await act();
    } catch (problem) {
      setError(problem);
    }
  };
  const people = sharers.value;
  if (people === null) return null;
  const mine = people.some((one) => one.here);
  return (
    <section aria-labelledby="sharing">
      <div class="head">
        <h2 id="sharing">{t("share.title")}</h2>
      </div>
      <p class="soft">{people.length > 0 && !mine ? t("pin.ask.note") : t("share.lead")}</p>
      <p class={said ? "done" : "vh"} role="status">
        {said}
      </p>
      {people.length > 0 && (
        <ul class="plain-rows">
          {people.map((one) => (
            <li key={one.account_id} class="device">
              <Icon name="people" />
              <span>
                <b>{one.name}</b>
                {one.here && <em>{t("share.here")}</em>}
                <small>
                  {t(`role.${one.role}`)} · {placed(one.division_name)}
                </small>
                {one.held > 0 && !one.here && <small>{t("share.held", { n: one.held })}</small>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {error !== null && <Notice icon="act" title={words(error)} live />}
      {mine ? (
        <>
          <button type="button" class="btn" onClick={() => void attempt(lock)}>
            <Icon name="lock" />
            {t("share.lock")}
          </button>
          <p class="small soft">{t("share.lock.note", { most: mostSharers.value })}</p>
          <LocksAfter />
          <p class="pair">
            <button type="button" class="btn small" onClick={() => setChoosing(true)}>
              {t("share.change")}
            </button>
            <button type="button" class="btn small" onClick={() => void attempt(stopSharing)}>
              {t("share.leave")}
            </button>
          </p>
        </>
      ) : (
        <button type="button" class="btn" onClick={() => setChoosing(true)}>
          <Icon name="people" />
          {t("share.begin")}
        </button>
      )}
      {choosing && (
        <ChoosePin
          known={mine}
          close={() => setChoosing(false)}
          done={() => {
            setChoosing(false);
            setSaid(t("pin.saved"));
          }}
        />
      )}
    </section>
  );
}

/** After how long the phone locks itself when nobody touches it; the phone's own setting, for everybody on it. */
function LocksAfter() {
  const [minutes, setMinutes] = useState(lockMinutes);
  return (
    <div class="field">
      <label for="lock-after">{t("share.after")}</label>
      <select
        id="lock-after"
        value={String(minutes)}
        onChange={(event) => {
          const chosen = Number(event.currentTarget.value);
          chooseLockMinutes(chosen);
          setMinutes(chosen);
        }}
      >
        {LOCK_MINUTES.map((one) => (
          <option key={one} value={String(one)}>
            {one === 0 ? t("share.after.never") : t("share.after.minutes", { n: one })}
          </option>
        ))}
      </select>
    </div>
  );
}

interface ChooseProps {
  /** There is a PIN already: it is asked for. */
  known: boolean;
  close: () => void;
  done: () => void;
}

export function ChoosePin({ known, close, done }: ChooseProps) {
  const [old, setOld] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const save = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (pinTooShort(pin)) return setWrong(t("pin.short"));
    if (pin !== again) return setWrong(t("pin.differs"));
    try {
      await choosePin(pin, known ? old : undefined);
      done();
    } catch (problem) {
      setWrong(words(problem));
    }
  };
  return (
    <Dialog title={known ? t("pin.change") : t("pin.title")} onClose={close}>
      <form onSubmit={(event) => void save(event)}>
        {known && <PinInput label={t("pin.old")} value={old} onInput={setOld} name="old-pin" />}
        <PinInput
          label={t("pin.new")}
          help={t("pin.help")}
          value={pin}
          onInput={setPin}
          name="new-pin"
        />
        <PinInput label={t("pin.again")} value={again} onInput={setAgain} name="again-pin" />
        {wrong !== null && <Notice icon="act" title={wrong} live />}
        <p class="pair">
          <button type="button" class="btn" onClick={close}>
            {t("cancel")}
          </button>
          <button type="submit" class="btn main">
            {t("pin.save")}
          </button>
        </p>
      </form>
    </Dialog>
  );
}
