import { following } from "./reader/following";

/* What a page needs on which a phone asks to be told of what is new: loaded there alone. */
following().catch(() => undefined); // the page names the other ways
