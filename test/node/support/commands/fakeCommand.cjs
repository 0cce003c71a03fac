#!/usr/bin/env node
// Stands for docker, podman, kubectl or journalctl, by the name it is called by. What it knows and what goes wrong with it
// stand in `world.json` beside it; logs are `<id>.log`, a line `stamp stream text` each. Calls go to `calls.jsonl`.
const { appendFileSync, existsSync, readFileSync } = require('node:fs');
const path = require('node:path');

const folder = path.dirname(process.argv[1]);
const program = path.basename(process.argv[1]);
const args = process.argv.slice(2);
const at = name => path.join(folder, name);
appendFileSync(at('calls.jsonl'), `${JSON.stringify({ program, args, pid: process.pid })}\n`);
const world = () => JSON.parse(readFileSync(at('world.json'), 'utf8'));
const option = name => args.find(arg => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const has = name => args.includes(`--${name}`);
const named = args.slice(args.indexOf('--') + 1);
const fail = (message, code = 1) => {
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
};

const { faults = {} } = world();
if (faults.silent) setInterval(() => {}, 1_000);
else if (faults.all) fail(faults.all);
else if (program === 'kubectl') kubectl();
else if (program === 'journalctl') journalctl();
else docker();

function docker() {
  const { containers } = world();
  if (args[0] === 'ps') {
    const label = option('filter')?.slice('label='.length);
    const fitting = containers.filter(({ labels = [] }) => label === undefined || labels.includes(label));
    process.stdout.write(fitting.map(({ id }) => `${id}\n`).join(''));
  } else if (args[0] === 'container') {
    const found = containers.filter(({ id, name }) => named.includes(id) || named.includes(name));
    const inspected = found.map(({ id, name, running = true, finished = '' }) => ({
      Id: id,
      Name: `/${name}`,
      State: { Running: running, StartedAt: '2026-03-02T10:00:00Z', FinishedAt: finished },
    }));
    process.stdout.write(JSON.stringify(inspected));
    if (found.length === 0) fail(`Error response from daemon: No such container: ${named[0]}`);
  } else logs(named[0], option('since') ?? '', () => !world().containers.some(each => each.id === named[0] && each.running === false));
}

function kubectl() {
  if (args[0] === 'get') {
    const { pods = [], workloads = {} } = world();
    const [kind, name] = named;
    if (kind !== 'pods') process.stdout.write(JSON.stringify(workloads[`${kind}/${name}`]));
    else if (name === undefined) process.stdout.write(JSON.stringify({ kind: 'List', items: pods }));
    else {
      const pod = pods.find(each => each.metadata.name === name);
      if (pod) process.stdout.write(JSON.stringify(pod));
      else fail(`Error from server (NotFound): pods "${name}" not found`);
    }
    return;
  }
  const id = `${named[0]}.${option('container')}${has('previous') ? '.prev' : ''}`;
  logs(id, option('since-time')?.replace(/Z$/, '') ?? '', () => !world().ended?.includes(id));
}

function logs(id, since, isRunning) {
  let done = 0;
  const tell = () => {
    const text = existsSync(at(`${id}.log`)) ? readFileSync(at(`${id}.log`), 'latin1') : '';
    const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n').slice(0, -1);
    const fresh = lines.slice(done).filter(line => line >= since);
    done = lines.length;
    // Half of a stream is written before the other one is.
    for (const stream of ['stderr', 'stdout']) {
      const own = fresh.map(line => /^(\S+) (\S+) (.*)$/s.exec(line)).filter(line => line[2] === stream);
      const whole = own.map(([, stamp, , words]) => `${stamp} ${words.replaceAll('\u0001', '\n')}\n`).join('');
      const isCut = faults.cutAfter !== undefined && stream === 'stdout' && !existsSync(at('cut'));
      const cut = isCut ? whole.slice(0, faults.cutAfter) : whole;
      process[program === 'kubectl' ? 'stdout' : stream].write(Buffer.from(cut, 'latin1'));
    }
    if (faults.cutAfter !== undefined && !existsSync(at('cut'))) {
      appendFileSync(at('cut'), '');
      fail('error: unexpected EOF');
      return false;
    }
    return true;
  };
  if (!tell() || !has('follow')) return;
  if (faults.dies) {
    fail('error: unexpected EOF');
    return;
  }
  const timer = setInterval(() => {
    tell();
    if (!isRunning()) clearInterval(timer);
  }, 20);
}

function journalctl() {
  const after = option('after-cursor');
  let seen = after === undefined;
  let done = 0;
  const tell = () => {
    const lines = readFileSync(at('journal.log'), 'utf8').split('\n').slice(0, -1);
    for (const line of lines.slice(done)) {
      if (seen) process.stdout.write(`${line}\n`);
      if (!seen && line.includes(`"__CURSOR":"${after}"`)) seen = true;
    }
    done = lines.length;
  };
  if (option('lines') !== '0') tell();
  if (has('follow')) setInterval(tell, 20);
}
