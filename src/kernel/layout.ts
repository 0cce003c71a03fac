/** Where things stand in the kernel's memory. Sizes are those of `src/common/scan/wordScan.ts`; the loader checks them. */
export const lookBack: usize = 4096;
export const blockSize: usize = 64 * 1024;
/** The block begins at a page, directly behind the look-back. What the compiler places stands far before that. */
export const blockAt: usize = 64 * 1024;
export const lookBackAt: usize = blockAt - lookBack;
/** What was found of a block: newlines and checksum, and its hashes, at most one for each byte of block and look-back. */
export const factsAt: usize = blockAt + blockSize;
export const hashesAt: usize = factsAt + 64;
/** The table of a block's hashes: entries of 8 bytes, the hash and the block's stamp. */
export const tableAt: usize = 7 * 64 * 1024;
export const tableSize: usize = 16 * 1024;
