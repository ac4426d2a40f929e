/**
 * The compiler holds shapes.ts to the API's own description: what is answered must be at least what the screens
 * read, and what is sent must be what is taken. Nothing here exists at run time.
 */
import type { components } from "./api";
import type {
  CrossLists,
  HollowPostings,
  Overview,
  PlanComparison,
  Warnings,
} from "./compliance_shapes";
import type { Evidence } from "./evidence_shapes";
import type { ExemptionBody, ExemptionList } from "./exemption_shapes";
import type * as asked from "./inquiry_shapes";
import type * as inspected from "./inspection_shapes";
import type { ImportedLedger, LedgerChoices, LedgerLoaded, LedgerPreview } from "./ledger_shapes";
import type * as linked from "./matter_shapes";
import type { answerInquiry, lookAtInquiry, reviewAnswer } from "./questions";
import type * as reminders from "./reminder_shapes";
import type * as ours from "./shapes";
import type {
  NewSiteNotice,
  ShownSiteNotice,
  SiteNoticeList,
  SiteNoticePlace,
} from "./site_notice_shapes";
import type { SpreadsheetAnswer } from "./spreadsheet_shapes";

type Theirs = components["schemas"];
/** What they answer is enough for us. */
type Reads<Ours, Answered extends Ours> = [Ours, Answered];
/** What we send is what they take. */
type Takes<Taken, Sent extends Taken> = [Taken, Sent];
/** They say `string` where we know the few words; the words are checked where they are used. */
type Loose<T> = T extends string
  ? string
  : T extends (infer Item)[]
    ? Loose<Item>[]
    : T extends object
      ? { [Key in keyof T]: Loose<T[Key]> }
      : T;

export type Agreed = [
  Reads<Loose<Overview>, Loose<Theirs["Overview"]>>,
  Reads<Loose<Warnings>, Loose<Theirs["Warnings"]>>,
  Reads<Loose<CrossLists>, Loose<Theirs["CrossLists"]>>,
  Reads<Loose<PlanComparison>, Loose<Theirs["PlanComparison"]>>,
  Reads<Loose<ExemptionList>, Loose<Theirs["ExemptionList"]>>,
  Takes<Partial<Theirs["ExemptionBody"]>, ExemptionBody>,
  Reads<Loose<SiteNoticeList>, Loose<Theirs["SiteNoticeList"]>>,
  Reads<Loose<ShownSiteNotice>, Loose<Theirs["ShownSiteNotice"]>>,
  Reads<Loose<SiteNoticePlace>, Loose<Theirs["SiteNoticePlace"]>>,
  Takes<Partial<Theirs["NewSiteNotice"]>, NewSiteNotice>,
  Reads<Loose<HollowPostings>, Loose<Theirs["HollowPostings"]>>,
  Reads<Loose<asked.InquiryList>, Loose<Theirs["DeskList"]>>,
  Reads<Loose<asked.InquiryPage>, Loose<Theirs["DeskPage"]>>,
  Takes<Partial<Theirs["LookBody"]>, Parameters<typeof lookAtInquiry>[2]>,
  Takes<Partial<Theirs["AnswerBody"]>, Parameters<typeof answerInquiry>[2]>,
  Takes<Partial<Theirs["AnswerReviewBody"]>, Parameters<typeof reviewAnswer>[2]>,
  Reads<Loose<inspected.DrawList>, Loose<Theirs["DrawList"]>>,
  Reads<Loose<inspected.DrawPage>, Loose<Theirs["DrawPage"]>>,
  Reads<Loose<inspected.OrderList>, Loose<Theirs["OrderList"]>>,
  Reads<Loose<inspected.OrderPage>, Loose<Theirs["OrderPage"]>>,
  Reads<Loose<inspected.OrderingChoices>, Loose<Theirs["OrderingChoices"]>>,
  Reads<Loose<LedgerPreview>, Loose<Theirs["LedgerPreview"]>>,
  Reads<Loose<LedgerLoaded>, Loose<Theirs["LedgerLoaded"]>>,
  Reads<Loose<LedgerChoices>, Loose<Theirs["LedgerChoices"]>>,
  Reads<Loose<ImportedLedger>, Loose<Theirs["ImportedLedger"]>>,
  Takes<Partial<Theirs["DrawBody"]>, inspected.DrawBody>,
  Takes<Partial<Theirs["VisitBody"]>, inspected.VisitBody>,
  Takes<Partial<Theirs["OrderBody"]>, inspected.OrderBody>,
  Reads<Loose<{ matters: linked.Matter[] }>, Loose<Theirs["MattersOfNotice"]>>,
  Reads<Loose<linked.LinkChoices>, Loose<Theirs["LinkChoices"]>>,
  Takes<Partial<Theirs["LinkBody"]>, linked.LinkBody>,
  Reads<Loose<ours.Installation>, Theirs["Installation"]>,
  Reads<Loose<ours.Actor>, Theirs["ActorView"]>,
  Reads<ours.SessionLine, Theirs["SessionView"]>,
  Reads<ours.PasskeyLine, Theirs["PasskeyView"]>,
  Reads<ours.PasskeyToMake, Theirs["PasskeyToMake"]>,
  Reads<ours.PasskeyToAsk, Theirs["PasskeyToAsk"]>,
  Reads<Loose<ours.SharedPhone>, Theirs["PhoneView"]>,
  Takes<Theirs["MadePasskey"], ours.MadePasskey>,
  Takes<Theirs["SignedChallenge"], ours.SignedChallenge>,
  Reads<Loose<ours.TaskList["items"][number]>, Theirs["Task"]>,
  Reads<Loose<ours.CategoryCard>, Theirs["CategoryLine"]>,
  Reads<
    Loose<
      Omit<ours.FormAnswer, "schema" | "form" | "previous" | "year_to_date" | "standing" | "checks">
    >,
    Theirs["FormContext"]
  >,
  Reads<Loose<Omit<SpreadsheetAnswer, "content">>, Theirs["SpreadsheetContent"]>,
  Reads<Loose<Omit<ours.Receipt, "findings">>, Theirs["Receipt"]>,
  Reads<ours.Commitment, Theirs["CommitmentReceipt"]>,
  Takes<Partial<Theirs["CommitmentBody"]>, ours.CommitmentBody>,
  Reads<Loose<ours.SubmissionLine>, Theirs["SubmissionLine"]>,
  Reads<
    Loose<
      Pick<
        ours.SubmissionPage,
        "line" | "division" | "period" | "photos" | "reviews" | "history" | "turn" | "may_review"
      >
    >,
    Theirs["SubmissionPage"]
  >,
  Reads<Loose<ours.GridAnswer>, Theirs["Matrix"]>,
  Reads<Loose<Evidence>, Theirs["Evidence"]>,
  Reads<Loose<ours.AccountLine>, Theirs["AccountView"]>,
  Reads<ours.Invited, Theirs["Invited"]>,
  Reads<Loose<ours.DivisionLine>, Theirs["DivisionLine"]>,
  Reads<Loose<reminders.GroupLine>, Theirs["WebhookLine"]>,
  Reads<reminders.Tried, Theirs["Tried"]>,
  Reads<reminders.PushAnswer, Theirs["PushState"]>,
  Takes<Partial<Loose<Theirs["NewWebhook"]>>, Loose<reminders.NewGroup>>,
  Takes<Loose<Theirs["NewSubscription"]>, Loose<reminders.NewSubscription>>,
  Takes<
    Partial<Loose<Omit<Theirs["SubmissionBody"], "content" | "photos" | "publish">>>,
    Loose<Omit<ours.Submission, "content" | "photos" | "publish">>
  >,
];
