import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';

interface Instance {
  containerID: string;
  lines: { stamp: string; text: string }[];
}

export interface Pod {
  name: string;
  labels: Record<string, string>;
  container: string;
  now: Instance;
  before: Instance | null;
}

/**
 * The part of the Kubernetes API (https://kubernetes.io/docs/reference/kubernetes-api/) that `kubectl get` and `kubectl
 * logs` ask for, on loopback: what the real command line is tested against where no cluster can run.
 */
export class KubeServer {
  readonly pods: Pod[] = [];
  /** Answers everything with this status. */
  refuses: { status: number; reason: string; message: string } | null = null;
  /** So many bytes of a log later the connection breaks, once. */
  breakAfter = Number.POSITIVE_INFINITY;
  open = 0;
  port = 0;
  private readonly server: Server;
  private readonly followers = new Set<() => void>();

  constructor() {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  /** @returns path of a configuration that names it, as the context `test` */
  async start(folder: string): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
    const file = path.join(folder, 'kubeconfig');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [{ name: 'test', cluster: { server: `http://127.0.0.1:${this.port}` } }],
      users: [{ name: 'test', user: {} }],
      contexts: [{ name: 'test', context: { cluster: 'test', user: 'test' } }],
      'current-context': 'test',
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }

  pod(name: string, container = 'app'): Pod {
    const pod = { name, labels: { app: 'orders' }, container, now: instance(name, 0), before: null };
    this.pods.push(pod);
    return pod;
  }

  write(pod: Pod, lines: Instance['lines']): void {
    pod.now.lines.push(...lines);
    for (const tell of [...this.followers]) tell();
  }

  /** Another container takes the place of the one that ran. */
  restart(pod: Pod): void {
    pod.before = pod.now;
    pod.now = instance(pod.name, Number(pod.now.containerID.split('-').at(-1)) + 1);
    for (const tell of [...this.followers]) tell();
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://kube');
    const discovered = discovery[url.pathname];
    if (this.refuses) fail(response, this.refuses.status, this.refuses.reason, this.refuses.message);
    else if (discovered) json(response, 200, discovered);
    else if (url.pathname === '/apis/apps/v1/namespaces/shop/deployments/orders') {
      const spec = { selector: { matchLabels: { app: 'orders' } } };
      json(response, 200, { kind: 'Deployment', apiVersion: 'apps/v1', metadata: { name: 'orders' }, spec });
    } else this.ofPods(url, response);
  }

  private ofPods({ pathname, searchParams }: URL, response: ServerResponse): void {
    const [, name, part] = /^\/api\/v1\/namespaces\/shop\/pods(?:\/([^/]+))?(\/log)?$/.exec(pathname) ?? [];
    const pod = this.pods.find(each => each.name === name);
    if (name === undefined) {
      const selector = searchParams.get('labelSelector');
      const fitting = this.pods.filter(({ labels }) => selector === null || selector === `app=${labels.app}`);
      json(response, 200, { kind: 'PodList', apiVersion: 'v1', metadata: {}, items: fitting.map(objectOf) });
    } else if (!pod) fail(response, 404, 'NotFound', `pods "${name}" not found`);
    else if (part) this.log(pod, searchParams, response);
    else json(response, 200, objectOf(pod));
  }

  private log(pod: Pod, query: URLSearchParams, response: ServerResponse): void {
    const told = query.get('previous') === 'true' ? pod.before : pod.now;
    if (!told || query.get('timestamps') !== 'true') {
      fail(response, 400, 'BadRequest', 'no such container');
      return;
    }
    const since = (query.get('sinceTime') ?? '').replace(/Z$/, '');
    const follow = query.get('follow') === 'true';
    this.open++;
    response.on('close', () => {
      this.open--;
      this.followers.delete(tell);
    });
    response.setHeader('Content-Type', 'text/plain');
    let next = 0;
    let sent = 0;
    const tell = () => {
      for (; next < told.lines.length; next++) {
        const { stamp, text } = told.lines[next] ?? { stamp: '', text: '' };
        if (stamp < since) continue;
        const line = Buffer.from(`${stamp} ${text}\n`);
        sent += line.length;
        if (sent > this.breakAfter) {
          this.breakAfter = Number.POSITIVE_INFINITY;
          response.write(line.subarray(0, 40), () => response.destroy());
          return;
        }
        response.write(line);
      }
      if (!follow || told !== pod.now) response.end();
    };
    response.flushHeaders();
    if (follow) this.followers.add(tell);
    tell();
  }
}

const instance = (name: string, number: number): Instance => ({
  containerID: `containerd://${name}-${number}`,
  lines: [],
});

function objectOf({ name, labels, container, now, before }: Pod): unknown {
  const lastState = before ? { terminated: { containerID: before.containerID, exitCode: 1 } } : {};
  const state = { running: { startedAt: '2026-03-02T10:00:00Z' } };
  const status = { name: container, containerID: now.containerID, restartCount: 0, state, lastState };
  return {
    kind: 'Pod',
    apiVersion: 'v1',
    metadata: { name, namespace: 'shop', labels },
    spec: { containers: [{ name: container }] },
    status: { phase: 'Running', containerStatuses: [status] },
  };
}

const verbs = ['get', 'list'];
const discovery: Record<string, unknown> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: [
      {
        name: 'apps',
        versions: [{ groupVersion: 'apps/v1', version: 'v1' }],
        preferredVersion: { groupVersion: 'apps/v1', version: 'v1' },
      },
    ],
  },
  '/api/v1': {
    kind: 'APIResourceList',
    groupVersion: 'v1',
    resources: [
      { name: 'pods', singularName: 'pod', namespaced: true, kind: 'Pod', verbs },
      { name: 'pods/log', singularName: '', namespaced: true, kind: 'Pod', verbs },
    ],
  },
  '/apis/apps/v1': {
    kind: 'APIResourceList',
    groupVersion: 'apps/v1',
    resources: [{ name: 'deployments', singularName: 'deployment', namespaced: true, kind: 'Deployment', verbs }],
  },
};

function json(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(body));
}

const fail = (response: ServerResponse, code: number, reason: string, message: string): void =>
  json(response, code, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code, reason, message });
