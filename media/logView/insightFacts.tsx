import type { LineInsight } from '../../src/common/protocol/logViewProtocol';
import { visibleLines, visibleText } from '../../src/common/timeline/visibleText';
import { Action } from '../page/action';
import { TracePictureView } from './tracePicture';

/** What the editor's hover says of a line, and the way to its timeline. */
export function InsightFacts({
  insight: { facts, quote, picture, note, traced },
  onTrace,
}: {
  insight: LineInsight;
  onTrace: (id: string, step: string | null) => void;
}) {
  return (
    <>
      {quote !== null && <pre class="quote log">{visibleLines(quote)}</pre>}
      <dl class="facts">
        {facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd class="log">{visibleText(value)}</dd>
          </div>
        ))}
      </dl>
      {picture && <TracePictureView picture={picture} />}
      {note !== null && <p class="muted">{note}</p>}
      {traced && <Action icon="list" label="Show Timeline" showLabel onClick={() => onTrace(traced.id, traced.step)} />}
    </>
  );
}
