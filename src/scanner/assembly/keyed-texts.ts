/** The texts among the values of a line of keys, by role. A part of the twin of `parsers/match/keyed-values.ts`. */
import { ROLE_CLIENT_IP, ROLE_HTTP_VERSION, ROLE_MESSAGE, ROLE_URL, ROLES } from '../layout';
import { indexOf } from './bytes';
import { capture } from './draft';
import { reserve } from './memory';
import { captureRequest, captureTarget, isVersion, VERSION_BYTES } from './request';

/** Places of texts are the numbers of their roles; the whole target has that of the URL, the request line the last. */
export const MESSAGE: u32 = ROLE_MESSAGE;
export const TARGET: u32 = ROLE_URL;
export const REQUEST: u32 = ROLES;
/** Texts that no field is made of alone: a bit for each place. */
const SPECIAL: u32 = (1 << MESSAGE) | (1 << TARGET) | (1 << REQUEST);

/** Rank, address, address behind. */
const TEXT_BYTES: usize = 12;
const COMMA: u32 = 44;
const DASH: u8 = 45;

const texts: usize = reserve(TEXT_BYTES * <usize>(ROLES + 1));

class Texts {
  /** A bit for each text that is known. */
  static known: u32 = 0;
}

export function clearTexts(): void {
  Texts.known = 0;
}

// @ts-ignore: decorator
@inline
export function hasText(place: u32): bool {
  return (Texts.known & (1 << place)) != 0;
}

/** `HTTP/1.1` without its name; of a client behind proxies the first address. */
export function addField(role: u32, rank: u32, at: usize, end: usize): void {
  if (role == ROLE_HTTP_VERSION && isVersion(at, end)) return addText(role, rank, at + VERSION_BYTES, end);
  const comma = role == ROLE_CLIENT_IP ? indexOf(COMMA, at, end) : 0;
  addText(role, rank, at, comma == 0 ? end : comma);
}

/** Of equal rank the later one wins: a key that stands twice. */
export function addText(place: u32, rank: u32, at: usize, end: usize): void {
  const text = texts + TEXT_BYTES * <usize>place;
  if (hasText(place) && rank > load<u32>(text)) return;
  Texts.known |= 1 << place;
  store<u32>(text, rank);
  store<u32>(text + 4, <u32>at);
  store<u32>(text + 8, <u32>end);
}

/** Notes all texts in the draft: those with a key of their own behind what a request line states. */
export function captureTexts(): void {
  if (hasText(TARGET)) captureTarget(textAt(TARGET), textEnd(TARGET));
  else if (hasText(REQUEST)) captureRequest(textAt(REQUEST), textEnd(REQUEST));
  if (hasText(MESSAGE)) capture(MESSAGE, textAt(MESSAGE), textEnd(MESSAGE));
  for (let rest = Texts.known & ~SPECIAL; rest != 0; rest &= rest - 1) {
    const role = <u32>ctz(rest);
    const at = textAt(role);
    const end = textEnd(role);
    if (end != at + 1 || load<u8>(at) != DASH) capture(role, at, end);
  }
}

// @ts-ignore: decorator
@inline
function textAt(place: u32): usize {
  return load<u32>(texts + TEXT_BYTES * <usize>place + 4);
}

// @ts-ignore: decorator
@inline
function textEnd(place: u32): usize {
  return load<u32>(texts + TEXT_BYTES * <usize>place + 8);
}
