/** How the keys of a dimension are encoded: bits of the byte before them, as in `domain/summary/top-keys-codec.ts`. */
export const FORM_SKETCH: u32 = 1;
export const FORM_COUNTED: u32 = 2;

/** How distinct hashes are encoded, as in `domain/summary/distinct.ts`. */
export const FORM_HASHES: u32 = 0;
export const FORM_REGISTERS: u32 = 1;
