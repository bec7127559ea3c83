// tsc writes files without the execute bit; a link made by npm before the first build needs it.
import { chmodSync } from 'node:fs';

chmodSync(new URL('../dist/src/app/main.js', import.meta.url), 0o755);
