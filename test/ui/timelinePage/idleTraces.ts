import { after } from './sampleTraces';
import { makeRow, makeTrace, type PageTrace } from './traces';

/** An agent that sleeps between three short calls: 36 s, of which 99.6 % nobody works. */
export function idleRun(): PageTrace {
  const within = [{ key: 's1', row: 0, meaning: 'encloses' as const, evidence: 'stated' as const }];
  const call = (key: string, number: string, startMs: number, endMs: number) =>
    makeRow({
      key,
      number,
      label: 'LLM Inference',
      kind: 'llm',
      service: 'Worker1',
      depth: 1,
      startMs,
      endMs,
      path: [{ kind: 'run', startMs, endMs }],
      previous: within,
    });
  const waited = call('s4', '1.3', 30_010, 30_054);
  return makeTrace(
    [
      makeRow({
        key: 's1',
        number: '1',
        label: 'Agent: watch the queue',
        kind: 'agent',
        service: 'API',
        startMs: 0,
        endMs: 36_020,
      }),
      call('s2', '1.1', 4, 60),
      call('s3', '1.2', 12_000, 12_040),
      { ...waited, waitMs: 17_970, previous: [...within, ...after([2, 's3', 'joined'])], status: 'failed' },
      makeRow({
        key: 's5',
        number: '2',
        label: 'Result',
        service: 'API',
        startMs: 36_015,
        endMs: 36_020,
        previous: after([0, 's1']),
      }),
    ],
    { zoneMinutes: 330 },
  );
}
