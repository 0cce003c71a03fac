import type { RoleBinding } from '../model/sourceProfile';
import { looksLikeId } from './ids';
import type { NameCensus } from './nameCensus';

const base62 = /^(?=[^A-Z]*[A-Z])(?=[^a-z]*[a-z])[0-9A-Za-z]{12,32}$/;

/**
 * The column `uid` of a table groups its rows if its values are IDs, as those of Zeek's connections are (18 characters of
 * base 62); elsewhere, and where they are numbers or names, it is a user's. `null` where there is none.
 */
export function groupOfTable(names: NameCensus): RoleBinding | null {
  const values = names.get('uid')?.values ?? [];
  // By chance a few have no digit; names have none.
  const areIds = values.every(value => base62.test(value) || looksLikeId(value));
  const withDigit = values.filter(value => /\d/.test(value)).length;
  return areIds && withDigit * 2 > values.length ? { fields: ['uid'], evidence: 'data' } : null;
}
