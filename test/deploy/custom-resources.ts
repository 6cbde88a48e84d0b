/**
 * The part of each custom resource's schema that is used here, closed, since no model package with these runs on Node 20.
 * Read from the operators' own definitions: Gateway API 1.x, Prometheus operator, External Secrets v1, CloudNativePG 1.25+.
 */
type Schema = Record<string, unknown>;

const text: Schema = { type: 'string', minLength: 1 };
const flag: Schema = { type: 'boolean' };
const whole: Schema = { type: 'integer' };
const texts: Schema = { type: 'object', additionalProperties: text };
const quantities: Schema = {
  type: 'object',
  additionalProperties: { type: 'string', pattern: '^\\d+(m|[KMGT]i?)?$' },
};

/** An object with these fields and no others; a name that ends in `?` may be missing. */
function object(fields: Record<string, Schema>): Schema {
  const names = Object.keys(fields);
  return {
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), fields[name]])),
    required: names.filter((name) => !name.endsWith('?')),
    additionalProperties: false,
  };
}

const list = (items: Schema): Schema => ({ type: 'array', items, minItems: 1 });
const oneOf = (...values: string[]): Schema => ({ enum: values });

const selector = object({
  'matchLabels?': texts,
  'matchExpressions?': list(
    object({ key: text, operator: oneOf('In', 'NotIn', 'Exists', 'DoesNotExist'), 'values?': list(text) }),
  ),
});
const reference = object({ name: text });

function resource(apiVersion: string, kind: string, spec: Schema): [string, Schema] {
  const metadata = object({ name: text, 'namespace?': text, 'labels?': texts, 'annotations?': texts });
  const schema = object({ apiVersion: { const: apiVersion }, kind: { const: kind }, metadata, spec });
  return [`${apiVersion} ${kind}`, schema];
}

const listener = object({
  name: text,
  port: whole,
  protocol: oneOf('HTTP', 'HTTPS', 'TLS', 'TCP', 'UDP'),
  'hostname?': text,
  'tls?': object({
    'mode?': oneOf('Terminate', 'Passthrough'),
    'certificateRefs?': list(object({ 'group?': text, 'kind?': text, name: text, 'namespace?': text })),
  }),
  'allowedRoutes?': object({
    'namespaces?': object({ from: oneOf('All', 'Selector', 'Same'), 'selector?': selector }),
  }),
});

const routeRule = object({
  'matches?': list(
    object({
      'path?': object({ 'type?': oneOf('Exact', 'PathPrefix', 'RegularExpression'), 'value?': text }),
    }),
  ),
  'filters?': list(
    object({
      type: oneOf('RequestRedirect'),
      requestRedirect: object({ 'scheme?': oneOf('http', 'https'), 'statusCode?': { enum: [301, 302] } }),
    }),
  ),
  'backendRefs?': list(object({ name: text, port: whole, 'weight?': whole })),
});

const podMonitor = object({
  selector,
  'podTargetLabels?': list(text),
  podMetricsEndpoints: list(
    object({ 'port?': text, 'path?': text, 'interval?': text, 'scrapeTimeout?': text }),
  ),
});

const duration: Schema = { type: 'string', pattern: '^(\\d+(ms|s|m|h|d|w))+$' };
/** Either records a figure or raises an alert; only alerts wait and say something. */
const prometheusRules = object({
  groups: list(
    object({
      name: text,
      'interval?': duration,
      rules: list({
        oneOf: [
          object({ record: text, expr: text, 'labels?': texts }),
          object({
            alert: text,
            expr: text,
            'for?': duration,
            'keep_firing_for?': duration,
            'labels?': texts,
            'annotations?': texts,
          }),
        ],
      }),
    }),
  ),
});

const remoteReference = object({ key: text, 'property?': text, 'version?': text });
const externalSecret = object({
  'refreshInterval?': text,
  secretStoreRef: object({ name: text, 'kind?': oneOf('SecretStore', 'ClusterSecretStore') }),
  'target?': object({
    'name?': text,
    'template?': object({ 'type?': text, 'engineVersion?': text, 'data?': texts }),
  }),
  data: list(object({ secretKey: text, remoteRef: remoteReference })),
});

const role = object({ name: text, 'login?': flag, 'passwordSecret?': reference });
const cluster = object({
  'description?': text,
  'imageName?': text,
  instances: { type: 'integer', minimum: 1 },
  'primaryUpdateStrategy?': oneOf('unsupervised', 'supervised'),
  'enableSuperuserAccess?': flag,
  'inheritedMetadata?': object({ 'labels?': texts, 'annotations?': texts }),
  'postgresql?': object({
    'synchronous?': object({
      method: oneOf('any', 'first'),
      number: whole,
      'dataDurability?': oneOf('required', 'preferred'),
    }),
    'parameters?': texts,
  }),
  'bootstrap?': object({
    initdb: object({ database: text, owner: text, 'encoding?': text, 'secret?': reference }),
  }),
  'managed?': object({ roles: list(role) }),
  storage: object({ size: text, 'storageClass?': text }),
  'walStorage?': object({ size: text, 'storageClass?': text }),
  'resources?': object({ 'requests?': quantities, 'limits?': quantities }),
  'affinity?': object({
    'enablePodAntiAffinity?': flag,
    'podAntiAffinityType?': oneOf('preferred', 'required'),
    'topologyKey?': text,
  }),
  'topologySpreadConstraints?': list(
    object({
      maxSkew: whole,
      topologyKey: text,
      whenUnsatisfiable: oneOf('DoNotSchedule', 'ScheduleAnyway'),
      'labelSelector?': selector,
    }),
  ),
});

const database = object({
  name: text,
  owner: text,
  'encoding?': text,
  'databaseReclaimPolicy?': oneOf('retain', 'delete'),
  cluster: reference,
});

const route = object({
  'parentRefs?': list(object({ name: text, 'sectionName?': text, 'namespace?': text })),
  'hostnames?': list(text),
  'rules?': list(routeRule),
});

/** By `apiVersion kind`. */
export const customResources: Readonly<Record<string, Schema>> = Object.fromEntries([
  resource(
    'gateway.networking.k8s.io/v1',
    'Gateway',
    object({ gatewayClassName: text, listeners: list(listener) }),
  ),
  resource('gateway.networking.k8s.io/v1', 'HTTPRoute', route),
  resource('monitoring.coreos.com/v1', 'PodMonitor', podMonitor),
  resource('monitoring.coreos.com/v1', 'PrometheusRule', prometheusRules),
  resource('external-secrets.io/v1', 'ExternalSecret', externalSecret),
  resource('postgresql.cnpg.io/v1', 'Cluster', cluster),
  resource('postgresql.cnpg.io/v1', 'Database', database),
]);
