/** This phone: how safely it keeps what is not sent yet, how much room there is, and the same as a file. */
import { useEffect, useState } from "preact/hooks";
import { loadDrafts, myDrafts } from "../acts/following";
import { outbox } from "../acts/sending";
import { actor } from "../acts/session";
import { askToKeep, BadParcel, exportUnsent, importUnsent, type Room, room } from "../acts/storage";
import { type Risk, sizeText } from "../core/storage";
import { t } from "../messages";
import { Icon } from "./icons";
import { Notice } from "./pieces";

/** How many drafts and postings are in this phone and nowhere else. */
const onlyHere = (): number =>
  myDrafts.value.length + outbox.value.filter((posting) => posting.receipt === null).length;

/** What may happen to what is kept, and what to do about it. */
function RiskNote({ risk, children }: { risk: Risk; children?: preact.ComponentChildren }) {
  if (risk === null) return null;
  return (
    <Notice icon="warn" title={t(`store.${risk}`)}>
      <p>{t(`store.${risk}.do`)}</p>
      {children}
    </Notice>
  );
}

/** On the first screen: only where something could be lost, and only when there is something to lose. */
export function StorageWarning() {
  const [risk, setRisk] = useState<Risk>(null);
  useEffect(() => {
    void room().then((found) => setRisk(found.risk));
  }, []);
  if (onlyHere() === 0) return null;
  return (
    <RiskNote risk={risk}>
      <a class="btn" href="/app/me">
        {t("store.go")}
      </a>
    </RiskNote>
  );
}

export function Storage() {
  const who = actor.value;
  const [found, setFound] = useState<Room | null>(null);
  const look = (): void => void room().then(setFound);
  useEffect(() => {
    look();
    void loadDrafts();
  }, []);
  if (found === null) return null;
  const { used, quota, persisted } = found;
  return (
    <section aria-labelledby="storage">
      <div class="head">
        <h2 id="storage">{t("me.storage")}</h2>
      </div>
      <RiskNote risk={found.risk} />
      {used !== null && quota !== null && (
        <p>{t("store.room", { used: sizeText(used), quota: sizeText(quota) })}</p>
      )}
      {persisted !== null && (
        <p class="soft">{persisted ? t("me.storage.kept") : t("me.storage.may")}</p>
      )}
      {persisted === false && (
        <button type="button" class="btn block" onClick={() => void askToKeep().then(look)}>
          {t("me.storage.ask")}
        </button>
      )}
      {(who?.role === "accountant" || who?.role === "editor") && <Parcel done={look} />}
    </section>
  );
}

/** Out into a file, and back from one: to another phone, or past a browser that is about to forget. */
function Parcel({ done }: { done: () => void }) {
  const [said, setSaid] = useState("");
  const [bad, setBad] = useState("");
  const n = onlyHere();
  const out = async (): Promise<void> => {
    setBad("");
    setSaid(t("store.out.done", { n: await exportUnsent() }));
  };
  const back = async (input: HTMLInputElement): Promise<void> => {
    const file = input.files?.[0];
    input.value = "";
    if (!file) return;
    setBad("");
    setSaid("");
    try {
      const fresh = await importUnsent(file);
      setSaid(fresh > 0 ? t("store.in.done", { n: fresh }) : t("store.in.none"));
      await loadDrafts();
      done();
    } catch (error) {
      setBad(
        error instanceof BadParcel
          ? t(`store.in.${error.why}`, { name: error.owner })
          : t("photo.full"),
      );
    }
  };
  return (
    <>
      <p class="apart">{n > 0 ? t("store.only", { n }) : t("store.nothing")}</p>
      {n > 0 && (
        <button type="button" class="btn block" onClick={() => void out()}>
          <Icon name="download" />
          {t("store.out")}
        </button>
      )}
      <label class="btn block file">
        <Icon name="plus" />
        {t("store.in")}
        <input
          class="vh"
          type="file"
          accept=".gsl"
          onChange={(event) => void back(event.currentTarget)}
        />
      </label>
      <p class="small soft" role="status">
        {said}
      </p>
      {bad && <Notice icon="act" title={bad} live />}
    </>
  );
}
