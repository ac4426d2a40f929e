/*
 * Preact puts off what follows a painting, by a timer of 35 ms that then asks for `cancelAnimationFrame`. Where a
 * file's last test ends earlier, the document is gone when it asks, and the run fails for nothing: so wait for it.
 */
import { afterAll, vi } from "vitest";

const LONGER_THAN_PREACT_WAITS = 50;

afterAll(async () => {
  vi.useRealTimers();
  await new Promise((done) => setTimeout(done, LONGER_THAN_PREACT_WAITS));
});
