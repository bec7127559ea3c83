/** Where a log goes while it is generated: a file, a FIFO, or standard output. */
import { closeSync, fstatSync, futimesSync, openSync, writeSync } from 'node:fs';
import { failure } from '../domain/errors.js';
import { reasonOf } from '../sources/reason-of.js';

/** Takes blocks one after the other. Made when the first byte is due, ended by `close`. */
export interface BlockOutput {
  /** True for a file that stays. */
  readonly isFile: boolean;
  /**
   * Resolves when the block may be overwritten, with whether there is still a reader: a closed pipe (`| head`) is one
   * who has enough. @throws MR_ERR_OUTPUT_WRITE
   */
  readonly write: (block: Uint8Array) => Promise<boolean>;
  /** Ends the output. A file was modified at `modifiedAt`, epoch ms, as if it had been written when its lines say. */
  readonly close: (modifiedAt: number | null) => void;
}

/** Opens a path for writing, what it held is gone. @throws MR_ERR_OUTPUT_WRITE */
export function openFileOutput(path: string): BlockOutput {
  const descriptor = attempt(path, () => openSync(path, 'w'));
  const isFile = fstatSync(descriptor).isFile();
  return {
    isFile,
    write: async (block) => {
      try {
        for (let done = 0; done < block.length; ) done += writeSync(descriptor, block, done);
        return true;
      } catch (error) {
        if (isBrokenPipe(error)) return false;
        throw outputFailure(path, error);
      }
    },
    close: (modifiedAt) => {
      if (isFile && modifiedAt !== null) futimesSync(descriptor, modifiedAt / 1000, modifiedAt / 1000);
      closeSync(descriptor);
    },
  };
}

/** Standard output, as fast as its reader reads. */
export function standardOutput(): BlockOutput {
  const { stdout } = process;
  stdout.on('error', () => undefined); // the callback of the write tells it
  const write = (block: Uint8Array): Promise<boolean> =>
    new Promise((resolve, reject) => {
      stdout.write(block, (error) => {
        if (!error) return resolve(true);
        if (isBrokenPipe(error)) resolve(false);
        else reject(outputFailure('the log', error));
      });
    });
  return { isFile: false, write, close: () => undefined };
}

/** Does what opens or writes the file at `path`. @throws MR_ERR_OUTPUT_WRITE */
export function attempt<Result>(path: string, action: () => Result): Result {
  try {
    return action();
  } catch (error) {
    throw outputFailure(path, error);
  }
}

function outputFailure(what: string, error: unknown): Error {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
  return failure('MR_ERR_OUTPUT_WRITE', [what, isMissing ? 'its directory does not exist' : reasonOf(error)], error);
}

function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
