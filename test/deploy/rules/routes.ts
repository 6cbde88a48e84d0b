import { longRunning, ofKind, portOf, selects, type KubernetesObject, type Labels } from '../objects.js';
import type { Rule } from '../rule.js';

interface ServiceSpec {
  type?: string;
  selector?: Labels;
  ports?: { name?: string; port: number; targetPort?: number | string }[];
}

interface IngressSpec {
  tls?: { hosts?: string[]; secretName?: string }[];
  rules?: {
    host?: string;
    http?: { paths: { backend: { service: { name: string; port: { name?: string; number?: number } } } }[] };
  }[];
}

interface RouteSpec {
  parentRefs?: { name: string; sectionName?: string }[];
  hostnames?: string[];
  rules?: { backendRefs?: { name: string; port: number }[]; filters?: { type: string }[] }[];
}

interface GatewaySpec {
  listeners: { name: string; protocol: string; hostname?: string; tls?: { certificateRefs?: object[] } }[];
}

/** What leads a request from the world to a container. */
export const routeRules: readonly Rule[] = [
  {
    id: 'service-hits-pods',
    faults: (objects) =>
      ofKind(objects, 'Service')
        .filter((service) => !hitsPods(service.spec as ServiceSpec, objects))
        .map((service) => `Service ${service.metadata.name}`),
  },
  {
    id: 'ingress-has-tls',
    faults: (objects) =>
      ofKind(objects, 'Ingress')
        .filter((ingress) => !hasTls(ingress.spec as IngressSpec))
        .map((ingress) => `Ingress ${ingress.metadata.name}`),
  },
  eachRoute('route-hits-service', (spec, objects) =>
    (spec.rules ?? []).every((rule) =>
      (rule.backendRefs ?? []).every((ref) => servicePort(objects, ref.name, ref.port) !== undefined),
    ),
  ),
  eachRoute(
    'route-has-parent',
    (spec, objects) => (spec.parentRefs ?? []).length > 0 && listenersOf(spec, objects).every(Boolean),
  ),
  eachRoute('route-host-is-served', (spec, objects) =>
    listenersOf(spec, objects).every(
      (listener) => !listener?.hostname || (spec.hostnames ?? []).every((host) => host === listener.hostname),
    ),
  ),
  eachRoute('plain-http-redirects', (spec, objects) => {
    const plain = listenersOf(spec, objects).some((listener) => listener?.protocol === 'HTTP');
    const redirects = (rule: { filters?: { type: string }[] }) =>
      (rule.filters ?? []).some((filter) => filter.type === 'RequestRedirect');
    return !plain || (spec.rules ?? []).every((rule) => redirects(rule));
  }),
  {
    id: 'listener-has-certificate',
    faults: (objects) =>
      ofKind(objects, 'Gateway').flatMap((gateway) =>
        (gateway.spec as GatewaySpec).listeners
          .filter((one) => one.protocol === 'HTTPS' && (one.tls?.certificateRefs ?? []).length === 0)
          .map((one) => `Gateway ${gateway.metadata.name}, listener ${one.name}`),
      ),
  },
];

function eachRoute(
  id: string,
  isGood: (spec: RouteSpec, objects: readonly KubernetesObject[]) => boolean,
): Rule {
  return {
    id,
    faults: (objects) =>
      ofKind(objects, 'HTTPRoute')
        .filter((route) => !isGood(route.spec as RouteSpec, objects))
        .map((route) => `HTTPRoute ${route.metadata.name}`),
  };
}

function hitsPods({ selector, ports }: ServiceSpec, objects: readonly KubernetesObject[]): boolean {
  const pods = longRunning(objects).filter(({ labels }) => selects({ matchLabels: selector ?? {} }, labels));
  const reached = (port: { port: number; targetPort?: number | string }) =>
    pods.every(({ pod }) =>
      pod.containers.some((one) => portOf(one, port.targetPort ?? port.port) !== undefined),
    );
  return selector !== undefined && pods.length > 0 && (ports ?? []).every(reached);
}

function servicePort(
  objects: readonly KubernetesObject[],
  name: string,
  port: number | string | undefined,
): number | undefined {
  const service = ofKind(objects, 'Service').find((one) => one.metadata.name === name);
  const ports = (service?.spec as ServiceSpec | undefined)?.ports ?? [];
  return ports.find((one) => one.port === port || one.name === port)?.port;
}

function hasTls({ tls, rules }: IngressSpec): boolean {
  const covered = (tls ?? []).filter((one) => one.secretName).flatMap((one) => one.hosts ?? []);
  return (rules ?? []).every(({ host }) => host !== undefined && covered.includes(host));
}

function listenersOf(
  { parentRefs }: RouteSpec,
  objects: readonly KubernetesObject[],
): (GatewaySpec['listeners'][number] | undefined)[] {
  return (parentRefs ?? []).map(({ name, sectionName }) => {
    const gateway = ofKind(objects, 'Gateway').find((one) => one.metadata.name === name);
    return (gateway?.spec as GatewaySpec | undefined)?.listeners.find((one) => one.name === sectionName);
  });
}
