/** The repository's own files, for the tests that read sources and documents. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository: tests run from `dist/test/`. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** Paths of the files below `folder` whose names end in `suffix`, relative to it, sorted. */
export function filesIn(folder: string, suffix: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(suffix))
    .map((path) => path.replaceAll('\\', '/'))
    .sort();
}

/** The text of a file of the repository. */
export function textOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A source without its comments; what follows `//` in a line is taken for one where a blank or nothing stands before. */
export function codeOf(path: string): string {
  return textOf(path)
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/(^|\s)\/\/.*$/gm, '$1');
}
