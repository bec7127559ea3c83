/** The watched directories by the names that the user gave them. */
import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ByteString, encodeText } from '../../domain/byte-string.js';

/** Says in which watched directory a path lies; a directory may be a link, and may come and go. */
export class WatchedRoots {
  readonly #places = new Map<string, ByteString>();

  constructor(names: readonly string[]) {
    for (const name of names) this.#places.set(resolve(name), '');
  }

  /** Absolute, as the user named them. */
  get names(): readonly string[] {
    return [...this.#places.keys()];
  }

  /** The name of the innermost watched directory in which a path lies, which the follower found: links are resolved. */
  nameOf(path: ByteString): string {
    const known = this.#find(path);
    if (known !== null) return known;
    this.#look();
    return this.#find(path) ?? '';
  }

  #find(path: ByteString): string | null {
    let best: string | null = null;
    let longest = 0;
    for (const [name, place] of this.#places) {
      if (place.length <= longest || !path.startsWith(place)) continue;
      best = name;
      longest = place.length;
    }
    return best;
  }

  #look(): void {
    for (const name of this.#places.keys()) {
      try {
        this.#places.set(name, `${encodeText(realpathSync(name)).replace(/\/$/, '')}/`);
      } catch {} // it is not there now: nothing lies in it
    }
  }
}
