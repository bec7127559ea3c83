import { settle } from './settle.js';

/** Names of the errors that were rejected without a handler in `run` and in what it set off. */
export async function strayRejections(run: () => unknown): Promise<string[]> {
  const strays: string[] = [];
  const note = (reason: unknown): void => {
    strays.push(reason instanceof Error ? reason.name : String(reason));
  };
  const usual = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
  try {
    await run();
    await settle();
  } finally {
    process.off('unhandledRejection', note);
    for (const listener of usual) process.on('unhandledRejection', listener);
  }
  return strays;
}
