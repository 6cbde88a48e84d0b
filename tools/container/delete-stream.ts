import { readConfigOrExit } from '#service';
import { dropStream } from '../operate/backup/drop-stream.js';
import { reportFailure } from '../operate/commands/report-failure.js';
import { operatorOfBroker } from './backup-settings.js';

try {
  const { NATS_URL, NATS_NKEY_SEED } = readConfigOrExit(operatorOfBroker);
  const wasThere = await dropStream(NATS_URL, NATS_NKEY_SEED);
  process.stdout.write(wasThere ? 'The stream is deleted.\n' : 'There is no stream.\n');
} catch (error) {
  process.exitCode = reportFailure(error);
}
