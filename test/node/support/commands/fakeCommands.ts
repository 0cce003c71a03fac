import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SchemeName } from '../../../../src/common/protocol/places/remotePlaces';
import { noHost } from '../../../../src/common/protocol/sourceHost';
import { createEngine } from '../../../../src/node/engine/createEngine';
import { connectDocker, connectPodman } from '../../../../src/node/remote/commands/containers';
import { connectJournal } from '../../../../src/node/remote/commands/journal';
import { connectKubectl } from '../../../../src/node/remote/commands/kubectl';
import { MirrorStore } from '../../../../src/node/remote/mirrorStore';
import { RemoteWork } from '../../../../src/node/remote/remoteWork';
import type { Connect } from '../../../../src/node/remote/transport';
import { tempFolder } from '../logs';
import { scanWorker } from '../workers';

const script = path.join(path.dirname(fileURLToPath(import.meta.url)), 'fakeCommand.cjs');
const programs = ['docker', 'podman', 'kubectl', 'journalctl'] as const;
type Program = (typeof programs)[number];

export interface World {
  containers?: { id: string; name: string; running?: boolean; finished?: string; labels?: string[] }[];
  pods?: unknown[];
  workloads?: Record<string, unknown>;
  /** Logs that are not written to any more. */
  ended?: string[];
  faults?: { all?: string; silent?: boolean; cutAfter?: number; dies?: boolean };
}

/** Programs of a test's own on the PATH, until `restore`. */
export class FakeCommands {
  readonly folder = tempFolder();
  private readonly path = process.env.PATH;

  constructor() {
    for (const program of programs) this.install(program);
    symlinkSync(process.execPath, path.join(this.folder, 'node'));
    process.env.PATH = this.folder;
    this.world({});
  }

  install(program: Program): void {
    copyFileSync(script, path.join(this.folder, program));
  }

  remove(program: Program): void {
    rmSync(path.join(this.folder, program));
  }

  world(world: World): void {
    writeFileSync(path.join(this.folder, 'world.new'), JSON.stringify(world));
    copyFileSync(path.join(this.folder, 'world.new'), path.join(this.folder, 'world.json'));
    rmSync(path.join(this.folder, 'cut'), { force: true });
  }

  /** Lines of `stamp stream text`, each character one byte. */
  log(id: string, lines: readonly string[]): void {
    appendFileSync(path.join(this.folder, `${id}.log`), Buffer.from(lines.map(line => `${line}\n`).join(''), 'latin1'));
  }

  /** Lines as they are. */
  lines(id: string, lines: readonly string[]): void {
    appendFileSync(path.join(this.folder, `${id}.log`), lines.map(line => `${line}\n`).join(''));
  }

  empty(id: string): void {
    writeFileSync(path.join(this.folder, `${id}.log`), '');
  }

  calls(): { program: string; args: string[]; pid: number }[] {
    const file = path.join(this.folder, 'calls.jsonl');
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter(line => line !== '')
      .map(line => JSON.parse(line));
  }

  restore(): void {
    process.env.PATH = this.path;
  }
}

/** Not those of `transports`: what is imported later is another copy of the same modules here. */
const connections: { [Scheme in SchemeName]?: Connect } = {
  docker: connectDocker,
  podman: connectPodman,
  kubectl: connectKubectl,
  journal: connectJournal,
};

/** Remote work with the product's own transports. */
export const commandWork = (folder = tempFolder(), pauses: readonly number[] = [5, 5, 5]): RemoteWork => {
  mkdirSync(folder, { recursive: true });
  return new RemoteWork({
    store: new MirrorStore(folder, 2 ** 30),
    host: noHost,
    connect: async scheme => connections[scheme] ?? connectDocker,
    pauses,
    interval: 50,
  });
};

export const commandEngine = (work = commandWork()) =>
  createEngine({ scanWorker, workers: 2, assumedZone: 'UTC' }, noHost, work);
