/** Where things stand in the kernel's memory. Sizes are those of `src/common/scan/wordScan.ts`; the loader checks them. */
export const lookBack: usize = 4096;
export const blockSize: usize = 64 * 1024;
/** Several blocks are read in one go. */
export const chunkSize: usize = 256 * 1024;
/** They begin at a page, directly behind the look-back. What the compiler places stands far before that. */
export const chunkAt: usize = 64 * 1024;
export const lookBackAt: usize = chunkAt - lookBack;
/** What is to be found: at most 8 KB, far before what a search keeps of the chunk before. */
export const needleAt: usize = 32 * 1024;
/**
 * What was found of a block: newlines and checksum, and its words or, later, their hashes: at most one for each byte of
 * block and look-back.
 */
export const factsAt: usize = chunkAt + chunkSize;
/** Four hashes on their way. */
export const hashedAt: usize = factsAt + 16;
export const hashesAt: usize = factsAt + 64;
/** The last hashes of a block, each at the place that its lowest bits name. */
export const tableAt: usize = hashesAt + 4 * (blockSize + lookBack) + 64;
export const tableSize: usize = 1024;
/** For each 64 bytes of the chunk, and the 64 before it, one bit for each byte that is a letter or digit. */
export const runsAt: usize = tableAt + 4 * tableSize;
/** Where the words of a block end: less than one for 8 bytes. */
export const endsAt: usize = runsAt + chunkSize / 8 + 64;
/** What is counted by digits while a table is made. */
export const countsAt: usize = endsAt + blockSize / 2;
/** The codes of distances. */
export const gammasAt: usize = countsAt + 16 * 1024;
/** The words of a segment, and behind them what becomes of them: as much as is needed. */
export const pairsAt: usize = 11 * 64 * 1024;
