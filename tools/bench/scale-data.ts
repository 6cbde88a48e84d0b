import type pg from 'pg';
import { usccWithCheck } from '#reference-data';
import { ngramsOf, searchTextOf } from '../../apps/accounts/src/companies/company-search.js';

/** Delegates of each registration. */
const seats = 2;
const companiesAtOnce = 5_000;

/** Companies as registrations knows them; their ids in the order of their numbers. */
export async function insertProjections(client: pg.Client, count: number): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO companies (company_id, name, standings, version, uscc, search_text)
     SELECT uuidv7(), jsonb_build_object('zh', '规模企业 ' || n), '[]', 1, 'SCALE' || n, '规模企业 ' || n
       FROM generate_series(1, $1::integer) AS n RETURNING company_id AS id`,
    [count],
  );
  return rows.map(({ id }) => id);
}

/**
 * Registers each of the companies with two delegates at each of the stops, with the rows that the service would leave for
 * lists, doors, exports and audit, written by PostgreSQL itself. Times are whole milliseconds, as the service writes them.
 */
export async function fillStops(
  client: pg.Client,
  stopIds: readonly string[],
  companyIds: readonly string[],
): Promise<void> {
  await client.query('BEGIN');
  await client.query(
    `INSERT INTO registrations (id, stop_id, company_id, status, seats, created_at, version)
     SELECT uuidv7(), stop.id, company.id, 'confirmed', $3, date_trunc('milliseconds', now()) + company.n * interval '1 millisecond', 1
       FROM unnest($1::uuid[]) AS stop (id)
      CROSS JOIN unnest($2::uuid[]) WITH ORDINALITY AS company (id, n)`,
    [stopIds, companyIds, seats],
  );
  await client.query(
    `INSERT INTO delegates (id, registration_id, name, email, mobile, badge, search_text)
     SELECT uuidv7(), r.id, name, email, '+8613800138000', 'scale-' || gen_random_uuid(), name || E'\\n8000\\n' || email
       FROM registrations r CROSS JOIN generate_series(1, $2::integer) AS n
      CROSS JOIN LATERAL (SELECT '规模代表 ' || n AS name, 'd' || n || '-' || r.id || '@example.com' AS email)
      WHERE r.stop_id = ANY ($1::uuid[])`,
    [stopIds, seats],
  );
  await client.query(
    `INSERT INTO audit (id, at, actor_role, organization_id, resource_type, resource_id, action, after, request_id)
     SELECT uuidv7(), now(), 'company', s.organization_id, 'registration', r.id, 'registration.register',
            jsonb_build_object('status', r.status, 'seats', r.seats), 'bench'
       FROM registrations r JOIN stops s USING (stop_id) WHERE s.stop_id = ANY ($1::uuid[])`,
    [stopIds],
  );
  await client.query(
    'UPDATE stops SET confirmed_seats = confirmed_seats + $2::integer WHERE stop_id = ANY ($1::uuid[])',
    [stopIds, companyIds.length * seats],
  );
  await client.query('COMMIT');
}

/** Companies as accounts stores them, with what they are searched by. */
export async function insertCompanies(client: pg.Client, count: number): Promise<void> {
  for (let from = 1; from <= count; from += companiesAtOnce) {
    const rows = Array.from({ length: Math.min(companiesAtOnce, count - from + 1) }, (_, index) =>
      companyRow(from + index),
    );
    await client.query(
      `INSERT INTO companies (id, name, uscc, contact, search_text, search_ngrams)
       SELECT uuidv7(), name, uscc, '{"name": "联系人", "email": "scale@example.com"}', search_text, search_ngrams
         FROM jsonb_to_recordset($1::jsonb)
           AS given (name jsonb, uscc text, search_text text, search_ngrams integer[])`,
      [JSON.stringify(rows)],
    );
  }
}

const [places, trades] = [
  ['成都', '绵阳', '德阳', '宜宾', '泸州', '南充', '乐山', '达州', '内江', '自贡'],
  ['数据', '智能', '机械', '化工', '食品', '纺织', '能源', '医药', '物流', '电子', '软件'],
];

/** Names whose characters are as common as those of real companies; one of a hundred thousand is `稀土合金`. */
function companyRow(number: number): object {
  const place = places[number % places.length] ?? '';
  const trade = number === 77_777 ? '稀土合金' : (trades[number % trades.length] ?? '');
  const name = { zh: `${place}${trade}科技有限公司 ${number}` };
  const uscc = usccWithCheck(`91510700M${String(number).padStart(8, '0')}`);
  const text = searchTextOf({ name, uscc });
  return { name, uscc, search_text: text, search_ngrams: ngramsOf(text) };
}
