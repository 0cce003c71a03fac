import * as v from 'valibot';
import { changeableFacts, type ReadingHost } from '../../common/protocol/readingProtocol';
import type { Checked } from '../webview/checkedHandlers';

/** The page shows hostile text, so what it sends is checked like any input from outside (SEC-04). */
const index = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const ofSource = { revision: index, source: index };

export const readingSchemas = {
  ready: v.unknown(),
  read: v.strictObject({ full: v.boolean() }),
  source: v.strictObject(ofSource),
  openLine: v.strictObject({ ...ofSource, line: v.pipe(index, v.minValue(1)) }),
  change: v.strictObject({ ...ofSource, what: v.picklist(changeableFacts) }),
  assign: v.strictObject({ ...ofSource, field: v.pipe(v.string(), v.nonEmpty(), v.maxLength(1_000)) }),
  openSetting: v.unknown(),
  addLogs: v.unknown(),
} satisfies Record<keyof ReadingHost, v.GenericSchema>;

export type CheckedReadingHost = Checked<ReadingHost, typeof readingSchemas>;
