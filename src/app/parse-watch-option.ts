/** Turns the texts of the daemon's options into values; each says what it expected and what it found. */
import { failure } from '../domain/errors.js';
import { parseDuration, parseInstant } from './parse-option.js';

/** What the daemon reads at its first start of what is there: all, nothing, or what changed since an instant or for a time. */
export type Start = 'start' | 'end' | { readonly at: number } | { readonly agoMs: number };

/** Reads `start`, `end`, a time as `parseInstant` does, or how long ago: `2h`. @throws MR_ERR_OPTION_INVALID */
export function parseStart(option: string, text: string): Start {
  const word = text.trim();
  if (word === 'start' || word === 'end') return word;
  if (/^\d{4}-/.test(word)) return { at: parseInstant(option, word) };
  if (/^\d+(\.\d+)?\s*[a-z]+$/i.test(word)) return { agoMs: parseDuration(option, word) };
  throw failure('MR_ERR_OPTION_INVALID', [option, 'start, end, or a time such as 2h or 2026-11-25T10:00', text]);
}

/** Reads a path: any text without NUL. @throws MR_ERR_OPTION_INVALID */
export function parsePath(option: string, text: string): string {
  if (text === '' || text.includes('\0')) throw failure('MR_ERR_OPTION_INVALID', [option, 'a path', text]);
  return text;
}

/** Cuts a list at its commas, but for those in braces, and leaves empty parts out. */
export function splitList(text: string): readonly string[] {
  const parts = text.match(/(?:\{[^{}]*\}|[^,])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** Reads globs of paths below a directory, separated by commas. @throws MR_ERR_OPTION_INVALID */
export function parseGlobs(option: string, text: string): readonly string[] {
  const globs = splitList(text);
  const wrong = globs.find((glob) => glob.startsWith('/') || glob.startsWith('!') || glob.split('/').includes('..'));
  if (wrong !== undefined)
    throw failure('MR_ERR_OPTION_INVALID', [option, 'globs of paths below the directory, such as *.log', wrong]);
  return globs;
}

/** Reads a program, or a JSON array of it and its arguments. @throws MR_ERR_OPTION_INVALID */
export function parseCommand(option: string, text: string): readonly string[] {
  const words = text.trimStart().startsWith('[') ? jsonOf(text) : [text];
  if (!isTexts(words) || words[0] === undefined || words[0].trim() === '' || words.some((word) => word.includes('\0')))
    throw failure('MR_ERR_OPTION_INVALID', [option, 'a program, or a list of it and its arguments', text]);
  return words;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

/** Reads a URL of http or https. What is wrong is said without the URL, which may be a secret. @throws MR_ERR_OPTION_INVALID */
export function parseUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw failure('MR_ERR_OPTION_INVALID', [option, 'a URL that begins with http:// or https://', 'something else']);
  return text;
}
