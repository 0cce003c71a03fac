import type { LogRecord } from '../../../common/model/logRecord';
import type { Found } from './findings';

/** Adds what was found elsewhere. */
export function addFound(into: Found, more: Found): void {
  for (const record of more.group) into.group.push(record);
  for (const record of more.bare) into.bare.push(record);
  for (const mention of more.mentions) into.mentions.push(mention);
  for (const [role, records] of more.roles) into.roles.set(role, [...(into.roles.get(role) ?? []), ...records]);
  into.weak += more.weak;
  into.cut += more.cut;
  into.dropped += more.dropped;
}

/** The same with other records in the place of those there are; `null` leaves one out. */
export function mapFound(found: Found, map: (record: LogRecord) => LogRecord | null): Found {
  const all = (records: readonly LogRecord[]) => records.flatMap(record => map(record) ?? []);
  return {
    ...found,
    group: all(found.group),
    bare: all(found.bare),
    mentions: found.mentions.flatMap(({ record, field }) => {
      const mapped = map(record);
      return mapped ? [{ record: mapped, field }] : [];
    }),
    roles: new Map([...found.roles].map(([role, records]) => [role, all(records)])),
  };
}

/** All records of it, each as often as it has something to do with the ID. */
export const recordsOf = ({ group, bare, mentions, roles }: Found): LogRecord[] => [
  ...group,
  ...bare,
  ...mentions.map(({ record }) => record),
  ...[...roles.values()].flat(),
];
