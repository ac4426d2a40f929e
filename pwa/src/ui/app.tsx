/** Which screen for which address, and who may see it. */

import { useEffect } from "preact/hooks";
import { LocationProvider, Route, Router, useLocation } from "preact-iso";
import { loadPapers, sendPapers } from "../acts/papers";
import { loadSharers } from "../acts/phone";
import { loadOutbox, wake } from "../acts/sending";
import { actor, homeOf } from "../acts/session";
import { language, t } from "../messages";
import { speak } from "../net/questions";
import type { Role } from "../net/shapes";
import { DivisionsScreen } from "./administration/divisions";
import { Roles } from "./administration/roles";
import { Times } from "./administration/times";
import { Trail } from "./administration/trail";
import { Exemptions } from "./exemptions/list";
import { Fill } from "./fill/fill";
import { CrossScreen } from "./grid/cross";
import { Grid } from "./grid/grid";
import { HollowScreen } from "./grid/hollow";
import { OverviewScreen } from "./grid/overview";
import { PlanScreen } from "./grid/plan";
import { WarningsScreen } from "./grid/warnings";
import { Figures } from "./inquiries/figures";
import { Inquiries } from "./inquiries/list";
import { Looks } from "./inquiries/looks";
import { Inquiry } from "./inquiries/one";
import { Circulars } from "./inspections/circulars";
import { DrawScreen } from "./inspections/draw";
import { Inspections } from "./inspections/list";
import { VisitScreen } from "./inspections/visit";
import { ImportLedger } from "./ledgers/bring";
import { Ledgers } from "./ledgers/list";
import { Me } from "./me/me";
import { NewPosting, Publish } from "./new_posting";
import { Notices } from "./notices/list";
import { CoverageScreen } from "./outreach/coverage";
import { OutreachForm } from "./outreach/form";
import { Outreach } from "./outreach/list";
import { OutreachRecord } from "./outreach/one";
import { Tell } from "./outreach/tell";
import { Payments } from "./payments/lists";
import { LoadPayments } from "./payments/load";
import { Accounts } from "./people/accounts";
import { Batch } from "./people/batch";
import { Groups } from "./people/groups";
import { Notice, Skeleton } from "./pieces";
import { Points } from "./points/points";
import { Post } from "./post/post";
import { Rectifications } from "./rectifications/list";
import { Rectification } from "./rectifications/one";
import { Queue } from "./review/queue";
import { Review } from "./review/sheet";
import { CategoriesInUse } from "./rules/in_use";
import { Policies } from "./rules/policies";
import { WorkingDays } from "./rules/working_days";
import { Sent } from "./sent";
import { Page } from "./shell";
import { Password } from "./sign_in/password";
import { SignIn } from "./sign_in/sign_in";
import { Tasks } from "./tasks";

/** A screen for some roles; others are told so, and those who are not signed in are asked to. */
function forRoles(roles: readonly Role[], Screen: () => preact.VNode | null) {
  return function Guarded() {
    const { route } = useLocation();
    const who = actor.value;
    useEffect(() => {
      if (who === null) route("/app/sign-in", true);
    }, [who]);
    if (!who) {
      return (
        <Page title={t("loading")}>
          <section>
            <Skeleton />
          </section>
        </Page>
      );
    }
    if (!roles.includes(who.role)) {
      return (
        <Page title={t("forbidden.title")} back={{ href: "/app", words: t("home") }}>
          <Notice icon="lock" title={t("forbidden.note", { role: t(`role.${who.role}`) })}>
            <a class="btn" href={homeOf(who.role)}>
              {t("home")}
            </a>
          </Notice>
        </Page>
      );
    }
    return <Screen />;
  };
}

