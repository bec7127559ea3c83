/** Checks distinct hashes. The twin of what `domain/summary/distinct.ts` decodes. */
import { MAX_SAFE } from '../summary/occurrence';
import { MAX_RANK, REGISTERS } from '../summary/distinct';
import { FORM_REGISTERS } from './forms';
import { Input, readByte, readBytes, readLength, readVarint, refuse, require } from './input';
import { Limits } from './limits';

export function checkDistinct(): void {
  const form = readByte();
  if (form > FORM_REGISTERS) refuse();
  else if (form == FORM_REGISTERS) checkRegisters();
  else checkHashes();
}

function checkRegisters(): void {
  const at = readBytes(REGISTERS);
  if (Input.isCorrupt) return;
  for (let next = at; next < at + REGISTERS; next += 1) require(<u32>load<u8>(next) <= MAX_RANK);
}

function checkHashes(): void {
  let next: u64 = 0;
  for (let rest = readLength(1, Limits.exactHashes); rest > 0 && !Input.isCorrupt; rest -= 1) {
    next += readVarint(MAX_SAFE) + 1;
    require(next <= MAX_SAFE + 1);
  }
}
