/** How a notice looks, wherever it is read on these screens. */
import { t } from "../../messages";
import type { SiteNoticeWeight } from "../../net/site_notice_shapes";
import { StatusChip } from "../pieces";

export function NoticeTitle({ title, weight }: { title: string; weight: SiteNoticeWeight }) {
  return (
    <>
      {weight === "important" && (
        <>
          <StatusChip icon="late" tone="late">
            {t("notices.important")}
          </StatusChip>{" "}
        </>
      )}
      <b lang="zh-CN">{title}</b>
    </>
  );
}

export function Paragraphs({ text }: { text: string }) {
  return (
    <div lang="zh-CN" class="said-text">
      {text
        .split("\n")
        .filter((line) => line !== "")
        .map((line, n) => (
          <p key={`${n} ${line}`}>{line}</p>
        ))}
    </div>
  );
}
