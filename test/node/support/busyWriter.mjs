// Writes a log as a busy service does: `node busyWriter.mjs FILE SECONDS LINES_PER_SECOND ROTATIONS rename|copy ID EVERY`.
// Every EVERYth line is a numbered one of the ID. Prints how many of these it has written.
import { closeSync, copyFileSync, ftruncateSync, openSync, renameSync, writeSync } from 'node:fs';

const [file, seconds, rate, rotations, manner, id, every] = process.argv.slice(2);
const slice = 20;
const slices = (Number(seconds) * 1000) / slice;
const linesOfSlice = Math.round((Number(rate) * slice) / 1000);
let descriptor = openSync(file, 'a');
let line = 0;
let numbered = 0;
let moved = 0;

function rotate() {
  moved++;
  if (manner === 'copy') {
    copyFileSync(file, `${file}.${1000 - moved}`);
    ftruncateSync(descriptor);
    return;
  }
  renameSync(file, `${file}.${1000 - moved}`);
  // A service writes to the old file until it is told to open the new one.
  write(linesOfSlice);
  closeSync(descriptor);
  descriptor = openSync(file, 'a');
}

function write(count) {
  let text = '';
  for (let at = 0; at < count; at++, line++) {
    const own = line % Number(every) === 0;
    const context = { correlationId: own ? id : `0f${String(line % 5000).padStart(6, '0')}-18e7-4c7a-bf8c-4d83d13d9c02` };
    const message = own ? `number ${numbered++}` : `Order ${line} taken from the shelf and put into a box`;
    const entry = { timestamp: new Date().toISOString(), level: 'INFO', service: 'api', ...context, sentAt: Date.now(), message };
    text += `${JSON.stringify(entry)}\n`;
  }
  // In two halves, so that a reader sees unfinished lines.
  const bytes = Buffer.from(text);
  const half = bytes.length >> 1;
  for (const part of [bytes.subarray(0, half), bytes.subarray(half)]) {
    for (let done = 0; done < part.length; ) done += writeSync(descriptor, part, done);
  }
}

const started = performance.now();
for (let at = 0; at < slices; at++) {
  write(linesOfSlice);
  const due = (slices / (Number(rotations) + 1)) * (moved + 1);
  if (moved < Number(rotations) && at >= due) rotate();
  const wait = started + (at + 1) * slice - performance.now();
  if (wait > 0) await new Promise(resolve => setTimeout(resolve, wait));
}
closeSync(descriptor);
console.log(numbered);
