/** The content of an edition, field by field, as its form calls them: values are shown as they were hashed. */
import { t } from "../../messages/evidence_pack";
import { say } from "../../messages/language";
import type { Fields } from "./checking";

interface Props {
  value: unknown;
  at: string;
  fields: Fields;
}

const yuan = (fen: number): string => {
  const whole = Math.floor(Math.abs(fen) / 100).toString();
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fen < 0 ? "-" : ""}${grouped}.${String(Math.abs(fen) % 100).padStart(2, "0")}`;
};

export function Content({ value, at, fields }: Props) {
  if (Array.isArray(value)) {
    return (
      <ol>
        {value.map((item, n) => (
          <li key={n}>
            <Content value={item} at={`${at}/*`} fields={fields} />
          </li>
        ))}
      </ol>
    );
  }
  if (typeof value === "object" && value !== null) {
    return (
      <dl class="fields">
        {Object.entries(value).map(([name, inner]) => (
          <div key={name} class={typeof inner === "object" ? "wide" : ""}>
            <dt>
              {say(fields[`${at}/${name}`]?.label) || (typeof inner === "object" ? "" : name)}
            </dt>
            <dd>
              <Content value={inner} at={`${at}/${name}`} fields={fields} />
            </dd>
          </div>
        ))}
      </dl>
    );
  }
  const field = fields[at];
  if (typeof value === "boolean") return <>{t(value ? "pack.yes" : "pack.no")}</>;
  if (typeof value === "number" && field?.widget === "money") return <>{yuan(value)}</>;
  return <>{say(field?.options?.[String(value)]) || String(value ?? "")}</>;
}
