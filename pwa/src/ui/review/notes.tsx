/** Notes beside single lines: which line, and what is to be said about it. */
import { useState } from "preact/hooks";
import { t } from "../../messages";
import type { Note, Sheet } from "../../net/shapes";
import { Icon } from "../icons";
import { Input } from "../pieces";

interface Line {
  pointer: string;
  label: string;
}

/** The lines of a sheet that stand for one place of the content. */
function linesOf(sheet: Sheet): Line[] {
  const all = sheet.sections.flatMap((section): Line[] => {
    if (section.kind === "sum")
      return section.rows.map(({ pointer, label }) => ({ pointer, label }));
    if (section.kind === "facts") {
      return section.items.map(({ pointer, label }) => ({ pointer, label }));
    }
    return section.rows.map(({ pointer, cells }) => ({
      pointer,
      label: cells.filter((cell) => typeof cell === "string").join(" "),
    }));
  });
  const seen = new Set<string>();
  return all.filter(({ pointer }) => {
    const fresh = pointer !== "" && !seen.has(pointer);
    seen.add(pointer);
    return fresh;
  });
}

/** What a line is called on the sheet, for whoever reads a note about it. */
export const lineName = (sheet: Sheet, pointer: string): string =>
  linesOf(sheet).find((line) => line.pointer === pointer)?.label ?? "";

/** Notes that were written, each with its line. */
export function NoteList({ sheet, notes }: { sheet: Sheet; notes: readonly Note[] }) {
  if (notes.length === 0) return null;
  return (
    <ul class="errors">
      {notes.map((note) => (
        <li key={note.pointer + note.text}>
          <b>{lineName(sheet, note.pointer)}</b> {note.text}
        </li>
      ))}
    </ul>
  );
}

export function Notes(props: {
  sheet: Sheet;
  notes: readonly Note[];
  change: (notes: Note[]) => void;
}) {
  const { sheet, notes, change } = props;
  const lines = linesOf(sheet);
  const [at, setAt] = useState("");
  const [text, setText] = useState("");
  const add = (): void => {
    if (at === "" || text.trim() === "") return;
    change([...notes, { pointer: at, text: text.trim() }]);
    setAt("");
    setText("");
  };
  return (
    <fieldset class="choices">
      <legend class="grp-legend">{t("note.title")}</legend>
      <p class="help">{t("note.help")}</p>
      {notes.length > 0 && (
        <ul class="errors">
          {notes.map((note, n) => (
            <li key={note.pointer + note.text}>
              <b>{lineName(sheet, note.pointer)}</b> {note.text}{" "}
              <button
                type="button"
                class="link"
                onClick={() => change(notes.filter((_note, m) => m !== n))}
              >
                {t("note.remove")}
              </button>
            </li>
          ))}
        </ul>
      )}
      <div class="field">
        <label for="note-line">{t("note.line")}</label>
        <select id="note-line" value={at} onChange={(event) => setAt(event.currentTarget.value)}>
          <option value="">{t("note.choose")}</option>
          {lines.map((line) => (
            <option key={line.pointer} value={line.pointer}>
              {line.label}
            </option>
          ))}
        </select>
      </div>
      <Input label={t("note.text")} value={text} onInput={setText} />
      <p>
        <button type="button" class="btn" disabled={at === "" || text.trim() === ""} onClick={add}>
          <Icon name="plus" />
          {t("note.add")}
        </button>
      </p>
    </fieldset>
  );
}
