/** Every question the staff screens ask, by name. */
import { type Answer, address, call } from "./client";
import type { Evidence } from "./evidence_shapes";
import type * as asked from "./inquiry_shapes";
import { inQuery, type ListWanted } from "./listing";
import type * as linked from "./matter_shapes";
import type * as payments from "./payment_shapes";
import type * as kiosks from "./point_shapes";
import type * as reminders from "./reminder_shapes";
import type * as shapes from "./shapes";
import type { SpreadsheetAnswer } from "./spreadsheet_shapes";

/** Something that counts its changes, as it was looked at. */
type Looked = { id: string; revision: number };
const tagOf = (looked: Looked): string => `"r${looked.revision}"`;

const at = encodeURIComponent;
let language = "zh-CN";

/** The language in which titles and sheets are wanted. */
export function speak(chosen: string): void {
  language = chosen;
}
export const spoken = (): string => language;

const get = async <T>(
  path: string,
  query?: { [name: string]: string | number | undefined },
): Promise<T> => (await call<T>("GET", path, { language, ...(query ? { query } : {}) })).body;
const post = async <T>(path: string, body: unknown): Promise<T> =>
  (await call<T>("POST", path, { body, language })).body;

export const installation = (): Promise<shapes.Installation> => get("/installation");
export const me = (): Promise<
  {
    actor: shapes.Actor;
    must_set_password?: boolean;
    has_password?: boolean;
  } & Partial<shapes.Term>
> => get("/me");

export const signInByCode = (code: string, device: string): Promise<shapes.SignedIn> =>
  post("/sessions", { code, device });
export const signInByPassword = (
  login: string,
  password: string,
  device: string,
): Promise<shapes.SignedIn> => post("/sessions", { login, password, device });
export const setPassword = async (password: string, current?: string): Promise<void> => {
  await call("PUT", "/me/password", {
    body: current ? { password, old_password: current } : { password },
    language,
  });
};
export const sessions = (): Promise<{ items: shapes.SessionLine[] }> => get("/sessions");
export const endSession = async (id: string): Promise<void> => {
  await call("DELETE", `/sessions/${at(id)}`);
};
export const endOtherSessions = (): Promise<void> => endSession("others");

export const passkeys = (): Promise<{ items: shapes.PasskeyLine[] }> => get("/me/passkeys");
export const passkeyToMake = (): Promise<shapes.PasskeyToMake> =>
  post("/me/passkeys/challenge", undefined);
export const keepPasskey = (made: shapes.MadePasskey): Promise<shapes.PasskeyLine> =>
  post("/me/passkeys", made);
/** Rename a passkey as it was looked at. Throws Problem 412 when it was renamed meanwhile. */
export const renamePasskey = async (line: Looked, name: string): Promise<void> => {
  await call("PUT", `/me/passkeys/${at(line.id)}`, { body: { name }, etag: tagOf(line), language });
};
export const removePasskey = async (id: string): Promise<void> => {
  await call("DELETE", `/me/passkeys/${at(id)}`, { language });
};
export const passkeyToAsk = (): Promise<shapes.PasskeyToAsk> =>
  post("/passkeys/challenge", undefined);
export const signInByPasskey = (signed: shapes.SignedChallenge): Promise<shapes.SignedIn> =>
  post("/passkeys/session", signed);

export const phone = (): Promise<shapes.SharedPhone> => get("/phone");
export const switchPerson = (account_id: string, pin: string): Promise<shapes.SignedIn> =>
  post("/phone/switch", { account_id, pin });
export const lockPhone = async (): Promise<void> => {
  await call("POST", "/phone/lock", { language });
};
export const setPin = async (pin: string, old?: string): Promise<void> => {
  await call("PUT", "/me/pin", { body: old ? { pin, old_pin: old } : { pin }, language });
};
export const leavePhone = async (): Promise<void> => {
  await call("DELETE", "/me/pin", { language });
};

export const tasks = (): Promise<shapes.TaskList> => get("/tasks");
/** The categories that are in use in a division today. */
export const categories = (division: string): Promise<{ items: shapes.CategoryCard[] }> =>
  get("/categories", { division });
/** Every category of the catalogue and the county's own, in use or not. */
export const everyCategory = (): Promise<{ items: shapes.CategoryCard[] }> => get("/categories");
export const category = (key: string): Promise<{ schedule: { cadence: string } }> =>
  get(`/categories/${at(key)}`);
