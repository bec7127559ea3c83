/** How the machine of a file is kept with its stream: a step without an actor, and JSON of less than 200 bytes. */
import { fileMachine } from './file-machine.js';
import { type Standing, standingOf } from './standing.js';

export type FileStanding = Standing<typeof fileMachine>;
const VERSION = 1;

/** Short names and little else: there is one for each file. */
type Saved = readonly [
  version: number,
  state: FileStanding['state'],
  format: string | null,
  watermark: number | null,
  sample: FileStanding['context']['sample'],
  foreignSamples: number,
  foreignLines: number,
];

/** A file that was just found. */
export const DISCOVERED: FileStanding = standingOf(fileMachine, undefined);

/** The machine as it is kept in `StreamRecord.machine`. */
export function savedFile({ state, context }: FileStanding): string {
  const { format, watermark, sample, foreignSamples, foreignLines } = context;
  const saved: Saved = [VERSION, state, format, watermark, sample, foreignSamples, foreignLines];
  return JSON.stringify(saved);
}

/** What `savedFile` saved; a file that was just found where that is '' or of another version. */
export function restoredFile(text: string): FileStanding {
  if (text === '') return DISCOVERED;
  const [version, state, format, watermark, sample, foreignSamples, foreignLines] = JSON.parse(text) as Saved; // of a sealed row
  if (version !== VERSION) return DISCOVERED;
  return { state, context: { format, watermark, sample, foreignSamples, foreignLines } };
}
