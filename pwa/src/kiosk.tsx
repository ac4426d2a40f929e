import "./style/tokens.css";
import "./style/base.css";
import "./style/kiosk.css";
import "./style/kiosk_keys.css";
import "./style/kiosk_sheet.css";
import "./style/kiosk_turns.css";
import { render } from "preact";
import { listenForVoices } from "./acts/kiosk/reading_aloud";
import { begin } from "./acts/kiosk/running";
import { sayPainted } from "./acts/kiosk/updating";
import { chooseLanguage } from "./messages/language";
import { App } from "./ui/kiosk/app";

/* A query point: a kiosk or a screen in a public place. It opens without a network from what the device holds. */
const root = document.getElementById("app");
if (root) {
  chooseLanguage("zh-CN");
  listenForVoices();
  void begin().then(() => {
    render(<App />, root);
    void sayPainted(root);
  });
}