export const form = (
  category: string,
  division: string,
  asked: { period?: string; event_on?: string },
): Promise<shapes.FormAnswer> => get(`/forms/${at(category)}`, { division, ...asked });

export const photoAddress = (sha256: string, size: 320 | 960 | 1920): string =>
  address(`/photos/${at(sha256)}/${size}.jpg`);

export const templateAddress = (category: string): string =>
  address(`/categories/${at(category)}/template.xlsx`, { lang: language });
/** What a file says for a form; `matching` is what a person decided about its columns. Nothing is stored. */
export const readSpreadsheet = async (
  asked: { category: string; division: string; hidden: "left" | "read"; matching?: string },
  data: ArrayBuffer,
): Promise<SpreadsheetAnswer> =>
  (
    await call<SpreadsheetAnswer>("POST", "/spreadsheets", {
      query: { ...asked },
      bytes: { data, type: "application/octet-stream" },
      timeout: 120_000,
      language,
    })
  ).body;

/** The key that receipts are signed with, in its public spelling. */
export const receiptKey = (): Promise<{ key: string }> => get("/receipt-key");

/** Say first that it exists: safe to repeat with the same bytes. */
export const commit = async (id: string, body: shapes.CommitmentBody): Promise<shapes.Commitment> =>
  (await call<shapes.Commitment>("PUT", `/commitments/${at(id)}`, { body, language })).body;
export const submit = (submission: shapes.Submission): Promise<shapes.Receipt> =>
  post("/submissions", submission);
/** What posting this content would find; of a posting only what says what it is about and what it says. */
export const check = ({
  division,
  category,
  schema_version,
  content,
  period,
  event_on,
}: shapes.Submission): Promise<{ findings: shapes.Receipt["findings"] }> =>
  post("/checks", {
    ...{ division, category, schema_version, content },
    ...(event_on ? { event_on } : { period }),
  });
export const preview = (
  draft: shapes.Submission & { shape: shapes.PreviewShape },
): Promise<shapes.PreviewAnswer> => post("/previews", draft);
export const submissions = (
  state?: string,
  cursor?: string,
): Promise<{ items: shapes.SubmissionLine[]; next: string | null }> =>
  get("/submissions", { state, cursor });
export const submission = (id: string): Promise<Answer<shapes.SubmissionPage>> =>
  call("GET", `/submissions/${at(id)}`, { language });
export const review = async (
  id: string,
  etag: string,
  body: {
    id: string;
    decision: "approve" | "return";
    points: { [point: string]: boolean };
    reason?: string;
    confirmed?: { pointer: string; kind: string }[];
    notes?: shapes.Note[];
  },
): Promise<void> => {
  await call("POST", `/submissions/${at(id)}/review`, { body, etag, language });
};
export const withdraw = async (
  disclosure: string,
  body: { id: string; reason: string },
): Promise<void> => {
  await post(`/disclosures/${at(disclosure)}/withdrawal`, body);
};

export const inquiries = (wanted: ListWanted, cursor?: string): Promise<asked.InquiryList> =>
  get("/desk/inquiries", { ...inQuery(wanted), cursor });
export const inquiry = (id: string): Promise<Answer<asked.InquiryPage>> =>
  call("GET", `/desk/inquiries/${at(id)}`, { language });
const decide = async (id: string, act: string, etag: string, body: unknown): Promise<void> => {
  await call("POST", `/desk/inquiries/${at(id)}/${act}`, { body, etag, language });
};
export const lookAtInquiry = (
  id: string,
  etag: string,
  body: { decision: "let_through" | "refuse"; reason?: string },
): Promise<void> => decide(id, "look", etag, body);
export const acceptInquiry = (
  id: string,
  etag: string,
  body: asked.Classification,
): Promise<void> => decide(id, "acceptance", etag, body);
export const classifyInquiry = async (
  id: string,
  etag: string,
  body: asked.Classification,
): Promise<void> => {
  await call("PUT", `/desk/inquiries/${at(id)}/classification`, { body, etag, language });
};
export const refuseInquiry = (
  id: string,
  etag: string,
  body: { ground: string; words: string; turn_to: string },
): Promise<void> => decide(id, "refusal", etag, body);
export const referInquiry = (
  id: string,
  etag: string,
  body: { id: string; office: string; name: string; due_on: string; note: string },
): Promise<void> => decide(id, "referrals", etag, body);
export const endReferral = (
  id: string,
  etag: string,
  body: { outcome: "reported" | "taken_back"; words: string },
): Promise<void> => decide(id, "referrals/end", etag, body);
export const extendInquiry = (
  id: string,
  etag: string,
  body: { days: number; reason: string },
): Promise<void> => decide(id, "extension", etag, body);
/** How whoever asked can be reached; the server writes down that it was looked at. */
export const contactOf = (id: string): Promise<{ contact: string }> =>
  post(`/desk/inquiries/${at(id)}/contact`, undefined);
