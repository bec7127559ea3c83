import { mkdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { expect } from 'chai';
import { MAX_SOCKET_PATH_BYTES, socketOf } from '../../src/repl/socket-place.js';
import { useScratch } from '../support/scratch.js';

describe('repl/socket-place', () => {
  const { path } = useScratch();

  it('is in the folder of the state, whatever the environment', () => {
    mkdirSync(path('state'));

    expect([socketOf(path('state'), {}), socketOf(path('state'), { XDG_RUNTIME_DIR: '/run/user/1' })]).to.deep.equal([
      path('state/control.sock'),
      path('state/control.sock'),
    ]);
  });

  it('is one for all ways to name a folder, before it is made as well as after', () => {
    const place = path('made/later/control.sock');
    mkdirSync(path('made'));
    symlinkSync(path('made'), path('link'));
    const ways = ['made/later', 'link/later', 'made/../made/later/'].map((way) => path(way));
    const all = [...ways, relative(process.cwd(), path('made/later'))];

    expect(all.map((way) => socketOf(way, {}))).to.deep.equal(all.map(() => place));
    mkdirSync(path('made/later'));
    expect(all.map((way) => socketOf(way, {}))).to.deep.equal(all.map(() => place));
  });

  it('is elsewhere where that path is too long for a socket, another one for each state', () => {
    const long = `/var/lib/${'ä'.repeat(50)}`;
    const places = [long, `${long}2`].map((folder) => socketOf(folder, { XDG_RUNTIME_DIR: '/run/user/1' }));

    expect(new Set(places).size).to.equal(2);
    for (const place of places) expect(place).to.match(/^\/run\/user\/1\/millrace\/[0-9a-f]{16}\.sock$/);
    for (const runtime of ['', 'relative', `/run/${'x'.repeat(100)}`]) {
      const place = socketOf(long, { XDG_RUNTIME_DIR: runtime });
      expect(place).to.match(/\/millrace-\d+\/[0-9a-f]{16}\.sock$/);
      expect(place.startsWith(join(tmpdir(), 'millrace-'))).to.equal(true);
    }
  });

  it('is never too long where another place is not', () => {
    for (let length = 1; length < 120; length += 1) {
      const place = socketOf(`/${'x'.repeat(length)}`, { XDG_RUNTIME_DIR: '/run/user/1' });
      expect(Buffer.byteLength(place)).to.be.at.most(MAX_SOCKET_PATH_BYTES);
    }
  });
});
