/** Where things are. The bench runs from `dist/bench/`. */
import { fileURLToPath } from 'node:url';

const fromHere = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The root of the repository. */
export const ROOT = fromHere('../../');
/** Logs that the bench writes; git does not see it. */
export const DATA = fromHere('../../bench/data/');
/** What npm has of the peers, so that it never becomes a dependency of the project. */
export const NPM_PEERS = fromHere('../../bench/data/peers/');
export const RESULTS = fromHere('../../bench/RESULTS.md');
/** The command line of the project, as it is shipped. */
export const MAIN = fromHere('../src/bundle/main.js');
