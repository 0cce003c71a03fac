import { markedText } from '../../src/common/profile/markedText';
import type { DetectedSource } from '../../src/common/protocol/documents';
import type { SourceRequest } from '../../src/common/protocol/readingProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { FieldTable } from './fieldTable';
import type { HostConnection } from './hostConnection';
import { hueOf, roleTexts } from './roleTexts';

interface SamplesProps {
  details: DetectedSource;
  request: SourceRequest;
  host: HostConnection;
}

/** Some records, each part coloured by what it means, and examples of what is in no format. */
export function Samples({ details, request, host }: SamplesProps) {
  const { unparsedExamples } = details;
  const samples = details.samples ?? [];
  const open = (line: number) => () => void host.tell('openLine', { ...request, line });
  return (
    <>
      {samples.length > 0 && <h3>Records of the sample</h3>}
      {samples.map(({ line, text, fields }, index) => (
        <div class="sample" key={`${index} ${line}`}>
          <Line line={line} open={open} />
          <pre class="log">
            {markedText(text, fields).map(({ text: part, role, start }) =>
              role === null ? (
                visibleText(part)
              ) : (
                <mark key={start} class={`role role-${hueOf(role)}`} title={roleTexts[role] ?? role}>
                  {visibleText(part)}
                  <span class="role-name">{roleTexts[role] ?? role}</span>
                </mark>
              ),
            )}
          </pre>
          <FieldTable fields={fields} assign={field => void host.tell('assign', { ...request, field })} />
        </div>
      ))}
      {unparsedExamples.length > 0 && <h3>Not understood</h3>}
      {unparsedExamples.map(({ line, text }, index) => (
        <div class="sample" key={`${index} ${line}`}>
          <Line line={line} open={open} />
          <pre class="log">{visibleText(text)}</pre>
        </div>
      ))}
    </>
  );
}

function Line({ line, open }: { line: number | null; open: (line: number) => () => void }) {
  if (line === null) return null;
  return (
    <button type="button" class="link" onClick={open(line)}>
      line {line.toLocaleString('en')}
    </button>
  );
}
