import { useContext } from 'preact/hooks';
import type { StepDocument } from '../../src/common/protocol/documents';
import type { TimelineRow } from '../../src/common/timeline/timelineRow';
import { visibleText } from '../../src/common/timeline/visibleText';
import { counted, oneLine } from '../page/format';
import { Icon } from '../page/icon';
import type { RowWindows } from '../page/rowWindows';
import { stampIn, useTimeOfDay, Zone } from './clockTime';
import { Limited, LogText } from './controls';
import { stepFacts } from './facts';
import { absenceText, externalText, stepKindTexts } from './format';
import { RecordList } from './recordList';

interface DetailsProps {
  row: TimelineRow;
  /** False while logs are read. */
  complete: boolean;
  /** `null` until it has come. */
  step: StepDocument | null;
  rows: RowWindows<TimelineRow>;
  select: (key: string) => void;
  openRecord: (record: number, preview: boolean) => void;
}

const evidenceTexts = { stated: 'stated in the log', joined: 'joined by an ID', inferred: 'inferred from the order' };

/** Everything that is known of one step, and its log lines. */
export function Details({ row, complete, step, rows, select, openRecord }: DetailsProps) {
  const zone = useContext(Zone);
  return (
    <section class="step-details" aria-label={`Details of step ${row.number}`}>
      <div class="details-title">
        <Icon name={row.external ? 'external' : row.kind} />
        <h2 title={oneLine(row.label)}>
          <span class="number">{row.number}</span> <span class="log">{oneLine(row.label)}</span>
        </h2>
      </div>
      <p class="subtitle">
        {row.external ? `Outside these logs · ${externalText(row.external)}` : stepKindTexts[row.kind]}
        {row.placeholder && ` · ${absenceText(complete)}`}
      </p>
      {step && (
        <div class="details-body" key={step.key}>
          <div>
            <dl class="step-facts">
              {stepFacts(step, row, complete, iso => stampIn(iso, zone)).map(({ name, value, title, error }) => (
                <Fact key={name} name={name} title={title}>
                  <span class={error ? 'log error-text' : 'log'}>{value}</span>
                </Fact>
              ))}
            </dl>
            <Previous row={row} step={step} rows={rows} select={select} />
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
            <RecordList records={step.records} openRecord={openRecord} />
            <Nearby step={step} openRecord={openRecord} />
          </section>
        </div>
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

function Previous({ row, step, rows, select }: Pick<DetailsProps, 'row' | 'rows' | 'select'> & { step: StepDocument }) {
  if (step.previousSteps.length === 0) return null;
  const indices = new Map(row.previous.map(previous => [previous.key, previous.row]));
  return (
    <section>
      <h3>{step.previousSteps.length === 1 ? 'Previous step' : 'Previous steps'}</h3>
      <ul class="previous">
        <Limited
          items={step.previousSteps}
          show={({ key, stepId, meaning, evidence }) => {
            const index = indices.get(key) ?? null;
            const previous = index === null ? undefined : rows.at(index);
            const name = previous ? `${previous.number} ${previous.label}` : (stepId ?? key);
            return (
              <li key={key}>
                <button type="button" class="link" onClick={() => select(key)}>
                  {oneLine(name)}
                </button>{' '}
                <span class="muted">
                  {meaning === 'encloses' ? 'contains this step, ' : ''}
                  {evidenceTexts[evidence]}
                </span>
              </li>
            );
          }}
        />
      </ul>
    </section>
  );
}

/** Lines without an ID that the step's own thread wrote meanwhile. Their numbers go on from those of the step's own. */
function Nearby({
  step: { records, nearby = [], nearbyLimits = [] },
  openRecord,
}: Pick<DetailsProps, 'openRecord'> & { step: StepDocument }) {
  if (nearby.length + nearbyLimits.length === 0) return null;
  return (
    <section class="nearby">
      <h3>{nearby.length === 0 ? 'No lines' : counted(nearby.length, 'line')} nearby, without an ID</h3>
      {nearby.length > 0 && (
        <p class="muted">Written by the same thread while this step ran: inferred, and not counted as its own.</p>
      )}
      {nearbyLimits.map(limit => (
        <p class="muted" key={limit}>
          {visibleText(limit)}
        </p>
      ))}
      <RecordList records={nearby} openRecord={(index, preview) => openRecord(records.length + index, preview)} />
    </section>
  );
}

function Attempts({ step }: { step: StepDocument }) {
  const clock = useAttemptClock();
  if (step.attempts.length < 2) return null;
  return (
    <section>
      <h3>{counted(step.attempts.length, 'attempt')}</h3>
      <ol class="attempts">
        <Limited
          items={step.attempts}
          show={({ service, host, start, end, status, releasing }, index) => (
            <li key={index}>
              <span class={status === 'failed' ? 'error-text' : ''}>{status}</span>
              {releasing && ' (this one counts)'}
              <span class="muted log">
                {[service, host, `${clock(start, 'start')} – ${clock(end, 'end')}`]
                  .filter(part => part !== null)
                  .map(part => ` · ${oneLine(part)}`)}
              </span>
            </li>
          )}
        />
      </ol>
    </section>
  );
}

/** Who was called, where both sides log under one step ID: each by its own clock. */
function CallSides({ step }: { step: StepDocument }) {
  const clock = useAttemptClock();
  const sides = step.attempts.flatMap(attempt => attempt.sides);
  if (sides.length === 0) return null;
  return (
    <section>
      <h3>{sides.length === 1 ? 'Other side of the call' : 'Other sides of the call'}</h3>
      <ul class="attempts">
        <Limited
          items={sides}
          show={({ service, host, start, end, status }, index) => (
            <li key={index}>
              <span class={status === 'failed' ? 'error-text' : ''}>{oneLine(service ?? 'service not named')}</span>
              <span class="muted log">
                {[host, `${clock(start, 'start')} – ${clock(end, 'end')}`]
                  .filter(part => part !== null)
                  .map(part => ` · ${oneLine(part)}`)}
              </span>
            </li>
          )}
        />
      </ul>
    </section>
  );
}

function useAttemptClock() {
  const timeOfDay = useTimeOfDay();
  return (time: string | null, what: string) => (time === null ? `${what} not logged` : timeOfDay(time));
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
