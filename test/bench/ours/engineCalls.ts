/** What the benchmark and the process that holds the engine say to each other. */

export type EngineCall =
  /** Makes an engine for these paths; one that was open is closed. */
  | { call: 'open'; setup: EngineSetup }
  | { call: 'lookup'; id: string }
  /** Looks up one ID after the other, in this order. */
  | { call: 'lookups'; ids: string[] }
  | { call: 'list' }
  /** Other sources for the same engine. */
  | { call: 'sources'; paths: string[] }
  | { call: 'index' }
  | { call: 'clearIndex' };

export interface EngineSetup {
  paths: string[];
  workers: number;
  /** In a worker of its own, as in the editor, instead of the thread that calls it. */
  behindWorker: boolean;
  /** Where its index is kept on disk; `null`: nowhere. */
  indexFolder: string | null;
  scanWorker: string;
  engineWorker: string;
}

export interface EngineAnswer {
  ms: number;
  /** Of all threads of its process. */
  cpuMs: number;
  /** By how much the event loop of the thread that calls the engine was late, in ms. */
  delay: { p99: number; most: number };
  facts: EngineFacts;
}

export interface EngineFacts {
  /** Of a trace. */
  records?: number;
  /** Until the first steps of a trace were told. */
  firstMs?: number;
  /** Of each look-up. */
  times?: number[];
  /** Of a list. */
  traces?: number;
  bytesRead?: number;
  /** Stored bytes that an index is of, and what it takes in memory. */
  indexed?: number;
  indexBytes?: number;
}

export type EngineReply = { answer: EngineAnswer } | { error: string };
