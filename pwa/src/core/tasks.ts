/** 'What I owe': the server's tasks and what is only in this phone, as one list in three groups. */
import { type Day, daysBetween } from "./dates";
import type { Text } from "./findings";
import { type Commitment, type Progress, type State, unsent } from "./outbox";
import type { Waiting } from "./turns";

export interface ServerTask {
  division: string;
  division_name: string;
  category: string;
  category_name: Text;
  title: string;
  period: string;
  event_on: Day | null;
  occurrence_id: string | null;
  due_on: Day;
  due_before: string;
  days_left: number;
  working_days_left: number;
  provisional: boolean;
  rule: Text;
  /** The reminder that falls on today: "before-7", "due", "after-1". */
  reminder: string | null;
  state: string;
  late_days: number;
  stage: string | null;
  disclosure_id: string | null;
  submission_id: string | null;
  opens_at: string | null;
  received_at: string | null;
  returned_reason: string | null;
  /** Whom the newest edition waits for while it is reviewed; a list kept by an older app has none. */
  turn?: Waiting | null;
  /** It was published before its review; lists of before lack it. */
  urgent?: { state: string; text: Text } | null;
}

export interface LocalDraft {
  id: string;
  division: string;
  category: string;
  period: string;
  title: string;
  dueOn: Day | null;
  step: number;
  savedAt: number;
}

export interface LocalRecord {
  id: string;
  division: string;
  category: string;
  period: string;
  title: string;
  dueOn: Day | null;
  state: State;
  queuedAt: number;
  signInNeeded: boolean;
  commitment: Commitment | null;
  progress: Progress;
  /** Why a person is needed, in the server's words. */
  refusal: Text | null;
  reason: string | null;
}

export type Group = "yours" | "moving" | "done";
export type Status = "todo" | "draft" | State | "sign_in" | "exempt" | "objected";

export interface Row {
  key: string;
  title: string;
  division: string;
  category: string;
  period: string;
  dueOn: Day | null;
  /** Calendar days until the due day; negative when it has passed. */
  daysLeft: number | null;
  workingLeft: number | null;
  provisional: boolean;
  rule: Text | null;
  status: Status;
  group: Group;
  draft: LocalDraft | null;
  record: LocalRecord | null;
  task: ServerTask | null;
  say: string | Text | null;
}

const GROUP: { [status in Status]: Group } = {
  todo: "yours",
  draft: "yours",
  returned: "yours",
  objected: "yours",
  needs_attention: "yours",
  sign_in: "yours",
  waiting: "moving",
  registered: "moving",
  sending: "moving",
  in_review: "moving",
  scheduled: "done",
  published: "done",
  withdrawn: "done",
  exempt: "done",
};

/** The server's word for a task in the words of this list: where its newest edition stands. */
export function statusOf(task: ServerTask): Status {
  if (task.state === "exempt") return "exempt";
  switch (task.stage) {
    case "in_review":
    case "returned":
    case "scheduled":
    case "withdrawn":
      return task.stage;
    case null:
      return "todo";
    default:
      // It is public, and its review did not agree: to be corrected or withdrawn.
      return task.urgent?.state === "objected" ? "objected" : "published";
  }
}

const localOnly = (state: State): boolean => unsent(state) || state === "needs_attention";

function rowFor(
  key: string,
  today: Day,
  task: ServerTask | null,
  draft: LocalDraft | null,
  record: LocalRecord | null,
): Row {
  let status: Status = task ? statusOf(task) : (record?.state ?? "todo");
  // What the phone knows and the server does not know yet comes first.
  if (record && localOnly(record.state)) status = record.signInNeeded ? "sign_in" : record.state;
  else if (record && status === "todo") status = record.state;
  if (draft && (record === null || !localOnly(record.state))) status = "draft";
  const dueOn = task?.due_on ?? draft?.dueOn ?? record?.dueOn ?? null;
  const daysLeft = dueOn === null ? null : daysBetween(today, dueOn);
  return {
    key,
    title: task?.title ?? draft?.title ?? record?.title ?? "",
    division: task?.division ?? draft?.division ?? record?.division ?? "",
    category: task?.category ?? draft?.category ?? record?.category ?? "",
    period: task?.period ?? draft?.period ?? record?.period ?? "",
    dueOn,
    daysLeft,
    // Counted by the server on the day of its answer: a list of yesterday's has them for yesterday.
    workingLeft: task && daysLeft === task.days_left ? task.working_days_left : null,
    provisional: task?.provisional ?? false,
    rule: task?.rule ?? null,
    status,
    group: GROUP[status],
    draft,
    record,
    task,
    say:
      status === "needs_attention"
        ? (record?.refusal ?? null)
        : (task?.returned_reason ?? task?.urgent?.text ?? record?.reason ?? null),
  };
}

/** Every row of the list, most urgent first inside its group. */
export function mergeTasks(
  today: Day,
  tasks: readonly ServerTask[],
  drafts: readonly LocalDraft[],
  records: readonly LocalRecord[],
): Row[] {
  const newest = [...records].sort((a, b) => b.queuedAt - a.queuedAt);
  const used = new Set<string>();
  const same = (
    item: { division: string; category: string; period: string },
    task: ServerTask,
  ): boolean =>
    item.division === task.division &&
    item.category === task.category &&
    item.period === task.period;
  const claim = <T extends { id: string; division: string; category: string; period: string }>(
    items: readonly T[],
    task: ServerTask,
  ): T | null => {
    const mine = items.find(
      (item) => !used.has(item.id) && (item.id === task.submission_id || same(item, task)),
    );
    if (mine) used.add(mine.id);
    return mine ?? null;
  };
  const rows = tasks.map((task) => {
    const draft = claim(drafts, task);
    const record = claim(newest, task);
    // Older records of the same task are history, not rows of their own.
    for (const r of newest) {
      if (same(r, task)) used.add(r.id);
    }
    return rowFor(`${task.division} ${task.category} ${task.period}`, today, task, draft, record);
  });
  for (const draft of drafts) {
    if (!used.has(draft.id)) rows.push(rowFor(draft.id, today, null, draft, null));
  }
  for (const record of newest) {
    if (!used.has(record.id)) rows.push(rowFor(record.id, today, null, null, record));
  }
  const due = (row: Row): string => row.dueOn ?? "9999";
  return rows.sort((a, b) =>
    a.group === "done" && b.group === "done"
      ? due(b).localeCompare(due(a))
      : due(a).localeCompare(due(b)) || a.title.localeCompare(b.title),
  );
}
