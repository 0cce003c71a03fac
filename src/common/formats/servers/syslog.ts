import type { Field } from '../../model/fieldRole';
import { knownName } from '../../profile/fieldNames';
import { isSeverityWord } from '../../profile/severity';
import { stampOf } from '../../profile/time/looseStamp';
import { stampAt } from '../../profile/time/timestamp';
import { jsonFields } from '../json/jsonTokens';
import { moveFields } from '../json/offsets';
import { lineFormats } from '../lineFormats';
import type { LogFormat } from '../logFormat';
import { unescapeGo } from '../logfmt';
import { readHeadFrom } from '../text/header';
import { matchedFields } from '../text/lineTokens';
import { fieldsOf } from '../text/text';

/**
 * syslog: RFC 5424 (`<165>1 stamp host app procid msgid [sdid key="value"] message`) and RFC 3164 (`<34>Mar  2 10:15:00
 * host tag[12]: message`), with or without priority, and the same heads with another stamp (rsyslog, `journalctl -o
 * short-iso`). Structured data goes by `sdid.key`. The message is read further: JSON (also behind the `@cee:` cookie),
 * logfmt, access logs, text. Fields: `syslogSeverity` and `syslogFacility` from the priority, `syslogHost`, `syslogTag`,
 * `pid`; the stamp is `syslogTimestamp` where the message has its own.
 */
export const syslog: LogFormat = { name: 'syslog', framing: 'stamp', read };

const severities = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];
const facilities =
  'kern user mail daemon auth syslog lpr news uucp cron authpriv ftp ntp audit alert clock local0 local1 local2 local3 local4 local5 local6 local7'.split(
    ' ',
  );
const priority = /^<(\d{1,3})>(?:(\d) )?/;
const fileBefore = /^[\w./\\-]*[\w-]\.(?:log|txt)(?:\.\d+)*:(?:\d+:)?/;
/** Host, tag and process of RFC 3164 §4.1.2. */
const tagHead = /[ ]([\w.:-]{1,255})[ ]([A-Za-z_][\w./-]{0,127})(?:\([\w.-]*\))?(?:\[([\w.-]{1,64})\])?:(?=\s|$)/dy;
/** A tag with its process and no host before it (Heroku's Logplex). */
const bareTag = /[ ]()([A-Za-z_][\w./-]{0,127})\[([\w.-]{1,64})\]:(?=\s|$)/dy;
/** Host, application, process and message type of RFC 5424 §6.2. */
const namedHead = /[ ](\S{1,255})[ ](\S{1,48})[ ](\S{1,128})[ ](\S{1,32})(?=[ ])/dy;

interface Head {
  fields: Field[];
  /** Where the message begins. */
  end: number;
}

function read(text: string): Field[] | null {
  const head = headOf(text);
  if (!head) return null;
  const message = messageFields(text, head.end);
  const hasStamp = message.some(({ name, value }) => knownName(name)?.role === 'timestamp' && stampOf(value) !== null);
  for (const field of head.fields) if (hasStamp && field.name === 'timestamp') field.name = 'syslogTimestamp';
  return [...head.fields, ...message];
}

function headOf(text: string): Head | null {
  const pri = priority.exec(text);
  const number = Number(pri?.[1] ?? 0);
  if (number > 191) return null;
  const from = pri ? pri[0].length : (fileBefore.exec(text.slice(0, 256))?.[0].length ?? 0);
  const isNil = pri?.[2] !== undefined && text.startsWith('- ', from);
  const stamp = isNil ? null : stampAt(text, from);
  if (!stamp && !isNil) return null;
  const end = stamp?.end ?? from + 1;
  const fields: Field[] = [];
  if (pri) {
    const place = { start: 1, end: 1 + (pri[1]?.length ?? 0) };
    fields.push({ name: 'syslogSeverity', value: severities[number & 7] ?? '', ...place });
    fields.push({ name: 'syslogFacility', value: facilities[number >> 3] ?? '', ...place });
  }
  if (stamp) fields.push({ name: 'timestamp', value: text.slice(from, end), start: from, end });
  const rest = pri?.[2] === undefined ? null : namedRest(text, end, true);
  const found = rest ?? tagRest(text, end, pri !== null) ?? (pri ? null : namedRest(text, end, false));
  return found && { fields: [...fields, ...found.fields], end: found.end };
}

