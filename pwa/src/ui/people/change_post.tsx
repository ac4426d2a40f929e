import { useState } from "preact/hooks";
import { t } from "../../messages";
import * as api from "../../net/questions";
import type { AccountLine } from "../../net/shapes";
import { FormDialog } from "./parts";
import { PostField } from "./post_field";

interface Props {
  line: AccountLine;
  close: () => void;
  done: () => void;
}

/** Another post for somebody who stays: what was signed before keeps the post of then. */
export function ChangePost({ line, close, done }: Props) {
  const [post, setPost] = useState(line.post ?? "");
  const send = async (): Promise<void> => {
    await api.changePost(line, post.trim() || null);
    done();
  };
  return (
    <FormDialog
      title={t("accounts.post.title", { name: line.name })}
      words={t("accounts.post.keep")}
      close={close}
      stale={done}
      send={send}
    >
      <p>{t("accounts.post.note")}</p>
      <PostField role={line.role} division={line.division} value={post} onInput={setPost} />
    </FormDialog>
  );
}