export const contactLooks = (): Promise<{ items: asked.ContactLook[]; more: boolean }> =>
  get("/desk/contact-looks");
export const inquiryFigures = (first: string, last: string): Promise<asked.InquiryFigures> =>
  get("/desk/figures", { first, last });
export const figuresAddress = (first: string, last: string): string =>
  address("/desk/figures.csv", { first, last, lang: language });
export const answerInquiry = (
  id: string,
  etag: string,
  body: { id: string; text: string; takes_up?: boolean },
): Promise<void> => decide(id, "answers", etag, body);
export const reviewAnswer = (
  id: string,
  etag: string,
  body: {
    decision: "approve" | "return";
    reason?: string;
    shown_text?: string;
    shown_photos?: number[];
  },
): Promise<void> => decide(id, "review", etag, body);

export interface GridQuery {
  division: string;
  first: string;
  last: string;
  /** A moment; left out for now. */
  as_of?: string;
  /** Village groups instead of villages. */
  level?: "group";
}
const wanted = (q: GridQuery): { [name: string]: string | undefined } => ({ ...q });
export const grid = (query: GridQuery): Promise<shapes.GridAnswer> =>
  get("/compliance", wanted(query));
export const gridCsv = (query: GridQuery): string => address("/compliance.csv", wanted(query));
export const gridXlsx = (query: GridQuery): string =>
  address("/compliance.xlsx", { ...wanted(query), lang: language });
export const evidence = (
  division: string,
  category: string,
  period: string,
  as_of?: string,
): Promise<Evidence> => get("/compliance/evidence", { division, category, period, as_of });

export const divisionPage = (code: string): Promise<shapes.DivisionPage> =>
  get(`/divisions/${at(code)}`);

export const accounts = (
  q?: string,
  cursor?: string,
  sort?: string,
): Promise<{ items: shapes.AccountLine[]; next: string | null }> =>
  get("/accounts", { q, cursor, sort });
export const createAccount = (body: {
  id: string;
  login: string;
  name: string;
  role: shapes.Role;
  division: string;
  post?: string;
  last_day?: string;
}): Promise<shapes.Invited> => post("/accounts", body);
export const invite = async (account: string): Promise<shapes.Invited> =>
  (await call<shapes.Invited>("POST", `/accounts/${at(account)}/invitation`, { language })).body;
export const phoneLost = async (account: string): Promise<shapes.Invited> =>
  (await call<shapes.Invited>("POST", `/accounts/${at(account)}/lost-phone`, { language })).body;
export const handOver = (
  account: string,
  successor: { id: string; login: string; name: string; on?: string },
): Promise<shapes.Invited> => post(`/accounts/${at(account)}/handover`, successor);
/** Move a handover as it was looked at. Throws Problem 412 when somebody changed it meanwhile. */
export const moveHandover = async (line: Looked, on: string): Promise<void> => {
  const etag = tagOf(line);
  await call("PUT", `/accounts/${at(line.id)}/handover`, { body: { on }, etag, language });
};
/** Call a handover off as it was looked at. Throws Problem 412 when somebody changed it meanwhile. */
export const callOffHandover = async (line: Looked): Promise<void> => {
  await call("DELETE", `/accounts/${at(line.id)}/handover`, { etag: tagOf(line), language });
};
export const disable = async (account: string): Promise<void> => {
  await call("POST", `/accounts/${at(account)}/disable`, { language });
};
/** Change the post of an account as it was looked at. Throws Problem 412 when somebody changed it meanwhile. */
export const changePost = async (line: Looked, post: string | null): Promise<void> => {
  const etag = tagOf(line);
  await call("PUT", `/accounts/${at(line.id)}/post`, { body: { post }, etag, language });
};
export const posts = (division: string): Promise<{ items: shapes.PostLine[] }> =>
  get("/posts", { division });
