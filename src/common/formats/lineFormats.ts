import type { LogFormat } from './logFormat';
import { logfmt } from './logfmt';
import { accessLog } from './servers/accessLog';
import { albLog } from './servers/albLog';
import { auditd } from './servers/auditd';
import { envoyLog } from './servers/envoyLog';
import { haproxyLog } from './servers/haproxyLog';
import { s3Log } from './servers/s3Log';
import { squidLog } from './servers/squidLog';
import { uwsgiLog } from './servers/uwsgiLog';
import { spanLine } from './spanLine';

/** Formats with one record per line that may also stand behind the head of another, the most telling first. */
export const lineFormats: readonly LogFormat[] = [
  auditd,
  albLog,
  s3Log,
  haproxyLog,
  envoyLog,
  uwsgiLog,
  squidLog,
  spanLine,
  accessLog,
  logfmt,
];
