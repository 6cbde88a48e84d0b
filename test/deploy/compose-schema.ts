/** The part of the Compose specification that docker-compose.yml uses, closed: a misspelt word is refused. */
type Schema = Record<string, unknown>;

const text: Schema = { type: 'string', minLength: 1 };
const texts: Schema = { type: 'array', items: text };
const flag: Schema = { type: 'boolean' };
const duration: Schema = { type: 'string', pattern: '^\\d+(s|m)$' };
const object = (properties: Record<string, Schema>, required: string[] = []): Schema => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
});
const mapOf = (values: Schema): Schema => ({ type: 'object', additionalProperties: values });

const condition = { enum: ['service_started', 'service_healthy', 'service_completed_successfully'] };

const healthcheck = object({
  test: texts,
  interval: duration,
  timeout: duration,
  start_period: duration,
  retries: { type: 'integer' },
  disable: flag,
});

const service = object(
  {
    image: text,
    build: object({ context: text, args: mapOf(text) }, ['context']),
    command: texts,
    environment: mapOf({ type: ['string', 'number'] }),
    secrets: texts,
    configs: { type: 'array', items: object({ source: text, target: text }, ['source', 'target']) },
    volumes: texts,
    tmpfs: texts,
    networks: texts,
    ports: texts,
    depends_on: mapOf(object({ condition }, ['condition'])),
    healthcheck,
    restart: { enum: ['no', 'always', 'on-failure', 'unless-stopped'] },
    user: text,
    profiles: texts,
    read_only: flag,
    cap_drop: texts,
    security_opt: texts,
    stop_signal: text,
    stop_grace_period: duration,
    shm_size: text,
    logging: object({ driver: text, options: mapOf(text) }),
    deploy: object({ resources: object({ limits: object({ cpus: text, memory: text }) }) }),
  },
  ['image', 'networks'],
);

const fromFile = mapOf(object({ file: text }, ['file']));

export const composeSchema: Schema = {
  type: 'object',
  properties: {
    name: text,
    services: mapOf(service),
    networks: mapOf(object({ internal: flag })),
    volumes: mapOf(object({})),
    configs: fromFile,
    secrets: fromFile,
  },
  patternProperties: { '^x-': {} },
  additionalProperties: false,
};
