/**
 * How often, or with how much, something is tried: as much as shows a fault again and again in the usual run, and more
 * with THROUGHLINE_THOROUGH set.
 */
export const rounds = (usual: number, thorough: number): number =>
  process.env.THROUGHLINE_THOROUGH ? thorough : usual;
