import type { z } from 'zod';
import { createCompany, getStopState, type Caller } from '#contracts';
import { service as accounts } from '../../../apps/accounts/src/service.js';
import { newUscc } from '../../support/client.js';
import { TestedService } from '../../support/tested-service.js';

export type NewCompany = z.input<typeof createCompany.input>['body'];

/** The first organization, which the service makes itself. */
export const organizationId = '01980000-0000-7000-8000-000000000001';
export const organizer: Caller = { role: 'organizer', keyId: 'key-1', organizationId };
export const admin: Caller = { role: 'admin', keyId: 'key-0' };
export const everybody: Caller = { role: 'public', keyId: null };

export const companyCaller = (companyId: string): Caller => ({ role: 'company', keyId: 'key-c', companyId });

export const settings = {
  ADMIN_KEY: 'a'.repeat(40),
  ORGANIZER_KEY: 'o'.repeat(40),
  KEY_SECRET: '0'.repeat(64),
};

export function startAccounts(): Promise<TestedService> {
  return TestedService.start(accounts, [[getStopState, () => ({ stop: null })]], settings);
}

export function draftOf(name: NewCompany['name'], change: Partial<NewCompany> = {}): NewCompany {
  return { name, uscc: newUscc(), contact: { name: '联系人', email: 'contact@example.com' }, ...change };
}

export function signUp(
  service: TestedService,
  name: NewCompany['name'],
  change: Partial<NewCompany> = {},
): Promise<{ company: { id: string }; apiKey: string }> {
  return service.ask(createCompany, { body: draftOf(name, change) }, everybody);
}