const EVERYONE: Role[] = [
  "accountant",
  "supervisor",
  "auditor",
  "editor",
  "administrator",
  "examiner",
];
// Whoever checks, from inside or outside, and changes nothing here.
const CHECKERS: Role[] = ["auditor", "administrator", "examiner"];
const POSTERS: Role[] = ["accountant", "editor"];
// A township's record may be signed by its auditor or its editor.
const SIGNERS: Role[] = ["supervisor", "auditor", "editor"];
// Supervisors see what they were asked to look into.
const ANSWERERS: Role[] = ["accountant", "supervisor", "auditor", "editor"];
// Whoever comes from outside reads what was drawn and found.
const INSPECTORS: Role[] = ["auditor", "editor", "examiner"];
// Whoever tells people of what is public, and whoever checks that it was done.
const TELLERS: Role[] = ["accountant", "auditor", "editor", "examiner"];
const SCREENS = {
  tasks: forRoles(POSTERS, Tasks),
  fresh: forRoles(POSTERS, NewPosting),
  post: forRoles(POSTERS, Post),
  fill: forRoles(POSTERS, Fill),
  sent: forRoles(POSTERS, Sent),
  queue: forRoles(SIGNERS, Queue),
  review: forRoles(SIGNERS, Review),
  grid: forRoles(["auditor", "editor", "administrator", "examiner"], Grid),
  overview: forRoles(["auditor", "editor", "administrator", "examiner"], OverviewScreen),
  warnings: forRoles(["auditor", "editor", "administrator", "examiner"], WarningsScreen),
  plan: forRoles(["auditor", "editor", "administrator", "examiner"], PlanScreen),
  cross: forRoles(["auditor", "editor", "administrator", "examiner"], CrossScreen),
  exemptions: forRoles(["auditor", "editor", "administrator", "examiner"], Exemptions),
  hollow: forRoles(["auditor", "editor", "administrator", "examiner"], HollowScreen),
  publish: forRoles(["editor"], Publish),
  accounts: forRoles(["administrator"], Accounts),
  batch: forRoles(["administrator"], Batch),
  divisions: forRoles(["administrator"], DivisionsScreen),
  groups: forRoles(["administrator"], Groups),
  points: forRoles(["auditor", "editor", "administrator", "examiner"], Points),
  notices: forRoles(["auditor", "editor", "administrator", "examiner"], Notices),
  policies: forRoles(["auditor", "editor", "administrator", "examiner"], Policies),
  inUse: forRoles(["auditor", "editor", "administrator", "examiner"], CategoriesInUse),
  workingDays: forRoles(["auditor", "editor", "administrator", "examiner"], WorkingDays),
  trail: forRoles(CHECKERS, Trail),
  roles: forRoles(EVERYONE, Roles),
  times: forRoles(INSPECTORS, Times),
  inquiries: forRoles(ANSWERERS, Inquiries),
  inquiry: forRoles(ANSWERERS, Inquiry),
  figures: forRoles(["auditor", "editor", "examiner"], Figures),
  looks: forRoles(["auditor", "examiner"], Looks),
  inspections: forRoles(INSPECTORS, Inspections),
  draw: forRoles(INSPECTORS, DrawScreen),
  circulars: forRoles(INSPECTORS, Circulars),
  visit: forRoles(["auditor", "editor"], VisitScreen),
  rectifications: forRoles([...ANSWERERS, "examiner"], Rectifications),
  rectification: forRoles([...ANSWERERS, "examiner"], Rectification),
  outreach: forRoles(TELLERS, Outreach),
  outreachRecord: forRoles(TELLERS, OutreachRecord),
  outreachForm: forRoles(POSTERS, OutreachForm),
  coverage: forRoles(TELLERS, CoverageScreen),
  tell: forRoles(TELLERS, Tell),
  payments: forRoles(["auditor", "editor"], Payments),
  loadPayments: forRoles(["editor"], LoadPayments),
  ledgers: forRoles(INSPECTORS, Ledgers),
  importLedger: forRoles(["editor"], ImportLedger),
  me: forRoles(EVERYONE, Me),
  password: forRoles(EVERYONE, Password),
};

function Home() {
  const { route } = useLocation();
  const who = actor.value;
  useEffect(() => {
    if (who === null) route("/app/sign-in", true);
    else if (who) route(homeOf(who.role), true);
  }, [who]);
  return (
    <Page title={t("site")}>
      <section>
        <Skeleton />
      </section>
    </Page>
  );
}

function Lost() {
  return (
    <Page title={t("missing.title")} back={{ href: "/app", words: t("home") }}>
      <Notice icon="act" title={t("missing.note")} />
    </Page>
  );
}

