/** A script that a worker runs: a bundled `.cjs`. It is handed in, as only the outermost code knows where bundles are. */
export interface WorkerScript {
  path: string;
}
