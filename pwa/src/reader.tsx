import "./style/reader.css";
import { countdown } from "./reader/countdown";
import { chosen, elder } from "./reader/elder";
import { find } from "./reader/find";
import { age, lately, remember, saved } from "./reader/kept";
import { listen } from "./reader/listen";
import { all } from "./reader/page";
import { print, share } from "./reader/share";
import { unsent } from "./reader/unsent";
import { keepUpdated } from "./reader/updates";
import { viewer } from "./reader/viewer";

/** A new version waits while somebody types. */
const updates = (): void =>
  keepUpdated(() =>
    all<HTMLInputElement>("input").some((field) => field.value !== field.defaultValue),
  );

/*
 * The page is whole before any of this runs; each island makes one thing nicer and stands alone,
 * so that an old in-app browser that trips over one still has the others.
 */
const islands = [
  age,
  chosen,
  elder,
  countdown,
  viewer,
  share,
  print,
  listen,
  find,
  remember,
  lately,
  saved,
  unsent,
  updates,
];
/** Whoever looks into the console hears what an island tripped over; the page reads all the same. */
const tell = (failure: unknown): void => {
  setTimeout(() => {
    throw failure;
  });
};
for (const island of islands) {
  try {
    Promise.resolve(island()).catch(tell);
  } catch (failure) {
    tell(failure);
  }
}
