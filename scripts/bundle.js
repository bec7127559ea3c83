// Bundles what was compiled into the few files that are shipped: see docs/decisions/0011. They lie as deep as the files
// they are made of, so that paths to package.json, the kernel and the thread's entry hold for both.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const fromDist = (path) => fileURLToPath(new URL(`../dist/src/${path}`, import.meta.url));

/** Two entries apart: a thread loads nothing of the main thread's, and each of them one file. */
for (const entry of ['app/main.js', 'threads/scan-thread.js']) {
  // What few runs need stays outside, and is installed as a dependency like any other.
  const bundle = await rolldown({ input: fromDist(entry), platform: 'node', external: ['winston', 'tinyglobby'] });
  await bundle.write({ dir: fromDist('bundle'), format: 'cjs', minify: true, chunkFileNames: '[name].js' });
  await bundle.close();
}
// CommonJS: Node needs some 10 ms less for it than for modules, in the main thread and in each thread.
writeFileSync(fromDist('bundle/package.json'), '{ "type": "commonjs" }\n');
