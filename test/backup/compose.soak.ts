import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeTestFolder, removeTestFolder } from '../../tools/dev/system/test-folder.js';
import { byCompose } from '../deploy/by-compose.js';
import { Installation } from '../deploy/installation.js';
import { ApiClient, must, publishedStop } from '../support/client.js';

const testMs = 300_000;
const installation = new Installation(byCompose());
let folder: string;

beforeAll(async () => {
  folder = makeTestFolder();
  await installation.start();
}, testMs);
afterAll(async () => {
  await installation.stop();
  removeTestFolder(folder);
}, testMs);

it(
  'is written and put back by the container that docker-compose.yml has for it',
  async () => {
    const organizer = new ApiClient(installation.url, installation.secretOf(['accounts'], 'ORGANIZER_KEY'));
    const { id } = await publishedStop(organizer);
    const read = () => must(organizer.get(`/v1/stops/${id}`));
    const before = await read();
    const target = join(folder, 'backup');
    await installation.runAs(['restore'], ['backup', target]);
    await must(organizer.patch(`/v1/stops/${id}`, { name: { zh: '改名站' } }));
    await installation.stopServices();
    expect(await installation.runAs(['restore'], ['restore', target, '--replace'])).toContain('Restored');
    await installation.startServices();
    expect(await read()).toEqual(before);
    const renamed = await must(organizer.patch(`/v1/stops/${id}`, { name: { zh: '又改名站' } }));
    expect(renamed.name.zh).toBe('又改名站');
  },
  testMs,
);
