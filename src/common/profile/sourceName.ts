const compression = /\.(?:gz|zst|bz2|xz|zip|lz4)$/i;
const extension = /\.(?:log|txt|jsonl?|ndjson|clef|xml|har|out|err|csv|tsv|logfmt)$/i;
const rotation =
  /(?:\.\d{1,4}|[._-](?:\d{4}[-_.]?\d{2}[-_.]?\d{2}(?:[-_.T]?\d{2}[-_.:]?\d{2}(?:[-_.:]?\d{2})?)?(?:-\d{1,4})?|stdout|stderr))$/i;
/** What a file's name says of the one session or run that it is about. */
const uuidEnd = /(?:^|[._-])[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;
const noService =
  /^(?:|\d[\d._T:-]*|-|stdin|untitled.*|logs?|output|stdout|stderr|all|combined|merged|sample|trace|traces|events?)$/i;

/** What Kubernetes draws the random ends of its names from. */
const drawn = '[bcdfghjklmnpqrstvwxz2456789]';
const podEnd = new RegExp(`(?:-(?:${drawn}{6,10}|\\d{8,10})-${drawn}{5}|-${drawn}{5}|-\\d{1,3})$`);
/** Names of containers that say no more than the pod does. */
const anyContainer = /^(?:app|application|main|server|service|web|api|container|\d+)$/;
/** Those of them that say nothing at all. */
const namelessContainer = /^(?:app|application|main|server|service|container|\d+)$/;
const kubeletPod = /^[a-z\d-]+_([a-z\d.-]+)_[\da-f-]{32,36}$/;
const kubeletLink = /^([a-z\d.-]+)_[a-z\d-]+_([a-z\d.-]+)-[\da-f]{64}$/;
/** Our names for what programs tell: a container, a container of a pod. */
const told = /^(?:docker|podman):(.+)$/;
const toldPod = /^kubectl:.*\/([a-z\d.-]+)\/([a-z\d-]+)(?:\.prev)?$/;
const dockerFile = /^[\da-f]{64}(?:-json)?$/;
const airflowDag = /^dag_id=(.+)$/;
const airflowTask = /^task_id=(.+)$/;

/** The service whose pod it is: a deployment's (`orders-7d9f8c6b5-x2x4z`), a set's (`kafka-0`), a job's. */
export const serviceOfPod = (pod: string): string => pod.replace(podEnd, '') || pod;

/** Whether a field is named as one that holds the name of a pod. */
export const isPodName = (name: string): boolean => /(?:^|[._])(?:pod|pod_?name|k8s\.pod\.name)$/i.test(name);

/** Whether a field holds the name of a container, and one that says nothing of the service. */
export const isNamelessContainer = (name: string, value: string): boolean =>
  /(?:^|[._])container_?(?:name)?$/i.test(name) && namelessContainer.test(value);

/**
 * The service that a file's name tells: the name without path, compression, log extension, rotation number and date, and
 * what Kubernetes adds to the name of a pod (`logs/orders-api.2026-03-02.log.1.gz` → `orders-api`); for a bare number, as
 * container runtimes write (`web/0.log`), the folder's name. Of kubelet's paths the container, or the pod's service where
 * it is but an `app`; of Airflow's the DAG and its task. `null` where the name says nothing (`output.log`, a container's digest,
 * standard input).
 */
export function serviceFromName(sourceName: string): string | null {
  const [, pod, container] = toldPod.exec(sourceName) ?? [];
  if (pod && container) return ofContainer(container, pod);
  const own = told.exec(sourceName)?.[1];
  if (own) return own;
  // Each entry says itself whose it is.
  if (/^journal(?:\+ssh)?:/.test(sourceName)) return null;
  const parts = sourceName
    .replace(/[?#].*$/, '')
    .split(/[\\/]/)
    .filter(part => part !== '');
  const dag = parts.map(part => airflowDag.exec(part)?.[1]).find(id => id !== undefined);
  const task = parts.map(part => airflowTask.exec(part)?.[1]).find(id => id !== undefined);
  if (dag) return task ? `${dag}.${task}` : dag;
  const name = bareName(parts.at(-1) ?? '');
  if (dockerFile.test(name)) return null;
  const [, linkedPod, linkedContainer] = kubeletLink.exec(name) ?? [];
  if (linkedPod && linkedContainer) return ofContainer(linkedContainer, linkedPod);
  if (/^\d+$/.test(name) && parts.length > 1) {
    const folder = bareName(parts.at(-2) ?? '');
    const pod = kubeletPod.exec(parts.at(-3) ?? '')?.[1];
    if (pod) return ofContainer(folder, pod);
    return noService.test(folder) ? null : folder;
  }
  return noService.test(name) || name.length > 80 ? null : name.replace(deployedEnd, '');
}

/** A file may end in a number or a short word of its own: only a deployment's pod is told by its name alone. */
const deployedEnd = new RegExp(`-(?=${drawn}*\\d)${drawn}{8,10}-${drawn}{5}$`);

const ofContainer = (container: string, pod: string): string =>
  anyContainer.test(container) ? serviceOfPod(pod) : container;

function bareName(file: string): string {
  let name = file;
  for (let before = ''; before !== name; ) {
    before = name;
    name = name.replace(compression, '').replace(extension, '').replace(rotation, '').replace(uuidEnd, '');
  }
  return name;
}
