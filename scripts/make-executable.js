// Neither tsc nor the bundler sets the execute bit; a link made by npm before the first build needs it.
import { chmodSync } from 'node:fs';

for (const path of ['app', 'bundle']) chmodSync(new URL(`../dist/src/${path}/main.js`, import.meta.url), 0o755);
