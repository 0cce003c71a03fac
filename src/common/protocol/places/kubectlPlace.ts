/** Which pods a place means. */
export interface KubectlPlace {
  /** Of the user's configuration; `null`: the current one. */
  context: string | null;
  namespace: string;
  target: /** With `*` and `?` all that fit; of one container, where it is named. */
    | { kind: 'pod'; name: string; container: string | null }
    | { kind: 'workload'; type: string; name: string }
    | { kind: 'selector'; selector: string };
}

const workloads: Record<string, string> = {
  deploy: 'deployment',
  deployment: 'deployment',
  sts: 'statefulset',
  statefulset: 'statefulset',
  ds: 'daemonset',
  daemonset: 'daemonset',
  rs: 'replicaset',
  replicaset: 'replicaset',
  job: 'job',
};

const name = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/;
const wildName = /^[a-z0-9*?][a-z0-9.*?-]{0,252}$/;
/** Equality-based and set-based requirements; the server says what is wrong within. */
const selector = /^!?[A-Za-z0-9](?=[^=(]*(?:=| (?:not)?in \())[\w./=!,() -]{0,1000}$/;

/** Whether a name is one that Kubernetes allows, and thus no option. */
export const isKubernetesName = (text: string): boolean => name.test(text);

/**
 * `kubectl:shop/orders-0`, `kubectl:shop/orders-*`, `kubectl:shop/orders-0/app`, `kubectl:shop/deployment/orders`,
 * `kubectl:shop/app=orders,tier!=db`, each with `context@` before the namespace; `null` for what is no such place.
 */
export function kubectlPlace(place: string): KubectlPlace | null {
  const [, context = null, namespace = '', what = ''] =
    /^kubectl:(?:([^\p{Cc}]{1,500})@)?([^/@]{1,63})\/([^@]+)$/iu.exec(place) ?? [];
  if (!name.test(namespace) || what === '') return null;
  const target = targetOf(what);
  return target && { context, namespace, target };
}

function targetOf(what: string): KubectlPlace['target'] | null {
  const parts = what.split('/');
  const [first = '', second = null] = parts;
  if (parts.length <= 2 && !/[=! (]/.test(what)) {
    const type = Object.hasOwn(workloads, first) ? workloads[first] : undefined;
    if (type !== undefined && second !== null)
      return name.test(second) ? { kind: 'workload', type, name: second } : null;
    const isGood = wildName.test(first) && (second === null || name.test(second));
    return isGood ? { kind: 'pod', name: first, container: second } : null;
  }
  return selector.test(what) ? { kind: 'selector', selector: what } : null;
}

const example = 'kubectl:shop/app=orders';

/** The row of `remotePlaces`. */
export const kubectlScheme = {
  label: 'Kubernetes pods',
  prefix: 'kubectl:',
  example,
  check: (place: string): string | null =>
    kubectlPlace(place)
      ? null
      : `Name the namespace and a pod, a deployment or a selector: ${example}, kubectl:shop/deployment/orders, kubectl:shop/orders-*`,
};
