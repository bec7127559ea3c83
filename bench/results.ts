/** The document of results: where they were measured, and how a section of it is renewed. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, release, totalmem } from 'node:os';
import { ROOT } from './places.js';

/** Date, commit, Node and machine, in one sentence. The load tells whether others were at work. */
export function describeMachine(): string {
  const isChanged = git('status', '--porcelain', '--untracked-files=no') !== '';
  const parts = [
    new Date().toISOString().slice(0, 10),
    `commit ${git('rev-parse', '--short', 'HEAD')}${isChanged ? ' with changes' : ''}`,
    `Node ${process.version}`,
    `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown'}`,
    `${Math.round(totalmem() / 2 ** 30)} GiB`,
    `Linux ${release()}`,
    `load ${(loadavg()[0] ?? 0).toFixed(2)} before`,
  ];
  return `${parts.join(', ')}.`;
}

/** The document with `body` below the heading `## title`: in place of what stood there, or at the end. */
export function withSection(document: string, title: string, body: string): string {
  const [head = '', ...sections] = document.split(/^(?=## )/m);
  const index = sections.findIndex((section) => section.split('\n', 1)[0] === `## ${title}`);
  const section = `## ${title}\n\n${body}`;
  const renewed = index < 0 ? [...sections, section] : sections.with(index, section);
  return `${[head, ...renewed].map((part) => part.trim()).join('\n\n')}\n`;
}

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
}
