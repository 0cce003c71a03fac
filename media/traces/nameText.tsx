import type { TraceName } from '../../src/common/protocol/documents';
import { oneLine } from '../page/format';
import { unnamedTexts } from './traceTexts';

/** What stands where a trace's name is to be, as wide as that: nothing moves when it comes. */
export function NameText({ name }: { name: TraceName | null }) {
  if (name === null) return <span class="unloaded name-to-come" />;
  if (name.name === null) return <span class="muted">—</span>;
  return <span class="log value">{oneLine(name.name)}</span>;
}

export function nameHint(name: TraceName | null): string {
  if (name === null) return 'Its first record is being read';
  return name.name === null ? unnamedTexts[name.unnamed ?? 'silent'] : oneLine(name.name, 2_000);
}
