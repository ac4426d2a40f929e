/** For tests: a posting as it waits in the outbox before anything of it was sent. */
import { queued } from "../core/outbox";
import type { Posting } from "../keep/outbox";
import type { Receipt, Submission } from "../net/shapes";

/** The third quarter's accounts of a village with one photo of the board, by the account "me". */
export function waitingPosting(
  id: string,
  photo: { sha256: string; size: number },
  at = 1,
): Posting {
  const submission: Submission = {
    id,
    division: "640425103200",
    category: "finance_quarterly",
    period: "2026Q3",
    schema_version: 1,
    content: {},
    photos: [{ sha256: photo.sha256, role: "board" }],
    composed_at: "2026-10-12T02:00:00Z",
    publish: { when: "on_approval" },
  };
  return {
    ...queued<Submission, Receipt>(id, submission, [photo], at),
    account: "me",
    period: "2026Q3",
    title: "Accounts, third quarter 2026",
    dueOn: "2026-10-15",
  };
}
