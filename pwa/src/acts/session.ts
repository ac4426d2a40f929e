import { effect, signal } from "@preact/signals";
import type { Text } from "../core/findings";
import { forgetAnswers, keepAnswer, keptAnswer } from "../keep/answers";
import { Problem, speakFor } from "../net/client";
import * as api from "../net/questions";
import type { Actor, Installation, Role, SignedIn } from "../net/shapes";

/** undefined: not known yet. null: nobody is signed in. */
export const actor = signal<Actor | null | undefined>(undefined);
export const passwordWanted = signal(false);
/** Whether there is an old password to be asked for. */
export const hasPassword = signal(true);
export const installation = signal<Installation | null>(null);
/** Why this person can only look now: their first day is to come, or their post is somebody else's. */
export const outOfOffice = signal<Text | null>(null);
/** The server has forgotten who this is; what is in the phone waits. */
export const signInAgain = signal(false);
/** Why this device was signed out, where somebody else did it: lost phone, handover, another device. */
export const ended = signal<Text | null>(null);

effect(() => speakFor(actor.value?.account_id ?? null));

/** The server said that this screen's person is not signed in (any more): why, and that nothing is lost. */
export function notSignedIn(problem: Problem): void {
  if (problem.slug === "someone-else-signed-in") {
    // The phone changed hands in another tab. What was written is kept; begin again as whoever has it now.
    location.assign("/app");
    return;
  }
  ended.value = problem.slug === "session-ended" ? problem.detail : null;
  signInAgain.value = true;
}

/** Whom this page has shown since it was opened. */
let here: string | null = null;
effect(() => {
  here = actor.value?.account_id ?? here;
});

async function remember(who: Actor): Promise<void> {
  await keepAnswer("me", Date.now(), who).catch(() => undefined);
}

/** Who is here? Asks the server; without a signal, whoever was here last. */
export async function begin(): Promise<void> {
  void api.installation().then(
    (answer) => {
      installation.value = answer;
    },
    () => undefined,
  );
  try {
    const answer = await api.me();
    passwordWanted.value = answer.must_set_password === true;
    hasPassword.value = answer.has_password === true;
    outOfOffice.value = answer.out ?? null;
    actor.value = answer.actor;
    await remember(answer.actor);
  } catch (error) {
    const last = await keptAnswer<Actor>("me").catch(() => null);
    if (error instanceof Problem && error.status === 401) {
      if (last !== null) notSignedIn(error);
      actor.value = null;
    } else {
      actor.value = last?.body ?? null;
    }
  }
}

/** Somebody signed in. A page that still remembers another person begins anew, so that nothing of theirs is shown. */
export async function arrived(signedIn: SignedIn): Promise<void> {
  const another = here !== null && here !== signedIn.actor.account_id;
  here = signedIn.actor.account_id;
  if (another) {
    await remember(signedIn.actor);
    location.assign("/app");
    await new Promise(() => undefined);
  }
  passwordWanted.value = signedIn.must_set_password;
  const known = await api.me().catch(() => null);
  hasPassword.value = known?.has_password !== false;
  outOfOffice.value = known?.out ?? null;
  actor.value = known?.actor ?? signedIn.actor;
  signInAgain.value = false;
  ended.value = null;
  await remember(actor.value);
}

/** Words for the devices list: what a person would call this thing. */
export function deviceName(agent: string): string {
  const system = /Android/.test(agent)
    ? "Android"
    : /iPhone|iPad/.test(agent)
      ? "iPhone"
      : /Windows/.test(agent)
        ? "Windows"
        : /Mac OS/.test(agent)
          ? "Mac"
          : "Linux";
  const browser = /MicroMessenger/.test(agent)
    ? "WeChat"
    : /Edg\//.test(agent)
      ? "Edge"
      : /Chrome\//.test(agent)
        ? "Chrome"
        : /Firefox\//.test(agent)
          ? "Firefox"
          : "Safari";
  return `${system} · ${browser}`;
}

export async function signInByCode(code: string): Promise<void> {
  await arrived(await api.signInByCode(code.trim().toUpperCase(), deviceName(navigator.userAgent)));
}

export async function signInByPassword(login: string, password: string): Promise<void> {
  await arrived(
    await api.signInByPassword(login.trim(), password, deviceName(navigator.userAgent)),
  );
}

export async function choosePassword(password: string, current?: string): Promise<void> {
  await api.setPassword(password, current);
  passwordWanted.value = false;
  hasPassword.value = true;
}

export async function signOut(): Promise<void> {
  await api.endSession("current").catch((error: unknown) => {
    // An answer of 401 means that it had ended already.
    if (!(error instanceof Problem && error.status === 401)) throw error;
  });
  await forgetAnswers();
  actor.value = null;
}

/** The screen a role begins with. */
export function homeOf(role: Role): string {
  if (role === "accountant") return "/app/tasks";
  return role === "supervisor" ? "/app/review" : "/app/grid";
}
