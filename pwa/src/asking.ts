import "./style/answers.css";
import "./style/asking.css";
import { arrived, asking, copying, signing } from "./reader/asking";

/*
 * What the pages need on which something is asked or signed, beside the reader's own: it is loaded there alone, and its
 * style where an answer stands, so that a notice nobody asked about stays as light as it was.
 */
for (const island of [asking, arrived, copying, signing]) {
  try {
    island();
  } catch {
    // the form is sent all the same, and somebody looks at it first
  }
}
