/**
 * When a photo was taken, carried from the camera's file into the smaller one. Nothing else is carried:
 * no place, no device, no name. Pictures that were never a camera's have no such time.
 */

export interface Taken {
  /** As EXIF writes it: `2026:10:12 09:41:07`, in the camera's own zone. */
  at: string;
  /** `+08:00`, where the camera says so. */
  zone: string | null;
}

const EXIF = [0x45, 0x78, 0x69, 0x66, 0, 0]; // "Exif", two zeros
const EXIF_IFD = 0x8769;
const TAKEN_AT = 0x9003; // DateTimeOriginal
const TAKEN_ZONE = 0x9011; // OffsetTimeOriginal
const ASCII = 2;
const LONG = 4;

/** The time in a JPEG's EXIF; null when there is none that can be read. Damaged EXIF is common and harmless. */
export function takenAt(jpeg: Uint8Array): Taken | null {
  try {
    const tiff = tiffIn(jpeg);
    if (tiff === null) return null;
    const little = tiff.getUint16(0) === 0x4949;
    const top = entries(tiff, tiff.getUint32(4, little), little);
    const below = top.get(EXIF_IFD);
    if (below === undefined) return null;
    const exif = entries(tiff, tiff.getUint32(below + 8, little), little);
    const at = text(tiff, exif.get(TAKEN_AT), little);
    const zone = text(tiff, exif.get(TAKEN_ZONE), little);
    if (at === null || !/^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/.test(at)) return null;
    return { at, zone: zone !== null && /^[+-]\d\d:\d\d$/.test(zone) ? zone : null };
  } catch {
    return null; // an offset that leads outside
  }
}

/** The same JPEG with this one time in it. */
export function withTakenAt(jpeg: Uint8Array, taken: Taken): Uint8Array {
  const segment = segmentOf(taken);
  const whole = new Uint8Array(jpeg.length + segment.length);
  whole.set(jpeg.subarray(0, 2)); // the start of every JPEG
  whole.set(segment, 2);
  whole.set(jpeg.subarray(2), 2 + segment.length);
  return whole;
}

function tiffIn(jpeg: Uint8Array): DataView | null {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  for (let at = 2; at + 4 <= view.byteLength; ) {
    const marker = view.getUint16(at);
    if (marker < 0xffe0 || marker > 0xfffe) return null; // the pictures begin
    const length = view.getUint16(at + 2);
    if (marker === 0xffe1 && EXIF.every((byte, n) => jpeg[at + 4 + n] === byte)) {
      return new DataView(jpeg.buffer, jpeg.byteOffset + at + 10, length - 8);
    }
    at += 2 + length;
  }
  return null;
}

/** Where each entry of a directory stands, by its tag. */
function entries(tiff: DataView, at: number, little: boolean): Map<number, number> {
  const found = new Map<number, number>();
  const count = tiff.getUint16(at, little);
  for (let n = 0; n < count; n += 1) {
    const entry = at + 2 + n * 12;
    found.set(tiff.getUint16(entry, little), entry);
  }
  return found;
}

function text(tiff: DataView, entry: number | undefined, little: boolean): string | null {
  if (entry === undefined || tiff.getUint16(entry + 2, little) !== ASCII) return null;
  const length = Math.min(40, tiff.getUint32(entry + 4, little));
  const from = length <= 4 ? entry + 8 : tiff.getUint32(entry + 8, little);
  let said = "";
  for (let n = 0; n < length; n += 1) said += String.fromCharCode(tiff.getUint8(from + n));
  return said.replace(/\0.*$/, "").trim();
}

/** An APP1 segment with one directory that leads to another with one or two texts. */
function segmentOf({ at, zone }: Taken): Uint8Array {
  const texts: [number, string][] = [[TAKEN_AT, `${at}\0`]];
  if (zone !== null) texts.push([TAKEN_ZONE, `${zone}\0`]);
  const exifAt = 26;
  let dataAt = exifAt + 2 + texts.length * 12 + 4;
  const size = texts.reduce((sum, [, said]) => sum + said.length, dataAt);
  const bytes = new Uint8Array(10 + size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xffe1);
  view.setUint16(2, 8 + size);
  bytes.set(EXIF, 4);
  const tiff = new DataView(bytes.buffer, 10);
  tiff.setUint32(0, 0x4d4d002a); // big-endian
  tiff.setUint32(4, 8);
  tiff.setUint16(8, 1);
  tiff.setUint16(10, EXIF_IFD);
  tiff.setUint16(12, LONG);
  tiff.setUint32(14, 1);
  tiff.setUint32(18, exifAt);
  tiff.setUint16(exifAt, texts.length);
  texts.forEach(([tag, said], n) => {
    const entry = exifAt + 2 + n * 12;
    tiff.setUint16(entry, tag);
    tiff.setUint16(entry + 2, ASCII);
    tiff.setUint32(entry + 4, said.length);
    tiff.setUint32(entry + 8, dataAt);
    for (let i = 0; i < said.length; i += 1) tiff.setUint8(dataAt + i, said.charCodeAt(i));
    dataAt += said.length;
  });
  return bytes;
}
