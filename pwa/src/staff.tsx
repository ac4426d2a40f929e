import "./style/tokens.css";
import "./style/base.css";
import "./style/staff.css";
import "./style/staff_fields.css";
import "./style/staff_rows.css";
import "./style/staff_rules.css";
import "./style/staff_tables.css";
import "./style/staff_post.css";
import "./style/staff_lines.css";
import "./style/staff_fill.css";
import "./style/staff_desk.css";
import "./style/staff_grid.css";
import "./style/staff_overview.css";
import "./style/staff_plan.css";
import "./style/staff_drawer.css";
import "./style/staff_paper.css";
import "./style/staff_keys.css";
import "./style/staff_strips.css";
import "./style/staff_points.css";
import "./style/staff_reminders.css";
import "./style/staff_asked.css";
import "./style/staff_payments.css";
import "./style/staff_preview.css";
import { render } from "preact";
import { watchIdleness } from "./acts/autolock";
import { watchForSignal } from "./acts/sending";
import { begin } from "./acts/session";
import { chooseLanguage, language } from "./messages";
import { speak } from "./net/questions";
import { keepUpdated, POSTING, READING } from "./reader/updates";
import { App } from "./ui/app";
import { keepDatesWhole } from "./ui/dates_whole";

/* The staff app: sign in, post, review, watch. It opens without a network from what the phone holds. */
const root = document.getElementById("app");
if (root) {
  chooseLanguage(language.value);
  speak(language.value);
  watchForSignal();
  watchIdleness();
  keepDatesWhole();
  render(<App />, root);
  void begin();
}

// Only a browser that wakes a worker when the signal returns has a use for the outbox in it.
keepUpdated(() => window.gongshilanBusy === true, "SyncManager" in window ? POSTING : READING);
// Who opens the staff app keeps it whole; a villager's phone is spared it.
void navigator.serviceWorker?.ready.then((worker) => worker.active?.postMessage("keep-staff"));
