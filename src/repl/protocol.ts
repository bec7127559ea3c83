/**
 * What goes over the control socket: one JSON object a line. The server speaks first (`Hello`); then each request is answered
 * by any number of events and one result or error, all with the id of the request. Results are data, which the client renders.
 */

/** Raised when a client of before would misunderstand. */
export const PROTOCOL = 1;
/** Longest line, without its newline, in either direction. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** What JSON can tell. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One command, as `help` and completion show it. */
export interface CommandHelp {
  readonly name: string;
  /** What follows the name, such as `[--last SPAN]`; empty for nothing. */
  readonly usage: string;
  readonly help: string;
}

/** First line of the server. */
export interface Hello {
  readonly hello: {
    readonly name: 'millrace';
    readonly version: string;
    readonly protocol: number;
    readonly pid: number;
    readonly commands: readonly CommandHelp[];
  };
}

/** What a client asks. An id is the client's own: a whole number, of requests that run at once each another. */
export type Request =
  | { readonly id: number; readonly line: string }
  | { readonly id: number; readonly complete: string }
  | { readonly cancel: number };

/** What the server answers. So many events were `dropped` before this one, or before the result, as the client did not read. */
export type Reply =
  | { readonly id: number; readonly event: Json; readonly dropped?: number }
  | { readonly id: number; readonly result: Json; readonly dropped?: number }
  | { readonly id: number | null; readonly error: { readonly code: string; readonly message: string } };

/** A request, or what is wrong with the line. */
export type ParsedRequest =
  | { readonly isValid: true; readonly request: Request }
  | { readonly isValid: false; readonly id: number | null; readonly problem: string };

/** Reads a line of a client; any text gives an answer. */
export function parseRequest(line: string): ParsedRequest {
  const value = parseObject(line);
  if (value === null) return { isValid: false, id: null, problem: `expected a JSON object, found ${excerpt(line)}` };
  const { id, line: text, complete, cancel } = value;
  if (isId(cancel)) return { isValid: true, request: { cancel } };
  if (!isId(id)) return { isValid: false, id: null, problem: 'expected "id", a whole number of 0 to 2^53 - 1' };
  if (typeof text === 'string') return { isValid: true, request: { id, line: text } };
  if (typeof complete === 'string') return { isValid: true, request: { id, complete } };
  return { isValid: false, id, problem: 'expected "line" or "complete", a text' };
}

function parseObject(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

function isId(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

const EXCERPT_LENGTH = 40;

function excerpt(line: string): string {
  return JSON.stringify(line.length > EXCERPT_LENGTH ? `${line.slice(0, EXCERPT_LENGTH)}…` : line);
}
