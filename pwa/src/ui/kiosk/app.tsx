/** Which screen stands: pairing, a way through the notices, slides while nobody is there, or a rotation. */
import { useEffect } from "preact/hooks";
import { point } from "../../acts/kiosk/point";
import { large, pairing, rest, rotation, spot, touched } from "../../acts/kiosk/running";
import { t } from "../../messages/kiosk";
import { Category, Village, Villages } from "./choosing";
import { NoticeScreen } from "./notice";
import { Pairing } from "./pairing";
import { Rotation } from "./rotation";
import { Search } from "./search";
import { Slides } from "./slides";

export function App() {
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (large.value) dataset.large = "";
    else delete dataset.large;
    if (point.value?.kind !== "screen") dataset.tone = "light";
  }, [large.value, point.value?.kind]);
  if (point.value === undefined) return null;
  if (point.value === null || pairing.value) return <Pairing />;
  if (point.value.kind === "screen") return <Rotation />;
  if (rest.value.state === "slides" && rotation.value.length > 0) return <Slides />;
  return (
    <>
      <Here />
      {rest.value.state === "warning" && <StillThere left={rest.value.left} />}
    </>
  );
}

function Here() {
  const here = spot.value;
  if (here.at === "village") return <Village key={here.code} code={here.code} />;
  if (here.at === "category") {
    return <Category key={here.category} code={here.code} category={here.category} />;
  }
  if (here.at === "notice") return <NoticeScreen key={here.id} id={here.id} />;
  return here.at === "search" ? <Search /> : <Villages />;
}

/** Before the screen forgets whoever walked away. Any touch is an answer; the button is for whoever looks for one. */
function StillThere({ left }: { left: number }) {
  return (
    <div
      class="still"
      data-wakes
      role="alertdialog"
      aria-labelledby="still"
      aria-describedby="still-left"
    >
      <b class="count" aria-hidden="true">
        {left}
      </b>
      <div>
        <h2 id="still">{t("rest.title")}</h2>
        <p id="still-left">
          {t("rest.left", { n: left })}
          <br />
          {t("rest.forgets")}
        </p>
      </div>
      <button type="button" onClick={touched}>
        {t("rest.stay")}
      </button>
    </div>
  );
}
