import { spawn } from 'node:child_process';
import { serviceNames, type ServiceName } from '#contracts';
import { exitCodeOf, nodeFinding, formatFindings, failed, type Finding } from '#service';
import { CannotRun } from '../commands/command-error.js';
import { brokerUrl, serverUrl } from '../commands/running-servers.js';
import { runningOn } from '../../dev/system/data-dir.js';
import { keptSecrets } from '../../dev/system/kept-secrets.js';
import { mainOf } from '../../dev/system/main-of.js';
import { serviceEnv, type ServiceSettings } from '../../dev/system/services.js';
import { parseSettings, type Settings } from '../../dev/system/settings.js';
import { machineFindings } from './machine-findings.js';

/** `npm run doctor`: this machine first, then each process with the environment that `npm start` gives it. */
export async function npmDoctor(): Promise<number> {
  const parsed = parseSettings(process.env);
  const findings = [nodeFinding(process.versions.node)];
  if ('wrong' in parsed) return print('this machine', [...findings, ...parsed.wrong.map(wrongSetting)]);
  const { settings } = parsed;
  findings.push(...(await machineFindings(settings, runningOn(settings.dataDir) !== null)));
  const worst = print('this machine', findings);
  return Math.max(worst, await askServices(settings));
}

function print(title: string, findings: readonly Finding[]): number {
  process.stdout.write(`${title}\n${formatFindings(findings)}`);
  return exitCodeOf(findings);
}

function wrongSetting(sentence: string): Finding {
  return failed('settings', sentence, 'README.md lists the settings.');
}

async function askServices(settings: Settings): Promise<number> {
  try {
    const known = settingsOfServices(settings);
    let worst = 0;
    for (const service of serviceNames) {
      process.stdout.write(`${service}\n`);
      worst = Math.max(worst, await ask(service, known));
    }
    return worst;
  } catch (error) {
    if (!(error instanceof CannotRun)) throw error;
    process.stdout.write(`services\n  not asked: ${error.message}\n`);
    return 0;
  }
}

/** @throws CannotRun where there are no servers to look at */
function settingsOfServices(settings: Settings): ServiceSettings {
  const [databaseUrl, natsUrl] = [serverUrl(process.env), brokerUrl(process.env)];
  const secrets = keptSecrets(settings.dataDir);
  return {
    ...settings,
    webPort: settings.port,
    databaseUrl,
    natsUrl,
    natsSeeds: secrets.natsSeeds,
    rolesSecret: secrets.databasePassword,
    adminKey: settings.adminKey ?? secrets.adminKey,
    organizerKey: settings.organizerKey ?? secrets.organizerKey,
    keySecret: secrets.keySecret,
    env: {},
  };
}

/** The ports of health are found anew at each start, so they are not asked here: the public port speaks for all. */
function ask(service: ServiceName, settings: ServiceSettings): Promise<number> {
  const env = { ...serviceEnv(service, settings), HEALTH_PORT: '1' };
  return new Promise((done, fail) => {
    const child = spawn(
      process.execPath,
      ['--enable-source-maps', mainOf(service), 'doctor', '--no-health'],
      {
        env,
        stdio: 'inherit',
      },
    );
    child.once('error', fail);
    child.once('exit', (code) => done(code ?? 1));
  });
}
