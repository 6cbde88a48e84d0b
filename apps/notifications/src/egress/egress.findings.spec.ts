import { createServer } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { egressFindings } from './egress.findings.js';

describe('the doctor', () => {
  it('finds it wrong that the metadata service can be reached', async () => {
    const server = createServer((socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const [found] = await egressFindings({ host: '127.0.0.1', port });
    expect(found).toMatchObject({ what: 'egress', whatToDo: expect.stringContaining('network policy') });
    await new Promise((resolve) => server.close(resolve));
    const [closed] = await egressFindings({ host: '127.0.0.1', port });
    expect(closed?.whatToDo).toBeUndefined();
  });
});
