import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

const writer = '/lib/systemd/systemd-journal-remote';

/** A journal of a test's own, written by systemd itself. */
export class JournalFiles {
  readonly folder: string;
  private entries = 0;

  constructor(folder: string) {
    if (!existsSync(writer)) throw new Error('no journal can be made here: apt-get install systemd-journal-remote');
    this.folder = path.join(folder, 'journal');
    mkdirSync(this.folder);
  }

  /** Messages of a unit, ten milliseconds after each other. */
  write(unit: string, messages: readonly string[]): void {
    const text = messages.map(message => Buffer.concat([Buffer.from(this.head(unit)), field('MESSAGE', message)]));
    const file = path.join(this.folder, 'remote-test.journal');
    execFileSync(writer, ['-o', file, '--split-mode=none', '-'], {
      input: Buffer.concat(text.map(entry => Buffer.concat([entry, Buffer.from('\n')]))),
      stdio: ['pipe', 'ignore', 'ignore'],
    });
  }

  /** An entry begins with what the journal says itself (systemd's JOURNAL_EXPORT_FORMATS). */
  private head(unit: string): string {
    const at = this.entries++ * 10_000;
    return [
      `__REALTIME_TIMESTAMP=${Date.UTC(2026, 2, 2, 10) * 1000 + at}`,
      `__MONOTONIC_TIMESTAMP=${1_000_000 + at}`,
      '_BOOT_ID=3d1219c7c4c5404aaa1f6d2a48adfda4',
      '_MACHINE_ID=3d1219c7c4c5404aaa1f6d2a48adfda4',
      '_HOSTNAME=n1',
      `_SYSTEMD_UNIT=${unit}.service`,
      `SYSLOG_IDENTIFIER=${unit}`,
      'PRIORITY=6',
      '_UID=33',
      '',
    ].join('\n');
  }
}

/** A field in the form in which any bytes can be. */
function field(name: string, value: string): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(bytes.length));
  return Buffer.concat([Buffer.from(`${name}\n`), length, bytes, Buffer.from('\n')]);
}
