import type { ComponentChildren } from 'preact';
import type { Evidence } from '../../src/common/model/sourceProfile';
import type { ChangeableFact } from '../../src/common/protocol/readingProtocol';
import { visibleText } from '../../src/common/timeline/visibleText';
import { share } from './counts';
import { evidenceTexts, roleTexts } from './roleTexts';
import type { SourceProps } from './sourceProps';

/** How the source is read, each fact with why, and with the way to say otherwise. */
export function Facts({ source, request, host }: SourceProps) {
  const change = (what: ChangeableFact) => () => void host.tell('change', { ...request, what });
  const others = source.formats.filter(({ name }) => name !== source.format && name !== 'text');
  const main = source.formats.find(({ name }) => name === source.format);
  return (
    <dl class="facts">
      <Fact name="Format" change={change('format')}>
        {source.format ?? 'text'}
        {main && main.share < 1 && `, ${share(main.share, 1)} of the sample`}
        {others.map(({ name, share: part }) => `, ${name} ${share(part, 1)}`)}
        {source.wrapper && `, inside ${source.wrapper}`}
      </Fact>
      <Fact name="Time zone" change={change('timezone')}>
        {source.timezone ? visibleText(source.timezone.value) : 'none'}
        {source.timezone?.assumed ? ' (assumed: the log names none)' : ''}
      </Fact>
      <Fact name="A stamp is the" change={change('stampIs')}>
        {source.stampIs} of a step, where a duration stands beside it
      </Fact>
      <Fact name="Service" change={change('service')}>
        {source.service.value === null
          ? source.roles.service
            ? `by the field ${visibleText(source.roles.service.field)}`
            : 'not known'
          : visibleText(source.service.value)}
        {source.service.value !== null && source.service.evidence === 'default' ? (
          <span class="muted"> (by the file’s name)</span>
        ) : (
          <Why evidence={source.service.value === null ? null : source.service.evidence} />
        )}
      </Fact>
      <Fact name="Encoding">{source.encoding}</Fact>
      {source.set !== null && <Fact name="Rotated set">{visibleText(source.set)}</Fact>}
      <Fact name="Fields">
        <ul class="roles">
          {Object.entries(source.roles).map(([role, { field, evidence }]) => (
            <li key={role}>
              {roleTexts[role] ?? role}: <code class="log">{visibleText(field)}</code> <Why evidence={evidence} />
            </li>
          ))}
        </ul>
      </Fact>
    </dl>
  );
}

const Why = ({ evidence }: { evidence: Evidence | null }) =>
  evidence === null ? null : <span class="muted"> ({evidenceTexts[evidence]})</span>;

interface FactProps {
  name: string;
  change?: () => void;
  children: ComponentChildren;
}

const Fact = ({ name, change, children }: FactProps) => (
  <div class="fact">
    <dt>{name}</dt>
    <dd>
      {children}
      {change && (
        <button type="button" class="link change" aria-label={`Change: ${name}`} onClick={change}>
          Change…
        </button>
      )}
    </dd>
  </div>
);
