/** Line icons on a 24 grid; filled ones carry a status by their silhouette, so that they differ in black and white. */
import type { VNode } from "preact";

const line = (d: string): VNode => <path d={d} />;
const cut = "var(--paper)";

const SHAPES = {
  ok: (
    <>
      <circle cx="12" cy="12" r="9.5" fill="currentColor" stroke="none" />
      <path d="m7.6 12.4 3 3 5.8-6.2" stroke={cut} stroke-width="2.2" />
    </>
  ),
  late: (
    <>
      <path d="M12 2.8 22.4 21H1.6Z" fill="currentColor" stroke="none" />
      <path d="M12 9.4v5.2M12 17.8v.1" stroke={cut} stroke-width="2.2" />
    </>
  ),
  missing: (
    <>
      <path d="M12 1.2 22.8 12 12 22.8 1.2 12Z" fill="currentColor" stroke="none" />
      <path d="m8.6 8.6 6.8 6.8m0-6.8-6.8 6.8" stroke={cut} stroke-width="2.2" />
    </>
  ),
  act: (
    <>
      <path d="M8 1.8h8L22.2 8v8L16 22.2H8L1.8 16V8Z" fill="currentColor" stroke="none" />
      <path d="M12 6.6v6.6M12 17v.1" stroke={cut} stroke-width="2.4" />
    </>
  ),
  clock: line("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM12 7.500v5l3.2 2"),
  forward: line("m9.5 5 7 7-7 7"),
  back: line("m14.5 5-7 7 7 7"),
  down: line("m5 9.5 7 7 7-7"),
  up: line("m5 14.5 7-7 7 7"),
  photo: (
    <>
      <path d="M3.5 7h4l1.5-2.5h6L16.5 7h4v12.5h-17Z" />
      <circle cx="12" cy="13" r="3.8" />
    </>
  ),
  pencil: line("m4 20 1-4.5L16.5 4 20 7.5 8.5 19ZM14 6.5l3.5 3.5"),
  noSignal: (
    <>
      <path d="M4 20v-3M9 20v-6M14 20v-9M19 20V7" opacity=".45" />
      <path d="m3.5 4 17 17" stroke-width="2.2" />
    </>
  ),
  send: line("M12 20V5M5.5 11 12 4.5 18.5 11"),
  eye: (
    <>
      <path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  back2: line("M9 5 4 10l5 5M4 10h10a5.5 5.5 0 0 1 0 11h-3"),
  calendar: line("M4 5.5h16v15H4ZM4 10h16M8.5 3v4.5M15.5 3v4.5M12 13v3l2 1"),
  plus: line("M12 5v14M5 12h14"),
  check: line("m5 12.5 4.5 4.5L19 7"),
  close: line("m6 6 12 12M18 6 6 18"),
  erase: line("M8 5.5h13v13H8L2.5 12ZM11.5 9l6 6m0-6-6 6"),
  book: line("M12 6c-2-1.6-5-2-8-2v15c3 0 6 .4 8 2 2-1.6 5-2 8-2V4c-3 0-6 .4-8 2Zm0 0v15"),
  copy: line("M8 8V3.500h12.500V16H16M3.5 8H16v12.500H3.500Z"),
  bin: line("M4 6.500h16M9 6V3.500h6V6M6 6.5 7 20.500h10l1-14M10 10.500v6M14 10.500v6"),
  lock: line("M5.5 10.500h13v10h-13ZM8 10.500V7.500a4 4 0 0 1 8 0v3"),
  key: line(
    "M8 8.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 0 0 0-9ZM11.5 10.500l9-7M16.5 6.500l2.5 3.500",
  ),
  phone: line("M7 2.500h10v19H7ZM10.5 18.500h3"),
  people: line(
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 4.500a3.3 3.3 0 0 1 0 6.200M17.5 14.300c2.3.7 3.6 2.6 4 5.7",
  ),
  out: line("M14 4H4.500v16H14M9.5 12H21M17 8l4 4-4 4"),
  download: line("M12 3.500v11.500M7 10.500l5 5 5-5M4 20.500h16"),
  print: line("M7 8.500V3h10v5.500M7 17H3.500V8.500h17V17H17M7 14h10v6.500H7Z"),
  grid: line("M3.5 4.500h17v15h-17ZM3.5 9.500h17M3.5 14.500h17M9.2 4.500v15"),
  withdrawn: line("M5 3.500h14v17H5ZM8.5 8.500l7 7M15.5 8.500l-7 7"),
  filter: line("M3.5 5.500h17L14 13v6l-4 1.500V13Z"),
  tick: line("m4.5 13 5 5L20 7"),
  warn: line("M12 3.5 22 20.500H2ZM12 10v4.600M12 17.400v.1"),
  cross: (
    <>
      <rect x="2.5" y="2.5" width="19" height="19" rx="2" fill="currentColor" stroke="none" />
      <path d="m7.5 7.5 9 9m0-9-9 9" stroke="var(--surface)" stroke-width="2.4" />
    </>
  ),
  part: (
    <>
      <rect x="2.5" y="6" width="19" height="12" />
      <rect x="2.5" y="6" width="8" height="12" fill="currentColor" />
    </>
  ),
  unreviewed: (
    <>
      <rect x="3" y="3" width="18" height="18" stroke-dasharray="4.5 4.5" />
      <path d="M12 7.500v5M12 16.200v.1" />
    </>
  ),
  noPhoto: line(
    "M2.5 7h4l1.5-2.500h7L16.5 7h5v12.500h-19ZM12 16.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 22 21.5 2.5",
  ),
  unequal: line("M4 8.500h16M4 15.500h16M16.5 4l-9 16"),
  editions: line("M8 7V3h13v13h-4M3 8h13v13H3Z"),
  soon: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M12 3a9 9 0 0 1 0 18z" fill="currentColor" stroke="none" />
    </>
  ),
  ring: <circle cx="12" cy="12" r="8.5" />,
  openRing: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <circle cx="12" cy="12" r="3" fill="currentColor" stroke="none" />
    </>
  ),
  endedEarly: line("M5 3.500h14v11H5ZM12 12v8.500M8 17l4 4 4-4"),
  pin: line("M8 3.500h8l-1 7 3.500 3.500h-13L9 10.500ZM12 14v7"),
  pinned: <path d="M8 3.500h8l-1 7 3.500 3.500h-13L9 10.500ZM12 14v7" fill="currentColor" />,
  dashedRing: <circle cx="12" cy="12" r="9" stroke-dasharray="3.6 3.5" />,
  house: line("M3.5 11.500 12 4l8.5 7.500M6 10v10h12V10M10 20v-6h4v6"),
  speaker: line(
    "M3.5 9.500v5H7l5 4.500v-14L7 9.500ZM15.5 9a4.5 4.5 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11",
  ),
  search: line("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM15.3 15.300 20.5 20.500"),
  finger: line(
    "M9 13.500V5a1.8 1.8 0 0 1 3.600 0v6l5.400 1.200a2 2 0 0 1 1.500 2.200L19 20.500H10.500L5.2 15.400a1.700 1.700 0 0 1 2.400-2.400Z",
  ),
  struckRing: line("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18ZM5.7 18.3 18.3 5.7"),
};

export type IconName = keyof typeof SHAPES;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="ic" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {SHAPES[name]}
    </svg>
  );
}
