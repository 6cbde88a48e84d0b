import type { SharedSystemFacts } from '../../tools/dev/system/shared-system.js';
import { ApiClient, must } from './client.js';

export interface SharedSystem extends SharedSystemFacts {
  /** Of an organization that no other test file knows. */
  readonly organizerKey: string;
}

/**
 * The system that test files share which only talk to its API, with an organization of the file's own. Companies, tours
 * and sessions of others are there as well: a test that counts, counts its own.
 */
export async function sharedSystem(): Promise<SharedSystem> {
  const host = process.env['TEST_SYSTEM_URL'];
  if (host === undefined) throw new Error('TEST_SYSTEM_URL is not set: run this with npm test.');
  const response = await fetch(host);
  if (!response.ok) throw new Error(`The shared system did not start: ${await response.text()}`);
  const facts = (await response.json()) as SharedSystemFacts;
  ApiClient.isPatient = true;
  const admin = new ApiClient(facts.url, facts.adminKey);
  const { apiKey } = await must(
    admin.post('/v1/organizations', { name: { en: 'Organizer of one test file' } }),
  );
  return { ...facts, organizerKey: apiKey as string };
}
