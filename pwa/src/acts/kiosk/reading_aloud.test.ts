/** A notice read aloud, as loud as the township set it and whoever stands here wants it. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { point } from "./point";
import {
  hasVoice,
  hush,
  listenForVoices,
  readAloud,
  speaking,
  stillSpeaks,
  volume,
} from "./reading_aloud";

class Said {
  lang = "";
  rate = 1;
  volume = 1;
  onend = (): void => undefined;
  onerror = (): void => undefined;
  constructor(readonly text: string) {}
}

class Engine extends EventTarget {
  voices: object[] = [];
  said: Said[] = [];
  cancelled = 0;
  getVoices = (): object[] => this.voices;
  speak = (one: Said): number => this.said.push(one);
  cancel = (): number => ++this.cancelled;
}

let engine: Engine;

beforeEach(() => {
  engine = new Engine();
  vi.stubGlobal("speechSynthesis", engine);
  vi.stubGlobal("SpeechSynthesisUtterance", Said);
  hasVoice.value = false;
  point.value = {
    id: "hall",
    name: "",
    place: "",
    kind: "kiosk",
    volume: 3,
    division: { code: "640425103207", name: "", path: [] },
  };
});

afterEach(() => {
  hush();
  point.value = undefined;
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const last = (): Said => engine.said[engine.said.length - 1] as Said;

it("offers no voice until the device has one", () => {
  listenForVoices();
  expect(hasVoice.value).toBe(false);
  engine.voices = [{}];
  engine.dispatchEvent(new Event("voiceschanged"));
  expect(hasVoice.value).toBe(true);
});

it("speaks part by part, as loud as the township set it, amounts as numbers", () => {
  readAloud(["结余 −47,912.40 元", "第二段 1,200.00"]);
  expect(speaking.value).toBe(true);
  expect(last()).toMatchObject({ text: "结余 负47912.40 元", volume: 0.3, lang: "zh-CN" });
  last().onend();
  expect(last().text).toBe("第二段 1200");
  last().onend();
  expect(engine.said).toHaveLength(2);
  expect(speaking.value).toBe(false);
});

it("is louder from the next part on for whoever stands here, and as before for the next one", () => {
  readAloud(["一", "二"]);
  volume.value = 9;
  last().onend();
  expect(last().volume).toBe(0.9);
  hush();
  readAloud(["三"]);
  expect(last().volume).toBe(0.3);
});

it("stops when it is told to, and says nothing after that", () => {
  readAloud(["一", "二"]);
  const before = engine.cancelled;
  hush();
  expect(engine.cancelled).toBe(before + 1);
  last().onend(); // browsers end what was cancelled
  expect(engine.said).toHaveLength(1);
  expect(speaking.value).toBe(false);
});

it("is over when the engine fails, or says nothing for a minute", () => {
  vi.useFakeTimers({ toFake: ["performance"] });
  readAloud(["一"]);
  last().onerror();
  expect(speaking.value).toBe(false);
  readAloud(["一"]);
  vi.advanceTimersByTime(60_000);
  expect(stillSpeaks()).toBe(true);
  vi.advanceTimersByTime(1);
  expect(stillSpeaks()).toBe(false);
});

it("is no use where there is no engine, and does not fail", () => {
  vi.stubGlobal("speechSynthesis", undefined);
  listenForVoices();
  readAloud(["一"]);
  expect([hasVoice.value, speaking.value]).toEqual([false, false]);
});
