import { expect } from 'chai';
import { SlotRing } from '../../src/sources/slot-ring.js';

/** What became of a promise until now. */
async function stateOf(promise: Promise<number>): Promise<number | 'waiting'> {
  return Promise.race([promise, new Promise<'waiting'>((resolve) => setImmediate(resolve, 'waiting'))]);
}

describe('sources/slot-ring', () => {
  it('gives each slot to one caller, and lets the others wait in order', async () => {
    const ring = new SlotRing(2, 16);
    const [first, second, third, fourth] = [ring.acquire(), ring.acquire(), ring.acquire(), ring.acquire()];

    expect(await Promise.all([first, second])).to.deep.equal([0, 1]);
    expect(await stateOf(third)).to.equal('waiting');
    ring.release(1);
    expect([await stateOf(third), await stateOf(fourth)]).to.deep.equal([1, 'waiting']);
    ring.release(0);
    expect(await stateOf(fourth)).to.equal(0);
  });

  it('frees a slot with the last of the bytes that it stands for, whatever parts they are settled in', async () => {
    const ring = new SlotRing(1, 16);
    const slot = await ring.acquire();
    const next = ring.acquire();
    ring.fill(slot, 1000);

    ring.settle(slot, 400);
    ring.settle(slot, 599);
    expect(await stateOf(next)).to.equal('waiting');
    ring.settle(slot, 1);
    expect(await stateOf(next)).to.equal(0);
  });

  it('shows the same bytes to whoever asks, and refuses a slot that it does not have', () => {
    const ring = new SlotRing(1, 4);

    ring.bytes(0).set([1, 2, 3, 4]);

    expect([...ring.bytes(0)]).to.deep.equal([1, 2, 3, 4]);
    expect(ring.buffers.map((buffer) => buffer.byteLength)).to.deep.equal([4]);
    expect(() => ring.bytes(1)).to.throw(RangeError, 'No slot 1');
  });
});
