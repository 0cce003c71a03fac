import type { FieldDocument } from '../../src/common/protocol/documents';
import { visibleText } from '../../src/common/timeline/visibleText';
import { counted } from './counts';
import { evidenceTexts, roleTexts } from './roleTexts';

interface FieldTableProps {
  fields: FieldDocument[];
  assign: (field: string) => void;
}

/** Every field of a record, with its role and why; any may be given another role. */
export function FieldTable({ fields, assign }: FieldTableProps) {
  if (fields.length === 0) return <p class="muted">No fields.</p>;
  return (
    <details class="fields">
      <summary>{counted(fields.length, 'field')}</summary>
      <div class="scrolling">
        <table>
          <thead>
            <tr>
              <th scope="col">field</th>
              <th scope="col">value</th>
              <th scope="col">role</th>
              <th scope="col">
                <span class="spoken">change</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {fields.map(({ name, value, role, evidence, start }, index) => (
              <tr key={`${index} ${start}`}>
                <th scope="row" class="log">
                  {visibleText(name)}
                </th>
                <td class="log value">{visibleText(value)}</td>
                <td>
                  {role === null ? <span class="muted">none</span> : (roleTexts[role] ?? role)}
                  {evidence && <span class="muted"> ({evidenceTexts[evidence]})</span>}
                </td>
                <td>
                  <button
                    type="button"
                    class="link"
                    aria-label={`Use As… for ${visibleText(name)}`}
                    onClick={() => assign(name)}
                  >
                    Use As…
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
