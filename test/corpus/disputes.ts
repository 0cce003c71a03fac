/** What can be shown of an expectation that is wrong, or that counts something else than correlation IDs. */
export interface Dispute {
  path: string;
  /** Why the expectation is not what is right, in a sentence. */
  proof: string;
  /** The ID of a line, as we hold it for right; counted by this alone, without the program's reader. */
  idOf(line: string): string | undefined;
  /** The ID of a line as the expectation must have counted it, which shows what it counts. */
  expectedIdOf(line: string): string | undefined;
}

const first =
  (...patterns: RegExp[]) =>
  (line: string): string | undefined => {
    for (const pattern of patterns) {
      const id = pattern.exec(line)?.[1];
      if (id) return id;
    }
    return undefined;
  };

const sixthColumn = /^(?:[^|]*\|){5} ([0-9a-f]+) \|/;
const gaia = {
  proof:
    'The IDs are the sixth column of hex digits; the expectation leaves out those of 13 digits, though three leading zeros are lost as often as chance has it.',
  idOf: first(sixthColumn),
  expectedIdOf: first(/^(?:[^|]*\|){5} ([0-9a-f]{14,16}) \|/),
};

/** Expectations of the corpus that do not hold; `score.test.ts` counts both sides of each over its file. */
export const disputes: readonly Dispute[] = [
  {
    path: 'gitlab/sidekiq.jsonl',
    proof:
      'The first record has no correlation_id but a jid, which groups where nothing stronger does (field-names §1.5); the expectation counts one key.',
    idOf: first(/"correlation_id": ?"([^"]+)"/, /"jid": ?"([^"]+)"/),
    expectedIdOf: first(/"correlation_id": ?"([^"]+)"/),
  },
  {
    path: 'libformats/python-structlog.log',
    proof:
      '564 records have a request_id and 161 others a trace_id, none both: 725 records carry an ID; the expectation counts one key.',
    idOf: first(/"(?:request_id|trace_id)":"([^"]+)"/),
    expectedIdOf: first(/"request_id":"([^"]+)"/),
  },
  {
    path: 'hl/kitchen-sink.log',
    proof: 'One record has a request_id; the expectation has none, as no key is on more than one.',
    idOf: first(/"request_id": ?"([^"]+)"/),
    expectedIdOf: () => undefined,
  },
  {
    path: 'loghub/Hadoop_2k.log_structured.csv',
    proof:
      'Its Content column holds the very lines of Hadoop_2k.log, of which 14 attempts in 410 records are expected; here none were counted.',
    idOf: first(/(attempt_\d+_\d+_[mr]_\d+_\d+)/),
    expectedIdOf: () => undefined,
  },
  {
    path: 'loghub/Linux_2k.log',
    proof:
      'The expectation counts process IDs (program[pid]), of which the manifest itself says that they are no correlation IDs; the file has no other ID.',
    idOf: first(/([0-9a-f]{8}-[0-9a-f]{4}-|(?:request|trace|correlation|transaction)[ _-]?id)/i),
    expectedIdOf: first(/\[(\d+)\]:/),
  },
  { path: 'gaia/run_table_2021-07.csv', ...gaia },
  { path: 'gaia/run_table_2021-08.csv', ...gaia },
];

/** Distinct IDs and lines with one, by a plain count. */
export function countLines(text: string, idOf: (line: string) => string | undefined): { ids: number; records: number } {
  const ids = new Set<string>();
  let records = 0;
  for (const line of text.split('\n')) {
    const id = idOf(line);
    if (id === undefined) continue;
    ids.add(id);
    records++;
  }
  return { ids: ids.size, records };
}
