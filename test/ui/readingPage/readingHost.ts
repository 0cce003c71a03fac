/** Stands in for VS Code and the extension, in the page itself; `?show=` names a state. */
import type { DetectedSource } from '../../../src/common/protocol/documents';
import type { ReadingState } from '../../../src/common/protocol/readingProtocol';
import { RpcChannel } from '../../../src/common/protocol/rpcChannel';
import { findDefects } from '../timelinePage/defects';
import { sources } from './readingSources';

declare global {
  interface Window {
    readingHost: { calls: { method: string; request: unknown }[]; violations: string[]; findDefects(): string[] };
  }
}

const calls: Window['readingHost']['calls'] = [];
const violations: string[] = [];
document.addEventListener('securitypolicyviolation', event => violations.push(event.violatedDirective));

const summaries = (shown: DetectedSource[]): ReadingState => ({
  kind: 'sources',
  revision: 3,
  full: false,
  sources: shown.map(({ samples: _, unparsedExamples: __, ...summary }) => ({
    ...summary,
    name: summary.path.split('/').slice(-2).join('/'),
    advice: summary.path.includes('worker2')
      ? ['Worker2: correlation ID 98 %, step ID 0 %: log stepId there to see its steps.']
      : [],
  })),
  notes: [{ kind: 'skippedSource', count: 1, text: '/srv/logs/core.bin is not read: binary.', steps: [], records: [] }],
});

const states: Record<string, ReadingState> = {
  sources: summaries(sources),
  many: summaries(
    Array.from({ length: 40 }, (_, index) => ({ ...sources[index % sources.length]!, path: `/srv/${index}.log` })),
  ),
  loading: { kind: 'loading', full: true },
  none: { ...summaries([]), notes: [] } as ReadingState,
  failed: { kind: 'failed', message: 'The setting "throughline.sources" cannot be used: it is a number, not a list.' },
};
const state = states[new URLSearchParams(location.search).get('show') ?? 'sources'] ?? states.sources;

let receive: (message: unknown) => void = () => {};
const noted = (method: string, answer: (request: never) => unknown) => (request: never) => {
  calls.push({ method, request });
  return answer(request);
};
new RpcChannel(
  {
    post: message => window.postMessage(message, '*'),
    onMessage: listener => {
      receive = listener;
    },
    onClose: () => {},
  },
  {
    ready: noted('ready', () => state),
    source: noted('source', ({ source }: { source: number }) => sources[source % sources.length]),
    ...Object.fromEntries(
      ['read', 'openLine', 'change', 'assign', 'openSetting', 'addLogs'].map(name => [name, noted(name, () => {})]),
    ),
  },
);
window.readingHost = { calls, violations, findDefects };
window.acquireVsCodeApi = () => ({
  postMessage: (message: unknown) => setTimeout(receive, 0, structuredClone(message)),
  getState: () => undefined,
  setState: () => {},
});
