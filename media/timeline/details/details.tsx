import type { ComponentChildren } from 'preact';
import { useContext, useLayoutEffect, useRef } from 'preact/hooks';
import type { StepDocument } from '../../../src/common/protocol/documents';
import type { TraceHeader } from '../../../src/common/protocol/logEngine';
import type { LinkedStep } from '../../../src/common/timeline/stepLinks';
import { visibleText } from '../../../src/common/timeline/visibleText';
import { shortNumber } from '../../../src/common/trace/steps/shortNumber';
import { CopyAction } from '../../page/action';
import { counted, formatCount, oneLine } from '../../page/format';
import { Icon } from '../../page/icon';
import { absenceText, externalText, stepKindTexts } from '../format';
import type { HostConnection } from '../hostConnection';
import { keep, recall } from '../pageMemory';
import { stampIn, Zone } from '../time/clockTime';
import { Attempts, CallSides } from './attempts';
import { Limited, LogText } from './controls';
import { contextFacts, stepFacts } from './facts';
import { RecordList } from './recordList';
import type { LoadedStep } from './stepData';

interface DetailsProps extends LoadedStep {
  trace: TraceHeader;
  /** False while logs are read. */
  complete: boolean;
  host: HostConnection;
  select: (key: string) => void;
  openRecord: (record: number, preview: boolean) => void;
}

const evidenceTexts = {
  stated: 'stated in the log',
  joined: 'known by a shared ID',
  inferred: 'inferred from the order',
};

/** Everything that is known of one step, and its log lines. */
export function Details({ trace, row, complete, step, links, host, select, openRecord }: DetailsProps) {
  const at = { traceId: trace.traceId, key: row.key };
  const openFrame = (record: number, frame: number) => void host.openFrame({ ...at, record, frame });
  const copy = (what: 'stepText' | 'stepJson') => host.copy({ traceId: at.traceId, what, step: at.key });
  const zone = useContext(Zone);
  return (
    <section class="step-details" aria-label={`Details of step ${row.number}`}>
      <div class="details-title">
        <Icon name={row.external ? 'external' : row.kind} />
        <h2 title={oneLine(row.label)}>
          <span class="number">{shortNumber(row.number)}</span> <span class="log">{oneLine(row.label)}</span>
        </h2>
        {step && (
          <div class="toolbar" role="toolbar" aria-label="Step actions">
            <CopyAction icon="copy" label="Copy Step as Text" copy={() => copy('stepText')} />
            <CopyAction icon="json" label="Copy Step as JSON" copy={() => copy('stepJson')} />
          </div>
        )}
      </div>
      <p class="subtitle">
        {row.external ? `Outside these logs · ${externalText(row.external)}` : stepKindTexts[row.kind]}
        {row.placeholder && ` · ${absenceText(complete)}`}
      </p>
      {step && (
        <Body key={step.key} query={trace.correlationId} step={step.key}>
          <div>
            <dl class="step-facts">
              {stepFacts(step, row, complete, iso => stampIn(iso, zone)).map(({ name, value, title, error, parts }) => (
                <Fact key={name} name={name} title={title}>
                  <span class={error ? 'log error-text' : 'log'}>
                    {parts?.map(part => (
                      <span key={part} class="unparted">
                        {part}
                      </span>
                    )) ?? value}
                  </span>
                </Fact>
              ))}
            </dl>
            {step.codeLocation && <Code {...step.codeLocation} open={() => void host.openCode(at)} />}
            <Links name="Previous step" links={links.previous} count={links.previous.length} select={select} />
            <Links name="Next step" links={links.next} count={links.nextCount} select={select} />
            <Attempts step={step} />
            <CallSides step={step} />
            {step.input !== null && (
              <section>
                <h3>Input</h3>
                <LogText text={step.input} />
              </section>
            )}
            <Attributes step={step} />
          </div>
          <section>
            <h3>{step.records.length === 0 ? 'No log lines' : counted(step.records.length, 'log line')}</h3>
            <RecordList records={step.records} openRecord={openRecord} openFrame={openFrame} />
            <Nearby step={step} openRecord={openRecord} openFrame={openFrame} />
            <Context step={step} trace={trace} />
          </section>
        </Body>
      )}
    </section>
  );
}

