/** The signal came back: Chromium alone has this event. What waits is sent, by a page that is looked at or from here. */
import { LANGUAGE } from "@/acts/lines";
import { sendAlone } from "@/acts/sending_alone";
import { tellingOf } from "@/acts/telling";
import type { Language } from "@/core/dates";
import { holdsForms } from "@/core/idleness";
import { keptAnswer } from "@/keep/answers";
import { show } from "./push";

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("sync" as keyof ServiceWorkerGlobalScopeEventMap, (event) => {
  (event as ExtendableEvent).waitUntil(goOn());
});

/** Send what waits. Throws while something is left, so that the browser wakes us again. */
async function goOn(): Promise<void> {
  const pages = await self.clients.matchAll({ type: "window" });
  for (const page of pages) page.postMessage({ type: "sync" });
  if (pages.some(seen)) return;
  const ending = await sendAlone();
  const language = (await keptAnswer<Language>(LANGUAGE))?.body === "en" ? "en" : "zh-CN";
  const telling = tellingOf(ending, language);
  if (telling !== null && Notification.permission === "granted") {
    // Somebody who looks at the app reads it there.
    if (!(await self.clients.matchAll({ type: "window" })).some(seen)) {
      await show({ ...telling, tag: "outbox" });
    }
  }
  if (ending.left > 0) throw new Error(`${ending.left} left to send`);
}

/** Somebody looks at the staff app; a reading page sends nothing. */
const seen = (page: WindowClient): boolean =>
  page.visibilityState === "visible" && holdsForms(new URL(page.url).pathname);
