import { failure } from '../domain/errors.js';
import { reasonOf } from '../sources/reason-of.js';

/** Writes a report to standard output and waits until it is out. A closed pipe (`| head`) is a reader who has enough. */
export function writeOut(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      if (error.code === 'EPIPE') resolve();
      else reject(failure('MR_ERR_OUTPUT_WRITE', ['the report', reasonOf(error)], error));
    };
    process.stdout.once('error', onError);
    process.stdout.write(text, (error) => {
      if (error) return onError(error);
      process.stdout.off('error', onError);
      resolve();
    });
  });
}
