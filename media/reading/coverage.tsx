import type { DetectedSource } from '../../src/common/protocol/documents';
import { visibleText } from '../../src/common/timeline/visibleText';
import { share } from './counts';
import { roleTexts } from './roleTexts';

/** What a trace is made of; the other roles are extras. */
const roles = ['correlationId', 'stepId', 'previousStepId', 'timestamp', 'duration', 'severity', 'userId'] as const;

/** Which share of each service's records says what. */
export function Coverage({ coverage }: Pick<DetectedSource, 'coverage'>) {
  if (coverage.length === 0) return null;
  return (
    <div class="scrolling">
      <table class="coverage">
        <caption>Records that say it</caption>
        <thead>
          <tr>
            <th scope="col">service</th>
            <th scope="col" class="number">
              records
            </th>
            {roles.map(role => (
              <th key={role} scope="col" class="number">
                {roleTexts[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {coverage.map(({ service, records, with: counts }) => (
            <tr key={service}>
              <th scope="row" class="log">
                {service === null ? 'not named' : visibleText(service)}
              </th>
              <td class="number">{records.toLocaleString('en')}</td>
              {roles.map(role => (
                <td key={role} class={`number${counts[role] ? '' : ' muted'}`}>
                  {share(counts[role] ?? 0, records)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
