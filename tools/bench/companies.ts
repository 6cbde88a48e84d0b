import { createCompany } from '#contracts';
import { usccWithCheck } from '#reference-data';
import { load, type LoadRequest, type LoadResult } from './load/load.js';

const connections = 64;

/** A company that may register: its key is all that the load needs of it. */
export interface BenchCompany {
  readonly apiKey: string;
  readonly number: number;
}

/** Signs companies up over the API. */
export async function signUp(
  port: number,
  count: number,
): Promise<{ companies: BenchCompany[]; result: LoadResult }> {
  const requests = Array.from({ length: count }, (_, index) => signUpRequest(index + 1));
  const result = await load({ port, connections, requests, keepBodies: true });
  const companies = result.bodies.map((body, index) => {
    const { apiKey } = createCompany.output.parse(JSON.parse(body));
    return { apiKey, number: index + 1 };
  });
  return { companies, result };
}

function signUpRequest(number: number): LoadRequest {
  const text = String(number).padStart(8, '0');
  const body = {
    name: { zh: `示例企业 ${text}`, en: `Example Company ${text}` },
    uscc: usccWithCheck(`91510100M${text}`),
    contact: { name: '示例联系人', email: `contact-${text}@example.com`, mobile: '13800138000' },
    cityCode: '510100',
  };
  return { method: 'POST', path: '/v1/companies', body };
}

/** What one company sends to register two delegates. A repeat of the same round would be answered from the first. */
export function registrationRequest({ apiKey, number }: BenchCompany, stopId: string): LoadRequest {
  const delegates = [1, 2].map((place) => ({
    name: `示例代表 ${number}-${place}`,
    email: `delegate-${place}-${number}@example.com`,
    mobile: '13800138000',
    jobTitle: '工程师',
  }));
  return {
    method: 'POST',
    path: `/v1/stops/${stopId}/registrations`,
    apiKey,
    idempotencyKey: `bench-${stopId}-${number}`,
    body: { delegates },
  };
}
