import { useEffect, useRef, useState } from "preact/hooks";
import { loadSharers, type Sharer, take } from "../../acts/phone";
import { placed, t } from "../../messages";
import { Problem } from "../../net/client";
import { Icon } from "../icons";
import { Notice, PinInput, problemWords } from "../pieces";

/** Who has the phone now? A name and its PIN; the phone changes hands and begins anew. */
export function People({ people, other }: { people: Sharer[]; other: () => void }) {
  const [chosen, setChosen] = useState<Sharer | null>(
    people.length === 1 ? (people[0] ?? null) : null,
  );
  const [error, setError] = useState<unknown>(null);
  return (
    <>
      <section aria-label={t("who.title")}>
        <p class="soft">{t("who.lead")}</p>
        {error !== null && (
          <Notice
            icon={error instanceof Problem ? "act" : "noSignal"}
            title={error instanceof Problem ? problemWords(error) : t("share.offline")}
            live
          />
        )}
        <ul class="plain-rows">
          {people.map((one) => (
            <li key={one.account_id}>
              <button
                type="button"
                class="row"
                aria-expanded={chosen?.account_id === one.account_id}
                onClick={() => setChosen(one)}
              >
                <span>
                  <b>{one.name}</b>
                  <small>
                    {t(`role.${one.role}`)} · {placed(one.division_name)}
                  </small>
                  {one.held > 0 && <small>{t("share.held", { n: one.held })}</small>}
                </span>
                <Icon name={one.here ? "check" : "forward"} />
              </button>
              {chosen?.account_id === one.account_id && (
                <Entry
                  key={one.account_id}
                  person={one}
                  failed={(problem) => {
                    setError(problem);
                    if (problem instanceof Problem && problem.slug !== "pin-wrong") {
                      setChosen(null);
                      void loadSharers().catch(() => undefined);
                    }
                  }}
                />
              )}
            </li>
          ))}
        </ul>
      </section>
      <section>
        <button type="button" class="btn block" onClick={other}>
          {t("who.other")}
        </button>
        <p class="small soft">{t("who.forgot")}</p>
      </section>
    </>
  );
}

function Entry({ person, failed }: { person: Sharer; failed: (problem: unknown) => void }) {
  const [pin, setPin] = useState("");
  const [going, setGoing] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  const enter = async (event: Event): Promise<void> => {
    event.preventDefault();
    setGoing(true);
    try {
      await take(person.account_id, pin);
    } catch (problem) {
      setPin("");
      setGoing(false);
      failed(problem);
      form.current?.querySelector("input")?.focus();
    }
  };
  return (
    <form ref={form} class="pin-entry" onSubmit={(event) => void enter(event)}>
      <PinInput
        label={t("who.pin", { name: person.name })}
        value={pin}
        onInput={setPin}
        name="pin"
      />
      <button type="submit" class="btn main" disabled={going || pin.length < 4}>
        {t("who.take")}
      </button>
    </form>
  );
}
