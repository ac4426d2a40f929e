import { listed, say, t } from "../../messages";
import * as api from "../../net/questions";
import type { Role } from "../../net/shapes";
import { Input, Notice, useAnswer } from "../pieces";

/** The roles that may sign under a posting. */
const SIGN: readonly Role[] = ["supervisor", "auditor", "editor"];

interface Props {
  role: Role;
  /** The place whose rules hold; empty while none is chosen. */
  division: string;
  value: string;
  onInput: (post: string) => void;
}

/** What somebody signs as. Rules name posts by their spelling: those that exist are offered, and what a rule excludes is said. */
export function PostField({ role, division, value, onInput }: Props) {
  const known = useAnswer(
    () => (division === "" ? Promise.resolve({ items: [] }) : api.posts(division)),
    `posts ${division}`,
  );
  const items = known.answer?.items ?? [];
  const typed = value.trim().replace(/\s+/g, " ");
  const barred = SIGN.includes(role)
    ? (items.find((one) => one.post === typed)?.may_not_review ?? [])
    : [];
  return (
    <>
      <Input
        label={t("accounts.post")}
        help={t("accounts.post.help")}
        value={value}
        onInput={onInput}
        options={items.map((one) => one.post)}
        maxLength={40}
      />
      {barred.length > 0 && (
        <Notice
          icon="act"
          title={t("accounts.post.barred", {
            post: typed,
            what: listed(barred.map(say)),
          })}
          live
        />
      )}
    </>
  );
}
