import type { ComponentChildren } from "preact";

/** A table wider than the screen scrolls in here, by finger, wheel or arrow keys; the page does not. */
export function Scroll(props: { label: string; class?: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it a keyboard cannot scroll what lies outside.
    <section class={props.class ?? "scroll"} tabIndex={0} aria-label={props.label}>
      {props.children}
    </section>
  );
}
