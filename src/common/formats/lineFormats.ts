import { accessLog } from './accessLog';
import { albLog } from './albLog';
import { auditd } from './auditd';
import { envoyLog } from './envoyLog';
import { haproxyLog } from './haproxyLog';
import type { LogFormat } from './logFormat';
import { logfmt } from './logfmt';
import { s3Log } from './s3Log';
import { spanLine } from './spanLine';
import { squidLog } from './squidLog';
import { uwsgiLog } from './uwsgiLog';

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
