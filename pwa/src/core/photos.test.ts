import { describe, expect, it } from "vitest";
import { takenAt, withTakenAt } from "./exif";
import { encoded, fitted, isPhotoSize } from "./photo_sizes";

const JPEG = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xda, 9, 9]);

describe("the time a photo was taken", () => {
  it.each([
    { at: "2026:10:12 09:41:07", zone: "+08:00" },
    { at: "2026:10:12 09:41:07", zone: null },
  ])("goes from one file into another: %j", (taken) => {
    const made = withTakenAt(JPEG, taken);
    expect(takenAt(made)).toEqual(taken);
    expect([...made.subarray(-10)]).toEqual([...JPEG.subarray(2)]);
  });

  it("is read in the other byte order, as Android writes it", () => {
    const words = "2026:10:12 09:41:07\0";
    const tiff = new DataView(new ArrayBuffer(64));
    tiff.setUint16(0, 0x4949);
    tiff.setUint16(2, 42, true);
    tiff.setUint32(4, 8, true);
    tiff.setUint16(8, 1, true);
    tiff.setUint16(10, 0x8769, true);
    tiff.setUint32(18, 26, true);
    tiff.setUint16(26, 1, true);
    tiff.setUint16(28, 0x9003, true);
    tiff.setUint16(30, 2, true);
    tiff.setUint32(32, words.length, true);
    tiff.setUint32(36, 44, true);
    for (let n = 0; n < words.length; n += 1) tiff.setUint8(44 + n, words.charCodeAt(n));
    const head = [0xff, 0xd8, 0xff, 0xe1, 0, 72, 0x45, 0x78, 0x69, 0x66, 0, 0];
    const file = Uint8Array.from([...head, ...new Uint8Array(tiff.buffer)]);
    expect(takenAt(file)).toEqual({ at: "2026:10:12 09:41:07", zone: null });
  });

  it("is nothing in a file without one, in a cut one, and in one that is no JPEG", () => {
    const made = withTakenAt(JPEG, { at: "2026:10:12 09:41:07", zone: "+08:00" });
    expect(takenAt(JPEG)).toBeNull();
    expect(takenAt(new Uint8Array(0))).toBeNull();
    expect(takenAt(Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0]))).toBeNull();
    for (let cut = 0; cut < 70; cut += 1) expect(takenAt(made.slice(0, cut))).toBeNull();
    expect(takenAt(withTakenAt(JPEG, { at: "0000:00:00 soon", zone: null }))).toBeNull();
  });
});

describe("the size of a photo", () => {
  it("fits the longer side and is never enlarged", () => {
    expect(fitted(4000, 3000, "standard")).toEqual([1920, 1440]);
    expect(fitted(3000, 4000, "small")).toEqual([960, 1280]);
    expect(fitted(800, 600, "standard")).toEqual([800, 600]);
    expect(fitted(4000, 3000, "original")).toEqual([4000, 3000]);
    expect(fitted(9000, 1, "small")).toEqual([1280, 1]);
  });

  it("gives up quality until it is small enough, and no further", async () => {
    const asked: number[] = [];
    const encode = (most: number) => async (quality: number) => {
      asked.push(quality);
      return { size: most * quality };
    };
    expect((await encoded(encode(300_000), "standard")).size).toBeCloseTo(246_000);
    expect(asked).toEqual([0.82]);
    asked.length = 0;
    await encoded(encode(450_000), "standard");
    expect(asked).toEqual([0.82, 0.74, 0.66]);
    asked.length = 0;
    await encoded(encode(9_000_000), "standard");
    expect(asked).toEqual([0.82, 0.74, 0.66, 0.58]);
    asked.length = 0;
    await encoded(encode(9_000_000), "original");
    expect(asked).toEqual([0.9]);
  });

  it("is one of three words", () => {
    expect(isPhotoSize("standard")).toBe(true);
    expect(isPhotoSize("huge")).toBe(false);
    expect(isPhotoSize(null)).toBe(false);
  });
});
