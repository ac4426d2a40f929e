/** No line of a screen ends inside a date, wherever the date came from: our own words, or the server's sentence. */
import { type ComponentChild, h, options } from "preact";
import { cutAtDates } from "../core/dates";

/** What holds plain text only. */
const PLAIN = new Set(["option", "textarea", "title", "text", "tspan", "one-line"]);

/** A text with its dates held together; anything else as it is. */
function whole(child: ComponentChild): ComponentChild {
  const parts = typeof child === "string" ? cutAtDates(child) : [];
  if (parts.length < 2) return child;
  return parts.map((part, n) => (n % 2 === 1 ? h("one-line", null, part) : part));
}

/** From now on, for every element that is made. */
export function keepDatesWhole(): void {
  const before = options.vnode;
  options.vnode = (vnode) => {
    if (typeof vnode.type === "string" && !PLAIN.has(vnode.type)) {
      const props = vnode.props as { children?: ComponentChild | ComponentChild[] };
      const { children } = props;
      if (Array.isArray(children)) props.children = children.map(whole);
      else if (typeof children === "string") props.children = whole(children);
    }
    before?.(vnode);
  };
}
