import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { formatInstant } from '#contracts';

/** All rows of one registration, with values as long as those that the service writes. */
export interface RegistrationRows {
  readonly id: string;
  readonly companyId: string;
  readonly createdAt: Date;
  readonly delegates: readonly { id: string; name: string; email: string; badge: string }[];
  readonly eventId: string;
  readonly event: string;
  readonly auditId: string;
  readonly audit: string;
  readonly key: string;
  readonly scope: string;
  readonly requestHash: string;
  readonly answer: string;
}

export const mobile = '+8613800138000';
export const jobTitle = '工程师';

export function registrationRows(stopId: string, number: number): RegistrationRows {
  const createdAt = new Date();
  const id = uuidv7();
  const companyId = uuidv7();
  const eventId = uuidv7();
  const delegates = [1, 2].map((place) => ({
    id: uuidv7(),
    name: `示例代表 ${number}-${place}`,
    email: `delegate-${place}-${number}@example.com`,
    badge: randomBytes(20).toString('base64url').padEnd(32, 'A').slice(0, 32),
  }));
  const state = { status: 'confirmed', seats: 2, version: 1 };
  const data = { registrationId: id, stopId, companyId, ...state };
  return {
    id,
    companyId,
    createdAt,
    delegates,
    eventId,
    event: JSON.stringify({ ...envelope(eventId, id, createdAt), data }),
    auditId: uuidv7(),
    audit: JSON.stringify({ ...state, stopId, companyId }),
    key: `bench-${stopId}-${number}`,
    scope: `key:${uuidv7()}`,
    requestHash: randomBytes(32).toString('base64url'),
    answer: JSON.stringify({
      id,
      stopId,
      companyId,
      status: 'confirmed',
      seats: 2,
      waitlistPosition: null,
      delegates: delegates.map(({ badge, ...shown }) => ({ ...shown, mobile, jobTitle, badge })),
      company: { id: companyId, name: { zh: '示例企业 00000001', en: 'Example Company 00000001' } },
      note: null,
      createdAt: formatInstant(createdAt),
      version: 1,
    }),
  };
}

function envelope(id: string, subject: string, at: Date): object {
  const type = 'evt.registrations.registration-changed.v1';
  return {
    specversion: '1.0',
    id,
    source: '/waystop/registrations',
    type,
    subject,
    time: formatInstant(at),
    datacontenttype: 'application/json',
  };
}