export const groups = (): Promise<{ items: reminders.GroupLine[] }> => get("/webhooks");
export const addGroup = (body: reminders.NewGroup): Promise<reminders.GroupLine> =>
  post("/webhooks", body);
export const removeGroup = async (id: string): Promise<void> => {
  await call("DELETE", `/webhooks/${at(id)}`, { language });
};
export const tryGroup = async (id: string): Promise<reminders.Tried> =>
  (await call<reminders.Tried>("POST", `/webhooks/${at(id)}/test`, { language })).body;

export const pointsCsvAddress = (lang: string): string => address("/query-points.csv", { lang });
export const points = (): Promise<{ items: kiosks.PointLine[] }> => get("/query-points");
export const addPoint = (body: kiosks.NewPoint): Promise<kiosks.PairingCode> =>
  post("/query-points", body);
export const pairingCode = (id: string): Promise<kiosks.PairingCode> =>
  post(`/query-points/${at(id)}/pairing-code`, undefined);
/** Change a query point as it was looked at. Throws Problem 412 when somebody changed it meanwhile. */
export const changePoint = async (line: Looked, body: kiosks.PointWords): Promise<void> => {
  await call("PUT", `/query-points/${at(line.id)}`, { body, etag: tagOf(line), language });
};
export const retirePoint = async (id: string): Promise<void> => {
  await call("DELETE", `/query-points/${at(id)}`, { language });
};

export const push = (): Promise<reminders.PushAnswer> => get("/push");
export const pushOn = async (body: reminders.NewSubscription): Promise<void> => {
  await call("PUT", "/push", { body, language });
};
export const pushOff = async (): Promise<void> => {
  await call("DELETE", "/push", { language });
};

export const registerOccurrence = (body: {
  id: string;
  division: string;
  category: string;
  title: string;
  occurred_on: string;
}): Promise<unknown> => post("/occurrences", body);

export const paymentLists = (wanted: ListWanted, cursor?: string): Promise<payments.PaymentLists> =>
  get("/payment-lists", { ...inQuery(wanted), cursor });
export const paymentChoices = (division: string): Promise<payments.PaymentChoices> =>
  get("/payment-lists/choices", { division });
const sendList = async <T>(
  path: string,
  asked: payments.ListAsked,
  data: ArrayBuffer,
): Promise<T> =>
  (
    await call<T>("POST", path, {
      query: { ...asked },
      bytes: { data, type: "application/octet-stream" },
      timeout: 120_000,
      language,
    })
  ).body;
/** Read a file and say what loading it would do; nothing of it is kept. */
export const previewPayments = (
  asked: payments.ListAsked,
  data: ArrayBuffer,
): Promise<payments.PaymentPreview> => sendList("/payment-lists/preview", asked, data);
export const loadPayments = (
  asked: payments.ListAsked,
  data: ArrayBuffer,
): Promise<payments.Loaded> => sendList("/payment-lists", asked, data);
export const removePayments = (id: string, reason: string): Promise<void> =>
  post(`/payment-lists/${at(id)}/removal`, { reason });
export const notReceived = (id: string): Promise<{ items: payments.NotReceived[] }> =>
  get(`/payment-lists/${at(id)}/not-received`);
export const householdLog = (): Promise<payments.HouseholdLog> => get("/household-log");

export const matters = (disclosure: string): Promise<{ matters: linked.Matter[] }> =>
  get(`/disclosures/${at(disclosure)}/matters`);
export const linkChoices = (disclosure: string, q: string): Promise<linked.LinkChoices> =>
  get(`/disclosures/${at(disclosure)}/matter-choices`, { q });
/** Put a notice into a matter: safe to repeat under the same id. */
export const link = async (id: string, body: linked.LinkBody): Promise<void> => {
  await call("PUT", `/matter-links/${at(id)}`, { body, language });
};
/** Rename a matter as it was looked at. Throws Problem 412 when it was renamed meanwhile. */
export const renameMatter = async (matter: linked.Matter, name: string): Promise<void> => {
  const etag = tagOf(matter);
  await call("PUT", `/matters/${at(matter.id)}`, { body: { name }, etag, language });
};
export const unlink = async (id: string): Promise<void> => {
  await call("DELETE", `/matter-links/${at(id)}`, { language });
};
