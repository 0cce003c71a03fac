import { counted } from '../../../common/base/counted';
import { shorten } from './lookupInput';
import type { LookupRun, TargetOutcome } from './lookupRun';

const mostFields = 6;
const mostNear = 3;

/** What a user can try after a look-up that found nothing. */
export function hintsFor(run: LookupRun, ids: readonly string[], last: TargetOutcome): string[] {
  const hints: string[] = [];
  const [id = ''] = ids;
  if (run.sources.length === 0) {
    hints.push('There is nothing to search: no readable log was found. Name a file or folder that holds logs.');
    return hints;
  }
  if (ids.length > 1) hints.push(`Nothing was found for any of ${ids.map(one => `“${shorten(one, 40)}”`).join(', ')}.`);
  if (last.found.weak > 0) {
    hints.push(
      `“${id}” is short or a number; ${counted(last.found.weak, 'record', { one: 'holds', many: 'hold' })} it, but none in an ID field. Give the whole ID.`,
    );
  }
  const near = [...last.outcome.near].sort().slice(0, mostNear);
  if (near.length > 0) hints.push(`Did you mean ${near.map(word => `“${word}”`).join(' or ')}?`);
  const fields = new Set(run.sources.flatMap(({ profile }) => profile.roles.correlationId?.fields.slice(0, 1) ?? []));
  if (fields.size > 0) {
    hints.push(`Correlation IDs stand in ${[...fields].slice(0, mostFields).join(', ')} here. Check the spelling.`);
  } else {
    hints.push('No field of these logs looks like a correlation ID. Give an ID just as a log line spells it.');
  }
  if (run.skipped.length > 0) hints.push(`${counted(run.skipped.length, 'source')} could not be read.`);
  hints.push(...last.outcome.notes.map(({ text }) => text));
  return hints;
}
