import { ThreadPool, type ThreadPoolOptions } from '../../src/threads/thread-pool.js';
import { PLAN } from './simulated-job.js';

/** A pool of real scan threads over the log of a simulated job, which lies in the file behind `descriptor`. */
export function poolOver(
  descriptor: number,
  options: Pick<ThreadPoolOptions, 'threads' | 'maxHeapMb'> & { readonly entry?: string },
): ThreadPool {
  const { threads, maxHeapMb, entry } = options;
  return new ThreadPool({
    threads,
    slots: [],
    summary: { windowMs: 60_000 },
    poison: null,
    maxHeapMb,
    planOf: () => PLAN,
    descriptorOf: () => descriptor,
    ...(entry === undefined ? {} : { entry: new URL(entry, import.meta.url) }),
  });
}
