import { readFileSync, writeFileSync } from 'node:fs';

/** Resident memory of a process in bytes, now and at its highest; NaN where there is no such process or no /proc. */
export function residentOf(pid: number | 'self'): { now: number; peak: number } {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024;
    return { now: bytes('VmRSS'), peak: bytes('VmHWM') };
  } catch {
    return { now: Number.NaN, peak: Number.NaN };
  }
}

/** Lets the highest value begin anew at what is held now (proc(5), clear_refs). */
export function forgetPeak(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/clear_refs`, '5');
  } catch {
    // Without /proc nothing is known of memory anyway.
  }
}