/** What the head of RFC 3164 holds behind its stamp; behind a stamp of another layout only with the process. */
function tagRest(text: string, from: number, hasPriority: boolean): Head | null {
  tagHead.lastIndex = from;
  bareTag.lastIndex = from;
  const match = tagHead.exec(text) ?? bareTag.exec(text);
  const [whole = '', host = '', , process] = match ?? [];
  if (!match || isSeverityWord(host)) return null;
  const isShort = /^[A-Z][a-z]{2} /.test(text.slice(Math.max(0, from - 15), from));
  if (process === undefined && !isShort && !hasPriority) return null;
  const pid = /^\d*$/.test(process ?? '') ? 'pid' : 'instance';
  return { fields: matchedFields(match, ['syslogHost', 'syslogTag', pid]), end: from + whole.length };
}

/**
 * What the head of RFC 5424 holds behind its stamp. Without a priority before it, only structured data or the dash that
 * stands for none tells it, behind a process number.
 */
function namedRest(text: string, from: number, isSure: boolean): Head | null {
  namedHead.lastIndex = from;
  const match = namedHead.exec(text);
  if (!match) return null;
  let end = from + match[0].length + 1;
  const fields = matchedFields(match, ['syslogHost', 'syslogTag', 'pid', 'syslogMsgid']);
  const data = structuredData(text, end);
  if (data.end > end) {
    fields.push(...data.fields);
    end = data.end;
  } else if (!isSure && !(/^\d+$/.test(match[3] ?? '') && match[4] === '-')) return null;
  else if (text.charAt(end) === '-' && /^(?: |$)/.test(text.charAt(end + 1))) end++;
  else if (!isSure) return null;
  while (text.charAt(end) === ' ') end++;
  if (text.charCodeAt(end) === 0xfeff) end++;
  return { fields, end };
}

const element = /\[([^\s=\]"]{1,64})((?: [^\s=\]"]{1,64}="[^"\\]*(?:\\[\s\S][^"\\]*)*")*)\]/y;
const parameter = / ([^\s=\]"]{1,64})="([^"\\]*(?:\\[\s\S][^"\\]*)*)"/g;

/** Structured data (RFC 5424 §6.3): elements of `key="value"`, where `"`, `\` and `]` are escaped. */
function structuredData(text: string, from: number): Head {
  const head: Head = { fields: [], end: from };
  element.lastIndex = from;
  for (let match = element.exec(text); match; match = element.exec(text)) {
    const [whole, id = '', pairs = ''] = match;
    // `[main] message` is no element: one without parameters must have a registered or an enterprise name.
    if (pairs === '' && !id.includes('@')) break;
    const base = match.index + 1 + id.length;
    for (const found of pairs.matchAll(parameter)) {
      const [pair, key = '', raw = ''] = found;
      const end = base + found.index + pair.length - 1;
      head.fields.push({
        name: `${id.replace(/@.*/, '')}.${key}`,
        value: unescapeGo(raw),
        start: end - raw.length,
        end,
      });
    }
    head.end = match.index + whole.length;
    element.lastIndex = head.end;
  }
  return head;
}

const cookie = /\s*(?:@cee:\s*)?(?=\{)/y;

function messageFields(text: string, from: number): Field[] {
  cookie.lastIndex = from;
  const json = cookie.exec(text) && jsonFields(text, cookie.lastIndex);
  if (json?.complete && text.slice(json.end).trim() === '') return json.fields;
  let start = from;
  while (start < text.length && text.charCodeAt(start) <= 0x20) start++;
  const message = text.slice(start);
  for (const format of lineFormats) {
    const fields = format.read(message);
    if (fields) return moveFields(fields, { positions: [], shifts: [] }, start);
  }
  return fieldsOf(text, readHeadFrom(text, start));
}
