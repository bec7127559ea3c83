/** The settings in force, which a reload may change while all runs on; and the log that goes by them. */
import { type KindOfPath } from '../../sources/follow/list-roots.js';
import { pathFilter } from '../../sources/follow/path-filter.js';
import { type Log, openLog } from '../log.js';
import { type Reload, reloadable } from '../reloadable.js';
import type { WatchConfig } from '../watch-config.js';

export class LiveSettings {
  #config: WatchConfig;
  #kindOf: KindOfPath;
  #log: Log;

  constructor(config: WatchConfig) {
    this.#config = config;
    this.#kindOf = pathFilter(config);
    this.#log = openLog(config.log);
  }

  get config(): WatchConfig {
    return this.#config;
  }

  /** What a file is by its path below a root, as settings say now. */
  readonly kindOf: KindOfPath = (path) => this.#kindOf(path);

  /** Goes by the settings of the moment. */
  readonly log: Log = {
    error: (sentence, fields) => this.#log.error(sentence, fields),
    warn: (sentence, fields) => this.#log.warn(sentence, fields),
    info: (sentence, fields) => this.#log.info(sentence, fields),
    debug: (sentence, fields) => this.#log.debug(sentence, fields),
  };

  /** Takes over what takes effect at once. */
  reload(after: WatchConfig): Reload {
    const reload = reloadable(this.#config, after);
    this.#config = reload.config;
    this.#kindOf = pathFilter(reload.config);
    this.#log = openLog(reload.config.log);
    return reload;
  }
}