function Fact({
  name,
  title,
  children,
}: {
  name: string;
  title?: string | undefined;
  children: preact.ComponentChildren;
}) {
  return (
    <div class="step-fact" title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** What is scrolled. A page that comes back finds the same step as it was; another one begins at its top. */
function Body({ query, step, children }: { query: string; step: string; children: ComponentChildren }) {
  const body = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { detailsAt } = recall(query);
    if (body.current && detailsAt?.step === step) body.current.scrollTop = detailsAt.top;
  }, [query, step]);
  return (
    <div
      class="details-body"
      ref={body}
      onScroll={({ currentTarget }) => keep(query, { detailsAt: { step, top: currentTarget.scrollTop } })}
    >
      {children}
    </div>
  );
}

interface LinksProps {
  name: string;
  links: readonly LinkedStep[];
  /** All of them, listed or not. */
  count: number;
  select: (key: string) => void;
}

/** Steps that this one comes from, or leads to, each with how that is known. */
function Links({ name, links, count, select }: LinksProps) {
  if (count === 0) return null;
  return (
    <section>
      <h3>{count === 1 ? name : `${name}s (${formatCount(count)})`}</h3>
      <ul class="linked-steps">
        <Limited
          items={links}
          first={10}
          show={({ key, number, label, meaning, evidence }) => (
            <li key={key}>
              <button type="button" class="link" onClick={() => select(key)}>
                {number && shortNumber(number)} {oneLine(label)}
              </button>{' '}
              <span class="muted">
                {meaning === 'encloses' ? 'one contains the other, ' : ''}
                {evidenceTexts[evidence]}
              </span>
            </li>
          )}
        />
      </ul>
      {count > links.length && (
        <p class="muted">{counted(count - links.length, 'more step')}: find them in the timeline.</p>
      )}
    </section>
  );
}

function Code({ file, line, function: name, open }: NonNullable<StepDocument['codeLocation']> & { open: () => void }) {
  const place = line === null ? file : `${file}:${line}`;
  return (
    <section>
      <h3>Code</h3>
      <button type="button" class="link log" title="Open this file of the workspace" onClick={open}>
        {oneLine(place, 2000)}
      </button>
      {name !== null && <span class="muted log"> {oneLine(name)}</span>}
    </section>
  );
}

/**
 * Lines without an ID that the step's own thread wrote meanwhile, folded until they are asked for: nothing says that they
 * are the step's. Their numbers go on from those of its own.
 */
function Nearby({
  step: { records, nearby = [], nearbyLimits = [] },
  openRecord,
  openFrame,
}: Pick<DetailsProps, 'openRecord'> & { step: StepDocument; openFrame: (record: number, frame: number) => void }) {
  if (nearby.length + nearbyLimits.length === 0) return null;
  return (
    <details class="nearby">
      <summary>
        {nearby.length === 0 ? 'No nearby lines' : counted(nearby.length, 'nearby line')}
        <span class="muted"> without an ID, inferred</span>
      </summary>
      {nearby.length > 0 && (
        <p class="muted">Written by the same thread while this step ran: not counted as its own.</p>
      )}
      {nearbyLimits.map(limit => (
        <p class="muted" key={limit}>
          {visibleText(limit)}
        </p>
      ))}
      <RecordList
        records={nearby}
        openRecord={(index, preview) => openRecord(records.length + index, preview)}
        openFrame={(index, frame) => openFrame(records.length + index, frame)}
      />
    </details>
  );
}

function Attributes({ step }: { step: StepDocument }) {
  const attributes = Object.entries(step.attributes);
  if (attributes.length === 0) return null;
  return (
    <section>
      <h3>Attributes</h3>
      <dl class="step-facts">
        <Limited
          items={attributes}
          show={([name, value]) => (
            <Fact key={name} name={oneLine(name)}>
              <LogText text={value} />
            </Fact>
          )}
        />
      </dl>
    </section>
  );
}

/** Whose request it is, and where in it the step stands, by the IDs of the logs. */
function Context({ step, trace }: { step: StepDocument; trace: TraceHeader }) {
  return (
    <section>
      <h3>Context</h3>
      <dl class="step-facts">
        {contextFacts(step, trace).map(({ name, value, title }) => (
          <Fact key={name} name={name} title={title}>
            <span class="log">{value}</span>
          </Fact>
        ))}
      </dl>
    </section>
  );
}
