// Bundles what was compiled into the few files that are shipped: see docs/decisions/0011. They lie as deep as the files
// they are made of, so that paths to package.json, the kernel and the thread's entry hold for both.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const fromDist = (path) => fileURLToPath(new URL(`../dist/src/${path}`, import.meta.url));
const packages = new Set();

/** Two entries apart: a thread loads nothing of the main thread's, and each of them few files. */
for (const entry of ['app/main.js', 'threads/scan-thread.js']) {
  // What few runs need, or is native, stays outside, and is loaded from where npm installed it.
  const bundle = await rolldown({
    input: fromDist(entry),
    platform: 'node',
    external: ['winston', 'tinyglobby', 'libsql', 'yaml'],
  });
  const { output } = await bundle.write({
    dir: fromDist('bundle'),
    format: 'cjs',
    minify: true,
    chunkFileNames: '[name].js',
  });
  await bundle.close();
  for (const id of output.flatMap(({ moduleIds }) => moduleIds)) {
    const [folder] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(id.replaceAll('\\', '/')) ?? [];
    if (folder !== undefined) packages.add(folder);
  }
}
// CommonJS: Node loads it quicker than modules, in the main thread and in each thread.
writeFileSync(fromDist('bundle/package.json'), '{ "type": "commonjs" }\n');
writeFileSync(
  fromDist('bundle/LICENSES.txt'),
  [...packages]
    .sort((a, b) => (a < b ? -1 : 1))
    .map(licenceOf)
    .join('\n'),
);

/** What the licence of a bundled package wants to be kept with its code. */
function licenceOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((path) => /^licen[cs]e/i.test(path));
  const text = file === undefined ? '' : readFileSync(join(folder, file), 'utf8');
  return `${name} ${version} (${license})\n\n${text}`;
}
