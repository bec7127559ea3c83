import { cutEnd, displayWidth } from './display-width.js';
import { escapeTerminal } from './escape-terminal.js';

/** What a piece of text means to the eye; a colour only in colour mode. */
export type Tone = 'plain' | 'label' | 'strong' | 'quiet' | 'warning' | 'bad';

/** Escaped text of one tone. Made by `span` only, so that nothing reaches a terminal unescaped. */
export interface Span {
  readonly text: string;
  readonly tone: Tone;
}

/** One line of output, without its newline. */
export type Line = readonly Span[];

/** Columns of the labels at the left, the blank behind them included. */
export const LABEL_COLUMNS = 12;

/** SGR parameters (ECMA-48, 8.3.117). */
const SGR: Readonly<Record<Tone, string>> = {
  plain: '',
  label: '36',
  strong: '1',
  quiet: '2',
  warning: '33',
  bad: '31',
};
const DOT = span(' · ', 'quiet');
const BLANK = span(' ');

/** Makes a span; the text is escaped, whoever wrote it. */
export function span(text: string, tone: Tone = 'plain'): Span {
  return { text: escapeTerminal(text), tone };
}

/** Measures a line in columns. */
export function lineWidth(line: Line): number {
  return line.reduce((columns, { text }) => columns + displayWidth(text), 0);
}

/** Shortens a line to at most `columns`, with an ellipsis where something is missing. */
export function cutLine(line: Line, columns: number): Line {
  if (lineWidth(line) <= columns) return line;
  const kept: Span[] = [];
  let left = columns;
  for (const { text, tone } of line) {
    // One column stays free for the ellipsis: `text` is the first that does not fit, or fills the line to the last.
    const isWhole = displayWidth(text) < left;
    kept.push({ text: isWhole ? text : cutEnd(`${text}…`, left), tone });
    if (!isWhole) break;
    left -= displayWidth(text);
  }
  return kept;
}

/**
 * Fills lines with items, a separator between two on one line. Breaks between items; an item that is longer than a line
 * is broken between its words, and a word that is longer is cut.
 */
export function flow(items: readonly Line[], columns: number, separator: Span = DOT): Line[] {
  const gap = displayWidth(separator.text);
  const lines: Line[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && lineWidth(last) + gap + lineWidth(item) <= columns) {
      lines[lines.length - 1] = [...last, separator, ...item];
    } else {
      lines.push(...(lineWidth(item) <= columns ? [item] : flowWords(item, columns)));
    }
  }
  return lines;
}

/** Breaks a sentence into lines between words. */
export function wrap(sentence: string, columns: number, tone: Tone = 'plain'): Line[] {
  return flowWords([span(sentence, tone)], columns);
}

function flowWords(line: Line, columns: number): Line[] {
  const words = line.flatMap(({ text, tone }) => {
    const parts = text.split(' ').filter((part) => part !== '');
    return parts.map((part) => cutLine([span(part, tone)], columns));
  });
  return flow(words, columns, BLANK);
}

/** Sets a label before the first line and the same indent before the others; nothing where there are no lines. */
export function labelled(label: string, lines: readonly Line[], tone: Tone = 'label'): Line[] {
  return lines.map((line, index) => {
    const head = index === 0 ? cutEnd(escapeTerminal(label), LABEL_COLUMNS - 1) : '';
    return [span(head, tone), span(' '.repeat(LABEL_COLUMNS - displayWidth(head))), ...line];
  });
}

/** Indents lines by some columns. */
export function indented(lines: readonly Line[], columns: number): Line[] {
  return lines.map((line) => [span(' '.repeat(columns)), ...line]);
}

/** Turns lines into text, each cut to `columns` and ended by a newline; the only place that writes colours. */
export function printLines(lines: readonly Line[], columns: number, useColor: boolean): string {
  return lines.map((line) => `${printLine(cutLine(line, columns), useColor)}\n`).join('');
}

function printLine(line: Line, useColor: boolean): string {
  const end = line.findLastIndex(({ text }) => text.trim() !== '');
  const shown = line
    .slice(0, end + 1)
    .map((part, index) => (index === end ? { ...part, text: part.text.trimEnd() } : part));
  if (!useColor) return shown.map(({ text }) => text).join('');
  return joinTones(shown).map(paint).join('');
}

function joinTones(line: Line): Line {
  return line.reduce<Span[]>((joined, part) => {
    const last = joined.at(-1);
    if (last?.tone !== part.tone) return [...joined, part];
    return [...joined.slice(0, -1), { text: last.text + part.text, tone: part.tone }];
  }, []);
}

function paint({ text, tone }: Span): string {
  return SGR[tone] === '' || text === '' ? text : `\u001b[${SGR[tone]}m${text}\u001b[0m`;
}
