/** Writing a notice, or changing one that has not begun: the form, then how it will look and what will happen. */
import { useState } from "preact/hooks";
import { newId } from "../../acts/digest";
import { actor } from "../../acts/session";
import { dayAt, momentText } from "../../core/dates";
import {
  beginning,
  ending,
  type Fault,
  faults,
  fieldsOf,
  fresh,
  MOST_TITLE,
  type NoticeFields,
} from "../../core/site_notices";
import { language, t } from "../../messages";
import type { SiteNoticeLine, SiteNoticePlace } from "../../net/site_notice_shapes";
import * as api from "../../net/site_notices";
import { Choice, FormDialog } from "../people/parts";
import { Failure, Input, Skeleton, useAnswer } from "../pieces";
import { NoticeTitle, Paragraphs } from "./face";

interface Props {
  /** The one that is changed; none: a new one. */
  line?: SiteNoticeLine;
  close: () => void;
  done: () => void;
}

export function WriteNotice({ line, close, done }: Props) {
  const [id] = useState(newId);
  const [fields, setFields] = useState<NoticeFields>(() =>
    line ? fieldsOf(line) : fresh(actor.value?.division ?? "", Date.now()),
  );
  const [tried, setTried] = useState(false);
  const [looking, setLooking] = useState(false);
  const places = useAnswer(api.places, `notice places ${actor.value?.division}`);
  const put = (part: Partial<NoticeFields>): void => setFields({ ...fields, ...part });
  const place = places.answer?.find((one) => one.code === fields.place)?.name ?? "";
  const next = async (): Promise<void> => {
    setTried(true);
    if (places.answer && Object.keys(faults(fields, Date.now())).length === 0) setLooking(true);
  };
  const send = async (): Promise<void> => {
    const from = beginning(fields);
    const words = {
      division: fields.place,
      title: fields.title.trim(),
      text: fields.text.trim(),
      audience: fields.audience,
      weight: fields.weight,
      until_at: ending(fields),
      ...(from === null ? {} : { from_at: from }),
    };
    if (line) await api.change(line, words);
    else await api.write({ id, ...words });
    done();
  };
  if (looking) {
    return (
      <FormDialog
        key="look"
        title={t("notices.look.title")}
        words={t(line ? "notices.go.change" : "notices.go")}
        cancel={t("notices.back")}
        close={() => setLooking(false)}
        stale={done}
        send={send}
      >
        <Look fields={fields} place={place} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      key="write"
      title={t(line ? "notices.change.title" : "notices.write")}
      words={t("notices.look")}
      close={close}
      send={next}
    >
      {places.error ? (
        <Failure error={places.error} retry={places.again} />
      ) : places.answer === null ? (
        <Skeleton lines={8} />
      ) : (
        <Form fields={fields} put={put} places={places.answer} tried={tried} />
      )}
    </FormDialog>
  );
}

interface FormProps {
  fields: NoticeFields;
  put: (part: Partial<NoticeFields>) => void;
  places: readonly SiteNoticePlace[];
  tried: boolean;
}

function Form({ fields, put, places, tried }: FormProps) {
  const wrong = tried ? faults(fields, Date.now()) : {};
  const words = (fault: Fault | undefined): string | null =>
    fault ? t(`notices.fault.${fault}`) : null;
  const own = places[0]?.code;
  const today = dayAt(Date.now());
  return (
    <>
      <Choice
        label={t("notices.place")}
        value={fields.place}
        options={places.map(({ code, name, above }) => ({
          value: code,
          words: code === own || above === places[0]?.name ? name : `${above} ${name}`,
        }))}
        choose={(code) => put({ place: code })}
      />
      <Input
        label={t("notices.field.title")}
        help={t("notices.field.title.help")}
        value={fields.title}
        maxLength={MOST_TITLE}
        onInput={(title) => put({ title })}
        error={words(wrong.title)}
      />
      <Input
        label={t("notices.field.text")}
        help={t("notices.field.text.help")}
        value={fields.text}
        rows={5}
        onInput={(text) => put({ text })}
        error={words(wrong.text)}
      />
      <Choice
        label={t("notices.whom")}
        value={fields.audience}
        options={(["villagers", "staff", "both"] as const).map((value) => ({
          value,
          words: t(`notices.audience.${value}`),
        }))}
        choose={(audience) => put({ audience })}
      />
      <Choice
        label={t("notices.weight")}
        value={fields.weight}
        options={(["plain", "important"] as const).map((value) => ({
          value,
          words: t(`notices.weight.${value}`),
        }))}
        choose={(weight) => put({ weight })}
      />
      <Choice
        label={t("notices.begins")}
        value={fields.begins}
        options={(["now", "later"] as const).map((value) => ({
          value,
          words: t(`notices.begins.${value}`),
        }))}
        choose={(begins) => put({ begins })}
      />
      {fields.begins === "later" && (
        <>
          <Input
            label={t("notices.first.day")}
            type="date"
            min={today}
            value={fields.firstDay}
            onInput={(firstDay) => put({ firstDay })}
            error={words(wrong.first)}
          />
          <Input
            label={t("notices.first.time")}
            type="time"
            value={fields.firstTime}
            onInput={(firstTime) => put({ firstTime })}
          />
        </>
      )}
      <Input
        label={t("notices.last.day")}
        type="date"
        min={today}
        value={fields.lastDay}
        onInput={(lastDay) => put({ lastDay })}
        error={words(wrong.last)}
      />
      <Input
        label={t("notices.last.time")}
        type="time"
        value={fields.lastTime}
        onInput={(lastTime) => put({ lastTime })}
      />
    </>
  );
}

/** The notice as it will be read, and one question that says what will happen. */
function Look({ fields, place }: { fields: NoticeFields; place: string }) {
  const year = Number(dayAt(Date.now()).slice(0, 4));
  const when = (iso: string): string => momentText(iso, language.value, year);
  const from = beginning(fields);
  return (
    <>
      <div class="said-look">
        <p>
          <NoticeTitle title={fields.title.trim()} weight={fields.weight} />
        </p>
        <Paragraphs text={fields.text.trim()} />
      </div>
      <p>
        {t(`notices.ask.${fields.audience}`, {
          place,
          from: from === null ? t("notices.now") : when(from),
          until: when(ending(fields)),
        })}
      </p>
    </>
  );
}
