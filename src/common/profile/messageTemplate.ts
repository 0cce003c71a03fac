import type { ReadField } from './recordReader';

/** `{Name}`, `{@Order}`, `{Elapsed:0.00}`, `{Name,10}`; a doubled brace is a brace. */
const hole = /\{\{|\}\}|\{[@$]?([\w.]{1,100})(?:,-?\d{1,4})?(:[^{}]{1,100})?\}/g;

/**
 * A message template (messagetemplates.org: Serilog, NLog, Microsoft.Extensions.Logging) with the record's own values in
 * its holes, as its viewers show it. CLEF's `@r` holds what holes with a format became, in their order. A hole without a
 * value stays as it is.
 */
export function renderTemplate(template: string, fields: readonly ReadField[]): string {
  if (!template.includes('{')) return template;
  const rendered = fields.filter(({ name }) => name === '@r');
  let formatted = 0;
  return template.replace(hole, (whole, name: string | undefined, format: string | undefined) => {
    if (name === undefined) return whole.charAt(0);
    const done = format === undefined ? undefined : rendered[formatted++]?.value;
    return done ?? fields.find(field => field.name === name || field.name === `Properties.${name}`)?.value ?? whole;
  });
}
