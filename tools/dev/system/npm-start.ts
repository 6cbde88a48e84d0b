import { relative } from 'node:path';
import { dataDirProblem } from './data-dir.js';
import { secretsFile } from './kept-secrets.js';
import { portProblem } from './ports.js';
import { watchLauncher } from './launcher-watch.js';
import { makeSignInLink } from './sign-in-link.js';
import { parseSettings, type Settings } from './settings.js';
import { StartFailure } from './start-failure.js';
import { System } from './system.js';

/** npm passes a signal on that the terminal has sent already, so one Ctrl-C arrives twice within this time. */
const SAME_SIGNAL_MS = 1_000;

/** `npm start`: runs the system until it gets a signal to stop. */
export function npmStart(): Promise<void> {
  return runSystem();
}

/** Runs the system until it gets a signal to stop. */
export async function runSystem(onReady: (system: System) => void = () => undefined): Promise<void> {
  const settings = await checkedSettings();
  if (settings === null) {
    process.exitCode = 1;
    return;
  }
  const system = new System({ ...settings, mailCatcher: true, notice: (line) => console.log(line) });
  stopOnSignals(system);
  try {
    await system.start();
    console.log(readyBlock(system, await makeSignInLink(system.settings.databaseUrl, system.options.port)));
    onReady(system);
  } catch (error) {
    if (error instanceof Error && error.name === 'AbortError') return;
    report(error);
    process.exitCode = 1;
  }
}

/** The settings, or null after every wrong one was named. */
async function checkedSettings(): Promise<Settings | null> {
  const parsed = parseSettings(process.env);
  const wrong = [...('wrong' in parsed ? parsed.wrong : []), ...(await unusable(process.env))];
  if (wrong.length === 0 && 'settings' in parsed) return parsed.settings;
  const count = wrong.length === 1 ? 'a setting is wrong' : `${wrong.length} settings are wrong`;
  console.error(`Waystop can't start: ${count}.\n${wrong.map((line) => `  ${line}`).join('\n')}`);
  return null;
}

/** What is well-formed and still can't be used on this machine. Each is asked for itself, whatever the others are. */
async function unusable({ PORT, DATA_DIR }: NodeJS.ProcessEnv): Promise<string[]> {
  const withPort = parseSettings({ PORT });
  const withFolder = parseSettings({ DATA_DIR });
  const port = 'settings' in withPort ? await portSentence(withPort.settings.port) : null;
  const folder = 'settings' in withFolder ? dataDirProblem(withFolder.settings.dataDir) : null;
  return [port, folder].filter((line) => line !== null);
}

async function portSentence(port: number): Promise<string | null> {
  const problem = await portProblem(port);
  if (problem === null) return null;
  const why = problem === 'EADDRINUSE' ? 'is in use by another program' : `can't be listened on (${problem})`;
  return `PORT (${port}) ${why}. Set it to a free port, such as PORT=${port === 65_535 ? 3000 : port + 1}.`;
}

function stopOnSignals(system: System): void {
  let firstAt: number | null = null;
  const stop = (): void => {
    if (firstAt === null) {
      firstAt = Date.now();
      console.log('\nStopping ... (Ctrl-C once more ends everything at once)');
      void system.stop().then(() => process.exit());
    } else if (Date.now() - firstAt > SAME_SIGNAL_MS) {
      void system.stopHard().then(() => process.exit(130));
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, stop);
  watchLauncher(stop);
  process.on('uncaughtException', (error) => {
    report(error);
    void system.stopHard().finally(() => process.exit(1));
  });
}

function report(error: unknown): void {
  if (error instanceof StartFailure)
    console.error(`\nWaystop can't start. ${error.what}\n  ${error.whatToDo}`);
  else console.error("\nWaystop can't go on:", error);
}

function mailLine({ mailPageUrl, options }: System): string {
  if (mailPageUrl !== null) return `${mailPageUrl} (none leaves this machine; set SMTP_URL to send)`;
  const { SMTP_URL: url, MAIL_MODE: mode } = options.mail ?? {};
  return url === undefined || mode === 'off' ? 'off (MAIL_MODE)' : `sent by ${new URL(url).host}`;
}

function readyBlock(system: System, signInLink: string): string {
  const { options, settings, replicas } = system;
  const url = `http://127.0.0.1:${options.port}`;
  const kept = relative(process.cwd(), secretsFile(options.dataDir)) || secretsFile(options.dataDir);
  const key = (given: string | null, used: string): string =>
    given === null ? used : 'as set in the environment';
  const lines: [string, string][] = [
    ['Pages', url],
    ['API', `${url}/v1`],
    ['API pages', `${url}/docs`],
    ['Sign in', `${signInLink} (once, within 15 minutes; npm run sign-in-link -- organizer makes another)`],
    ['Mails', mailLine(system)],
    ['Admin key', key(options.adminKey, settings.adminKey)],
    ['Organizer key', key(options.organizerKey, settings.organizerKey)],
    ...(options.adminKey && options.organizerKey
      ? []
      : [['', `(made once and kept in ${kept})`] as [string, string]]),
    ['Inside', 'each process answers /health/live, /health/ready and /metrics:'],
    ...replicas.map(({ name, healthPort }): [string, string] => [
      '',
      `${name.padEnd(14)} http://127.0.0.1:${healthPort}`,
    ]),
    ['PostgreSQL', new URL(settings.databaseUrl).host],
    [
      'NATS',
      settings.natsUrl
        .split(',')
        .map((one) => new URL(one).host)
        .join(', '),
    ],
    ['Logs', `${options.dataDir}/logs`],
    ['Stop', 'Ctrl-C'],
  ];
  return [
    '',
    'Waystop is ready.',
    '',
    ...lines.map(([name, value]) => `  ${name.padEnd(14)} ${value}`),
    '',
  ].join('\n');
}
