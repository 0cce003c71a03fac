import type { DateOrder, SourceProfile } from '../../model/sourceProfile';
import type { ReadField } from '../recordReader';
import { dateOrderOf } from './dateOrder';
import { joinedStamp } from './joinedStamp';
import { stampOf } from './looseStamp';
import type { Stamp, StampContext } from './stamp';
import { stampColumnOf } from './stampColumn';
import { decideZone, type SeenStamps } from './zoneRule';

/** Records at the end of a sample whose stamps are compared with the file's last change: the newest may not be the last. */
const lastRecords = 20;

/** Collects the stamps of a sample and decides by them what the source's stamps leave out. */
export class StampSurvey {
  private readonly records: string[][] = [];
  private readonly messages: string[] = [];
  private readonly modified: number | null;

  /** `modified`: epoch milliseconds of the source's last change, where known. */
  constructor(modified: number | undefined) {
    this.modified = modified ?? null;
  }

  /** Takes the fields of a record, in the order of the source; the last record of the sample must be among them. */
  take(fields: readonly ReadField[]): void {
    const stamps = fields.filter(({ role }) => role === 'timestamp');
    const values = stamps.map(stamp => joinedStamp(stamp, stamps, fields));
    if (values.length > 0) this.records.push(values);
    else this.messages.push(fields.find(({ role }) => role === 'message')?.value ?? '');
  }

  /** What the source's dates of three numbers are; none where no stamp needs it or nothing tells. */
  dateOrder(): DateOrder | null {
    return dateOrderOf(this.records.flat(), this.modified);
  }

  /** See {@link SourceProfile.dated}. */
  dated(): number | null {
    const context: StampContext = { modified: this.modified ?? undefined, dateOrder: this.dateOrder() ?? undefined };
    const stamps = this.records.flat().flatMap(value => stampOf(value, context) ?? []);
    if (stamps.every(({ assumed }) => assumed !== 'year')) return null;
    const times = stamps.flatMap(stamp => (stamp.assumed === null ? [Number(stamp.at / 1_000_000n)] : []));
    return times.length === 0 ? null : Math.max(...times);
  }

  /** See {@link SourceProfile.stampColumn}. */
  stampColumn(): number | null {
    return this.records.length === 0 ? stampColumnOf(this.messages) : null;
  }

  /** `hasEnd`: the sample's last record is the source's. Others: see {@link decideZone}. */
  timezone({ override, assumed, hasEnd }: { override: string | undefined; assumed: string; hasEnd: boolean }) {
    const context: StampContext = {
      modified: this.modified ?? undefined,
      dateOrder: this.dateOrder() ?? undefined,
    };
    const stamps = this.records.map(values => stampsIn(values, context));
    return decideZone({
      override,
      seen: stamps.map(seenIn),
      last: hasEnd ? newest(stamps.slice(-lastRecords).flat()) : null,
      modified: this.modified,
      assumed,
    });
  }
}

/** Farthest from UTC that a zone is, in milliseconds. */
const farthestMs = 14 * 3_600_000;

/** The stamps of one record. What leaves out its year or date takes it from another that is an instant. */
function stampsIn(values: readonly string[], context: StampContext): Stamp[] {
  const stamps = values.map(value => stampOf(value, context)).filter(stamp => stamp !== null);
  const instant = stamps.find(({ zoneKnown }) => zoneKnown);
  if (!instant || stamps.every(({ assumed }) => assumed === null)) return stamps;
  const near = { ...context, modified: Number(instant.at / 1_000_000n) + farthestMs };
  return values.map(value => stampOf(value, near)).filter(stamp => stamp !== null);
}

const msOf = (stamp: Stamp | undefined): number | null => (stamp ? Number(stamp.at / 1_000_000n) : null);

function seenIn(stamps: readonly Stamp[]): SeenStamps {
  const zoned = stamps.find(({ zoneKnown }) => zoneKnown);
  return {
    unzoned: msOf(stamps.find(({ zoneKnown }) => !zoneKnown)),
    instant: msOf(zoned),
    offset: zoned?.offset ?? null,
  };
}

/** A time of day without a date says nothing of the zone: its day was chosen by the file's last change. */
function newest(stamps: readonly Stamp[]): number | null {
  const times = stamps.flatMap(stamp =>
    stamp.zoneKnown || stamp.assumed === 'date' ? [] : [Number(stamp.at / 1_000_000n)],
  );
  return times.length === 0 ? null : Math.max(...times);
}
