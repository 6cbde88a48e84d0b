import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

/**
 * Imported before a service's own code (`--import`): takes a CPU profile from its start to its end.
 * Node's flag --cpu-prof does the same, but its files do not name the service.
 */
const folder = process.env['BENCH_PROFILE'];
const service = /apps\/(\w+)\/main\.js$/.exec(process.argv[1] ?? '')?.[1];

if (folder !== undefined && service !== undefined) {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.start');
  process.once('exit', () => {
    session.post('Profiler.stop', (_error, { profile }) => {
      writeFileSync(join(folder, `${service}-${process.pid}.cpuprofile`), JSON.stringify(profile));
    });
  });
}
