/** The button by which a spreadsheet is handed over: its name and its bytes, and the same file again counts again. */
import { Icon } from "./icons";

export interface Chosen {
  name: string;
  data: ArrayBuffer;
}

interface SheetTakerProps {
  id: string;
  words: string;
  help: string;
  off: boolean;
  take: (chosen: Chosen) => void;
}

export function SheetTaker({ id, words, help, off, take }: SheetTakerProps) {
  return (
    <>
      <div class="taker">
        <label class={off ? "btn off" : "btn"} for={id}>
          <Icon name="grid" />
          {words}
          <input
            id={id}
            class="vh"
            type="file"
            accept=".xlsx,.csv,text/csv"
            disabled={off}
            aria-describedby={`${id}-help`}
            onChange={(event) => {
              const input = event.currentTarget;
              const chosen = input.files?.[0];
              if (chosen) {
                void chosen.arrayBuffer().then((data) => take({ name: chosen.name, data }));
              }
              input.value = "";
            }}
          />
        </label>
      </div>
      <p class="help" id={`${id}-help`}>
        {help}
      </p>
    </>
  );
}
