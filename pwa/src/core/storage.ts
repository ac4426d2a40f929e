/** How safe the phone's own store is: browsers wipe it in some places, and people should hear of it before. */

export interface Device {
  agent: string;
  /** Opened from the home screen. */
  standalone: boolean;
  touchPoints: number;
  /** Bytes that the browser gives us; null when it does not say. */
  quota: number | null;
  /** Bytes of script memory that the browser allows; null when it does not say. */
  heap: number | null;
  /** The browser promised to keep what we store. */
  persisted: boolean;
}

/** Why what is kept may be wiped; null when nothing speaks for it. */
export type Risk = "in_app" | "private" | "ios" | null;

/** Chat and shopping apps whose built-in windows keep little and forget it. */
const IN_APP =
  /MicroMessenger|\bQQ\/|DingTalk|AlipayClient|AliApp|Weibo|baiduboxapp|aweme|NewsArticle|Lark\/|; wv\)|FBAN|FBAV/i;
const SMALL = 120 * 1024 * 1024;

export function riskOf(device: Device): Risk {
  if (IN_APP.test(device.agent)) return "in_app";
  if (isApple(device) && !device.standalone) return "ios";
  // A private window gets a share of the memory where an ordinary one gets a share of the disk.
  const privateMost = Math.max(SMALL, 2 * (device.heap ?? 0));
  if (!device.persisted && device.quota !== null && device.quota < privateMost) return "private";
  return null;
}

/** iPads call themselves Macs; no Mac has a touch screen. */
function isApple({ agent, touchPoints }: Device): boolean {
  return /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touchPoints > 1);
}

/** Bytes as people read them: 640 KB, 3.2 MB, 12 GB. */
export function sizeText(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} KB`;
  const [n, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${n < 10 ? n.toFixed(1) : Math.round(n)} ${unit}`;
}
