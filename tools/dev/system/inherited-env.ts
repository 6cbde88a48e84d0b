/** The caller's environment without what is meant for the start itself: no service sees another's keys or address. */
export function inheritedEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !NOT_INHERITED.has(name) && !/^npm_/i.test(name));
  return Object.fromEntries(kept);
}

const NOT_INHERITED = new Set(
  'PORT DATA_DIR DATABASE_URL NATS_URL NATS_NKEY_SEED DATABASE_APP_ROLE ADMIN_KEY ORGANIZER_KEY KEY_SECRET RATE_LIMIT_PER_MINUTE LOG_LEVEL HEALTH_PORT '
    .concat('SMTP_URL MAIL_FROM MAIL_MODE MAIL_CAPTURE_TO MAIL_RATE_PER_MINUTE ')
    .concat('NODE_OPTIONS NODE_CHANNEL_FD TEST_DATABASE_URL TEST_NATS_URL TEST_SYSTEM_URL JEST_WORKER_ID')
    .split(' '),
);