export function App() {
  const who = actor.value;
  // Titles and sheets come in the language of the screen.
  speak(language.value);
  useEffect(() => {
    if (who) void loadOutbox().then(wake);
    if (who) void loadPapers().then(sendPapers);
    if (who) void loadSharers().catch(() => undefined);
  }, [who?.account_id]);
  useEffect(() => {
    const signal = (): void => void sendPapers();
    addEventListener("online", signal);
    return () => removeEventListener("online", signal);
  }, []);
  return (
    <LocationProvider scope="/app">
      <Router>
        <Route path="/app" component={Home} />
        <Route path="/app/sign-in" component={SignIn} />
        <Route path="/app/password" component={SCREENS.password} />
        <Route path="/app/policies" component={SCREENS.policies} />
        <Route path="/app/in-use" component={SCREENS.inUse} />
        <Route path="/app/working-days" component={SCREENS.workingDays} />
        <Route path="/app/trail" component={SCREENS.trail} />
        <Route path="/app/roles" component={SCREENS.roles} />
        <Route path="/app/times" component={SCREENS.times} />
        <Route path="/app/me" component={SCREENS.me} />
        <Route path="/app/tasks" component={SCREENS.tasks} />
        <Route path="/app/new" component={SCREENS.fresh} />
        <Route path="/app/post/:id" component={SCREENS.post} />
        <Route path="/app/post/:id/fill" component={SCREENS.fill} />
        <Route path="/app/sent/:id" component={SCREENS.sent} />
        <Route path="/app/review" component={SCREENS.queue} />
        <Route path="/app/review/:id" component={SCREENS.review} />
        <Route path="/app/inquiries" component={SCREENS.inquiries} />
        <Route path="/app/inquiries/figures" component={SCREENS.figures} />
        <Route path="/app/inquiries/looks" component={SCREENS.looks} />
        <Route path="/app/inquiries/:id" component={SCREENS.inquiry} />
        <Route path="/app/inspections" component={SCREENS.inspections} />
        <Route path="/app/inspections/circulars" component={SCREENS.circulars} />
        <Route path="/app/inspections/:id" component={SCREENS.draw} />
        <Route path="/app/inspections/:id/:rank" component={SCREENS.visit} />
        <Route path="/app/rectifications" component={SCREENS.rectifications} />
        <Route path="/app/rectifications/:id" component={SCREENS.rectification} />
        <Route path="/app/outreach" component={SCREENS.outreach} />
        <Route path="/app/outreach/coverage" component={SCREENS.coverage} />
        <Route path="/app/outreach/new" component={SCREENS.outreachForm} />
        <Route path="/app/outreach/:id" component={SCREENS.outreachRecord} />
        <Route path="/app/outreach/:id/correct" component={SCREENS.outreachForm} />
        <Route path="/app/tell/:id" component={SCREENS.tell} />
        <Route path="/app/grid" component={SCREENS.grid} />
        <Route path="/app/grid/overview" component={SCREENS.overview} />
        <Route path="/app/grid/plan" component={SCREENS.plan} />
        <Route path="/app/grid/cross" component={SCREENS.cross} />
        <Route path="/app/grid/exemptions" component={SCREENS.exemptions} />
        <Route path="/app/grid/hollow" component={SCREENS.hollow} />
        <Route path="/app/grid/warnings" component={SCREENS.warnings} />
        <Route path="/app/publish" component={SCREENS.publish} />
        <Route path="/app/payments" component={SCREENS.payments} />
        <Route path="/app/payments/new" component={SCREENS.loadPayments} />
        <Route path="/app/ledgers" component={SCREENS.ledgers} />
        <Route path="/app/ledgers/new" component={SCREENS.importLedger} />
        <Route path="/app/accounts" component={SCREENS.accounts} />
        <Route path="/app/divisions" component={SCREENS.divisions} />
        <Route path="/app/accounts/batch" component={SCREENS.batch} />
        <Route path="/app/groups" component={SCREENS.groups} />
        <Route path="/app/notices" component={SCREENS.notices} />
        <Route path="/app/points" component={SCREENS.points} />
        <Route default component={Lost} />
      </Router>
    </LocationProvider>
  );
}
