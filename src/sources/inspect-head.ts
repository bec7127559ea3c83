/** Looks at the first bytes of an input: what kind of file it is when it is no text log. */

/** Bytes at the head of an input that are looked at. */
export const HEAD_BYTES = 64 * 1024;

const MAGIC: readonly (readonly [string, string])[] = [
  ['\x1f\x8b', 'a gzip file: try zcat FILE | millrace analyze -'],
  ['BZh', 'a bzip2 file: try bzcat FILE | millrace analyze -'],
  ['\xfd7zXZ\0', 'an xz file: try xzcat FILE | millrace analyze -'],
  ['\x28\xb5\x2f\xfd', 'a zstd file: try zstdcat FILE | millrace analyze -'],
  ['PK\x03\x04', 'a zip archive'],
  ['\x7fELF', 'a program'],
  ['\x89PNG', 'an image'],
  ['\xff\xd8\xff', 'an image'],
  ['GIF8', 'an image'],
  ['%PDF-', 'a PDF document'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['LPKSHHRH', 'a systemd journal: try journalctl --file FILE -o short-iso | millrace analyze -'],
  ['\xff\xfe', 'UTF-16 text: try iconv -f UTF-16 -t UTF-8 FILE | millrace analyze -'],
  ['\xfe\xff', 'UTF-16 text: try iconv -f UTF-16 -t UTF-8 FILE | millrace analyze -'],
];

/** Share of control bytes from which a file is taken for binary; of random bytes one in ten is such. */
const MAX_CONTROL_SHARE = 0.05;

/**
 * Says what `head` is, as the end of the sentence "… is no text log but"; null for text. Runs of NUL are no sign: power
 * cuts and truncating writers leave them in logs.
 */
export function binaryKind(head: Buffer): string | null {
  const text = head.toString('latin1', 0, 16);
  for (const [magic, kind] of MAGIC) if (text.startsWith(magic)) return kind;
  let controls = 0;
  let others = 0;
  for (const byte of head) {
    if (byte === 0) continue;
    if (isControl(byte)) controls += 1;
    else others += 1;
  }
  return controls > MAX_CONTROL_SHARE * (controls + others) ? 'binary data' : null;
}

function isControl(byte: number): boolean {
  const isBlank = byte >= 9 && byte <= 13;
  return (byte < 32 && !isBlank && byte !== 27) || byte === 127;
}
