import { ofKind, selects, workloads, type KubernetesObject, type Labels, type Selector } from '../objects.js';
import type { Rule } from '../rule.js';

interface Peer {
  podSelector?: Selector;
  namespaceSelector?: Selector;
}

interface PolicyPort {
  port?: number | string;
  protocol?: string;
}

interface PolicySpec {
  podSelector: Selector;
  policyTypes?: string[];
  ingress?: { from?: Peer[]; ports?: PolicyPort[] }[];
  egress?: { to?: Peer[]; ports?: PolicyPort[] }[];
}

interface Policy {
  name: string;
  spec: PolicySpec;
}

/** Pods of this namespace, with the ports they listen on. Those of a database operator are known by its labels. */
interface Endpoint {
  name: string;
  labels: Labels;
  ports: number[];
}

/** The instances of a database watch their own description through the Kubernetes API, wherever that is. */
const portsToAnywhere: Readonly<Record<string, readonly number[]>> = {
  database: [443, 6443],
  'notifications-to-receivers': [443, 8443, 465, 587],
};
const mayGoAnywhere = (policy: Policy, ports: readonly number[]) =>
  ports.every((port) => portsToAnywhere[policy.name]?.includes(port) === true);

export const networkRules: readonly Rule[] = [
  {
    id: 'default-deny',
    faults: (objects) =>
      policies(objects).some(({ spec }) => deniesAll(spec)) ? [] : ['no policy denies all by default'],
  },
  eachPolicy('policy-ports-exist', ({ spec }, endpoints) => {
    const open = endpoints
      .filter(({ labels }) => selects(spec.podSelector, labels))
      .flatMap((one) => one.ports);
    return (spec.ingress ?? []).flatMap((rule) => portsOf(rule.ports)).every((port) => open.includes(port));
  }),
  eachPolicy('ingress-is-exact', ({ spec }) =>
    (spec.ingress ?? []).every(({ from, ports }) => isExact(from) && portsOf(ports).length > 0),
  ),
  eachPolicy('egress-is-exact', (policy) =>
    (policy.spec.egress ?? []).every(({ to, ports }) => {
      const named = portsOf(ports);
      return named.length > 0 && (isExact(to) || mayGoAnywhere(policy, named));
    }),
  ),
  {
    id: 'egress-is-let-in',
    faults: (objects) =>
      callsOf(objects)
        .filter((call) => !isLetIn(call, objects))
        .map(({ text }) => text),
  },
  {
    id: 'ingress-is-let-out',
    faults: (objects) => notLetOut(objects),
  },
  {
    id: 'names-resolve',
    faults: (objects) =>
      endpointsOf(objects)
        .filter(({ labels }) => !canAskDns(objects, labels))
        .map(({ name }) => `${name} may not ask for names`),
  },
];

function eachPolicy(id: string, isGood: (policy: Policy, endpoints: readonly Endpoint[]) => boolean): Rule {
  return {
    id,
    faults: (objects) => {
      const endpoints = endpointsOf(objects);
      return policies(objects)
        .filter((policy) => !isGood(policy, endpoints))
        .map(({ name }) => `NetworkPolicy ${name}`);
    },
  };
}

function policies(objects: readonly KubernetesObject[]): Policy[] {
  return ofKind(objects, 'NetworkPolicy').map(({ metadata, spec }) => ({
    name: metadata.name,
    spec: spec as PolicySpec,
  }));
}

function endpointsOf(objects: readonly KubernetesObject[]): Endpoint[] {
  const ours = workloads(objects).map(({ name, labels, pod }) => ({
    name,
    labels,
    ports: pod.containers.flatMap((one) => (one.ports ?? []).map((port) => port.containerPort)),
  }));
  const databases = ofKind(objects, 'Cluster').map(({ metadata, spec }) => {
    const { inheritedMetadata } = spec as { inheritedMetadata?: { labels?: Labels } };
    const labels = { ...inheritedMetadata?.labels, 'cnpg.io/cluster': metadata.name };
    return { name: metadata.name, labels, ports: [5432, 8000] };
  });
  return [...ours, ...databases];
}

function deniesAll(spec: PolicySpec): boolean {
  const all = JSON.stringify(spec.podSelector) === '{}';
  const both = ['Ingress', 'Egress'].every((type) => spec.policyTypes?.includes(type));
  return all && both && spec.ingress === undefined && spec.egress === undefined;
}

function portsOf(ports: readonly PolicyPort[] | undefined): number[] {
  return (ports ?? []).flatMap(({ port }) => (typeof port === 'number' ? [port] : []));
}

function isExact(peers: readonly Peer[] | undefined): boolean {
  const names = (selector: Selector | undefined) =>
    Object.keys(selector?.matchLabels ?? {}).length + (selector?.matchExpressions ?? []).length > 0;
  return (
    (peers ?? []).length > 0 &&
    (peers ?? []).every((one) => names(one.podSelector) || names(one.namespaceSelector))
  );
}

interface Call {
  text: string;
  from: Endpoint;
  to: Endpoint;
  port: number;
}

/** Every pair of pods of this namespace, and port, that some egress rule lets talk. */
function callsOf(objects: readonly KubernetesObject[]): Call[] {
  const endpoints = endpointsOf(objects);
  return policies(objects).flatMap(({ spec }) =>
    endpoints
      .filter(({ labels }) => selects(spec.podSelector, labels))
      .flatMap((from) =>
        (spec.egress ?? []).flatMap(({ to, ports }) =>
          inside(to, endpoints).flatMap((target) => portsOf(ports).map((port) => callOf(from, target, port))),
        ),
      ),
  );
}

function callOf(from: Endpoint, to: Endpoint, port: number): Call {
  return { text: `${from.name} to ${to.name}:${port}`, from, to, port };
}

function inside(peers: readonly Peer[] | undefined, endpoints: readonly Endpoint[]): Endpoint[] {
  const here = (peers ?? []).filter((peer) => peer.namespaceSelector === undefined);
  return endpoints.filter(({ labels }) => here.some((peer) => selects(peer.podSelector, labels)));
}

function isLetIn({ from, to, port }: Call, objects: readonly KubernetesObject[]): boolean {
  return policies(objects).some(
    ({ spec }) =>
      selects(spec.podSelector, to.labels) &&
      (spec.ingress ?? []).some(
        (rule) => portsOf(rule.ports).includes(port) && inside(rule.from, [from]).length > 0,
      ),
  );
}

/** Callers that an ingress rule names and that no egress rule lets go there: one of the two is a mistake. */
function notLetOut(objects: readonly KubernetesObject[]): string[] {
  const endpoints = endpointsOf(objects);
  const allowed = new Set(callsOf(objects).map(({ text }) => text));
  const expected = policies(objects).flatMap(({ spec }) =>
    endpoints
      .filter(({ labels }) => selects(spec.podSelector, labels))
      .flatMap((to) =>
        (spec.ingress ?? []).flatMap(({ from, ports }) =>
          inside(from, endpoints).flatMap((caller) =>
            portsOf(ports).map((port) => callOf(caller, to, port).text),
          ),
        ),
      ),
  );
  return [...new Set(expected)].filter((text) => !allowed.has(text));
}

function canAskDns(objects: readonly KubernetesObject[], labels: Labels): boolean {
  return policies(objects).some(
    ({ spec }) =>
      selects(spec.podSelector, labels) &&
      (spec.egress ?? []).some(({ ports }) => portsOf(ports).includes(53)),
  );
}
