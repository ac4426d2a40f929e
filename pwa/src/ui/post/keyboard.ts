/**
 * The foot of the form stays above the phone's own keyboard, so that the totals are in sight while words are typed.
 * Where the keyboard makes the page shorter (the page asks for that) there is nothing to do; where it only covers the
 * page (iPhones), the foot is lifted by as much as is covered. A field that takes the focus is not left behind it.
 * Returns how to stop.
 */
export function aboveKeyboard(): () => void {
  const seen = window.visualViewport;
  const root = document.documentElement;
  if (!seen) return () => undefined;
  const lift = (): void => {
    // A page that is zoomed with two fingers is seen in part as well, without a keyboard.
    const covered = seen.scale > 1 ? 0 : window.innerHeight - seen.height - seen.offsetTop;
    root.style.setProperty("--keyboard", `${Math.max(0, Math.round(covered))}px`);
  };
  root.classList.add("writing");
  seen.addEventListener("resize", lift);
  seen.addEventListener("scroll", lift);
  return () => {
    seen.removeEventListener("resize", lift);
    seen.removeEventListener("scroll", lift);
    root.classList.remove("writing");
    root.style.removeProperty("--keyboard");
  };
}
