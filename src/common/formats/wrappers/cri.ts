import { groupFields, type Wrapper, wrapperStamp } from './wrapper';

/**
 * The log files of Kubernetes' container runtimes (containerd, CRI-O): `2026-03-02T10:15:00.123456789Z stdout F message`,
 * where `P` marks a part of a line that the next one of its stream goes on with (Kubernetes' CRI logging format). A `-`
 * stands for a stream that nobody tells, in our copies of what `kubectl logs` gives.
 */
export const cri: Wrapper = {
  name: 'cri',
  isAmbiguous: false,
  isPrefix: true,
  open(line) {
    const [whole, , stream, tag] = head.exec(line) ?? [];
    if (whole === undefined || stream === undefined) return null;
    return { start: whole.length, end: line.length, escaped: false, stream, isPartial: tag === 'P' };
  },
  fieldsOf: line => groupFields(head.exec(line), [wrapperStamp, 'stream']).filter(({ value }) => value !== '-'),
};

const head =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)) (stdout|stderr|-) ([FP])(?::\w{1,20})*(?: |$)/d;
