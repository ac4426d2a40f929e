/** How whoever asked can be reached: hidden until it is asked for, and every look is on record. */
import { useState } from "preact/hooks";
import { t } from "../../messages";
import type { InquiryPage } from "../../net/inquiry_shapes";
import * as api from "../../net/questions";
import { problemWords } from "../pieces";

export function Contact({ page }: { page: InquiryPage }) {
  const [seen, setSeen] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  if (!page.contact_left) return <>{t("asked.no.contact")}</>;
  if (!page.handling.ways.includes("see_contact")) return <>{t("contact.not.yours")}</>;
  if (seen !== null) return <span role="status">{seen}</span>;
  const look = async (): Promise<void> => {
    setAsking(true);
    setError(null);
    try {
      setSeen((await api.contactOf(page.head.id)).contact);
    } catch (problem) {
      setError(problem);
    } finally {
      setAsking(false);
    }
  };
  return (
    <>
      <p class="small soft">{t("contact.logged")}</p>
      <button type="button" class="btn" disabled={asking} onClick={() => void look()}>
        {t("contact.look")}
      </button>
      {error !== null && (
        <p class="error" role="alert">
          {problemWords(error)}
        </p>
      )}
    </>
  );
}
