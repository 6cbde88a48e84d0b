import { get } from 'node:http';
import { passed, failed, type Finding } from './finding.js';

const deadlineMs = 3_000;

/** Asks the process that shares this environment how it is. */
export async function healthFinding(port: string): Promise<Finding> {
  const what = `port ${port}`;
  try {
    const { status, body } = await ask(port);
    const { checks } = JSON.parse(body) as { checks?: Record<string, string> };
    if (checks === undefined) return stranger(what);
    if (status === 200) return passed(what, 'the process answers as ready');
    const failing = Object.entries(checks).filter(([, state]) => state !== 'ok');
    const names = failing.map(([name]) => name).join(', ') || 'it is ending';
    return failed(what, `the process is not ready: ${names}`, 'See what is wrong below, and its log.');
  } catch (error) {
    if ((error as { code?: string }).code === 'ECONNREFUSED')
      return passed(what, 'free: the process does not run here');
    return stranger(what);
  }
}

/** On a connection of its own: one that was kept from an earlier answer would tell nothing of the port as it is now. */
function ask(port: string): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path: '/health/ready', agent: false, timeout: deadlineMs };
    const request = get(options, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.once('end', () => resolve({ status: response.statusCode, body }));
    });
    request.once('error', reject).once('timeout', () => request.destroy(new Error('No answer in time.')));
  });
}

function stranger(what: string): Finding {
  return failed(what, 'another program answers there', 'Stop it, or set HEALTH_PORT to another port.');
}
