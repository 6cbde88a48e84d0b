import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  closeListing,
  createListing,
  getListing,
  auditLists,
  listInterests,
  listListings,
  pauseListing,
  publishListing,
  removeInterest,
  removeListing,
  setInterest,
  suggestPartners,
  updateListing,
  type StopState,
} from '../../../libs/contracts/src/index.js';
import { aListing, Market, type Company } from './market.js';

let market: Market;
let stop: StopState;
let company: Company;
let other: Company;

beforeAll(async () => {
  market = await Market.start();
  stop = market.stop();
  company = market.company([stop]);
  other = market.company([stop]);
});
afterAll(() => market.end());

const ask: Market['service']['ask'] = (contract, input, caller, more) =>
  market.service.ask(contract, input, caller, more);
const refused: Market['service']['refusal'] = (contract, input, caller, more) =>
  market.service.refusal(contract, input, caller, more);
const tour = () => ({ tourId: market.tourId });

describe('a listing', () => {
  it('belongs to a company of the tour', async () => {
    const stranger = market.company([]);
    const input = { ...tour(), body: aListing };
    expect(await refused(createListing, input, stranger.caller)).toMatchObject({
      code: 'listing.not_of_tour',
    });
    expect(await ask(createListing, input, company.caller)).toMatchObject({
      state: 'draft',
      companyId: company.id,
      company: { id: company.id, city: { code: '510100', name: { zh: '成都市' } } },
      version: 1,
    });
    expect(
      await refused(createListing, { tourId: randomUUID(), body: aListing }, company.caller),
    ).toMatchObject({ code: 'resource.not_found' });
  });

  it('moves through its states, each with one line of audit', async () => {
    const { id } = await market.listing(company, { publish: false });
    expect((await ask(publishListing, { id }, company.caller)).state).toBe('published');
    expect((await ask(pauseListing, { id }, company.caller)).state).toBe('paused');
    expect((await ask(publishListing, { id }, company.caller)).state).toBe('published');
    const changed = await ask(updateListing, { id, body: { text: { en: 'Dialects' } } }, company.caller);
    expect(changed).toMatchObject({ text: { zh: '五千小时录音，已转写', en: 'Dialects' }, version: 5 });
    expect(await refused(pauseListing, { id }, other.caller)).toMatchObject({ code: 'resource.not_found' });
    expect(await refused(updateListing, { id, body: {} }, company.caller, { ifMatch: 4 })).toMatchObject({
      code: 'precondition.failed',
    });
    const removed = await ask(removeListing, { id, body: { reason: '离题' } }, market.organizer);
    expect(removed).toMatchObject({ state: 'removed', reason: '离题' });
    expect((await ask(getListing, { id }, company.caller)).reason).toBe('离题');
    expect(await refused(closeListing, { id }, company.caller)).toMatchObject({
      code: 'listing.invalid_transition',
    });
    const { items } = await ask(
      auditLists.matching,
      { resourceType: 'listing', resourceId: id },
      market.organizer,
    );
    expect(items.map(({ action }) => action)).toEqual([
      'listing.create',
      'listing.publish',
      'listing.pause',
      'listing.publish',
      'listing.update',
      'listing.remove',
    ]);
  });

  it('is seen by others of the tour while it is published', async () => {
    const mine = market.company([stop]);
    const draft = await market.listing(mine, { publish: false, title: { zh: '独特的草稿' } });
    const shown = await market.listing(mine, { title: { en: 'Ａ Unique Offer' } });
    const stranger = market.company([]);
    for (const [caller, id, seen] of [
      [other.caller, draft.id, false],
      [other.caller, shown.id, true],
      [stranger.caller, shown.id, false],
      [mine.caller, draft.id, true],
      [market.organizer, draft.id, true],
      [{ ...market.organizer, organizationId: randomUUID() }, shown.id, false],
    ] as const) {
      if (seen) expect(await ask(getListing, { id }, caller)).toMatchObject({ id });
      else expect(await refused(getListing, { id }, caller)).toMatchObject({ code: 'resource.not_found' });
    }
    const found = await ask(listListings, { ...tour(), q: 'a UNIQUE offer' }, other.caller);
    expect(found.items.map(({ id }) => id)).toEqual([shown.id]);
    const own = await ask(listListings, { ...tour(), state: 'draft' }, mine.caller);
    expect(own.items.map(({ id }) => id)).toEqual([draft.id]);
    expect((await ask(listListings, { ...tour(), state: 'draft' }, other.caller)).items).toEqual([]);
    expect(await refused(listListings, tour(), stranger.caller)).toMatchObject({
      code: 'listing.not_of_tour',
    });
  });

  it('is listed page by page in every order', async () => {
    const lister = market.company([stop]);
    for (const days of [3, 1, 2]) {
      const expiresAt = new Date(Date.now() + days * 86_400_000).toISOString();
      await market.listing(lister, { expiresAt, title: { zh: `次序 ${days}` } });
    }
    for (const [sort, expected] of [
      ['createdAt', [3, 1, 2]],
      ['-createdAt', [2, 1, 3]],
      ['expiresAt', [1, 2, 3]],
    ] as const) {
      const read: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await ask(
          listListings,
          { ...tour(), q: '次序', sort, limit: 1, cursor },
          company.caller,
        );
        read.push(...page.items.map(({ title }) => title.zh ?? ''));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(read).toEqual(expected.map((days) => `次序 ${days}`));
    }
  });

  it('expires by the clock, makes room, and comes back with a new end', async () => {
    const brief = market.company([stop]);
    const { id } = await market.listing(brief);
    await market.service.rows.query(
      `UPDATE listings SET expires_at = now() - interval '1 second' WHERE id = $1`,
      [id],
    );
    expect((await ask(getListing, { id }, brief.caller)).state).toBe('expired');
    expect(await refused(getListing, { id }, other.caller)).toMatchObject({ code: 'resource.not_found' });
    expect(await refused(publishListing, { id }, brief.caller)).toMatchObject({
      code: 'listing.invalid_transition',
    });
    for (let count = 0; count < 20; count++) await market.listing(brief);
    const renewed = { id, body: { expiresAt: new Date(Date.now() + 86_400_000).toISOString() } };
    await ask(updateListing, renewed, brief.caller);
    expect(await refused(publishListing, { id }, brief.caller)).toMatchObject({
      code: 'listing.limit_reached',
    });
  });

  it('refuses companies that the organizer suspended, but what they have stays', async () => {
    const bad = market.company([stop]);
    const kept = await market.listing(bad, { publish: false });
    market.suspended.add(bad.id);
    await market.service.rows.query('DELETE FROM companies WHERE id = $1', [bad.id]);
    expect(await refused(createListing, { ...tour(), body: aListing }, bad.caller)).toMatchObject({
      code: 'company.suspended',
    });
    expect(await refused(publishListing, { id: kept.id }, bad.caller)).toMatchObject({
      code: 'company.suspended',
    });
    expect((await ask(getListing, { id: kept.id }, bad.caller)).state).toBe('draft');
  });
});

describe('the limit of published listings', () => {
  async function publishAtOnce(): Promise<{ published: number; codes: string[]; rows: number }> {
    const keen = market.company([stop]);
    await market.listing(keen);
    const results = await Promise.allSettled(Array.from({ length: 30 }, () => market.listing(keen)));
    const codes = results.flatMap((one) =>
      one.status === 'rejected' ? [(one.reason as { code: string }).code] : [],
    );
    const counted: { count: number }[] = await market.service.rows.query(
      'SELECT count(*)::integer AS count FROM listings WHERE company_id = $1',
      [keen.id],
    );
    return { published: 31 - codes.length, codes, rows: counted[0]?.count ?? 0 };
  }

  it('holds however many come at once, and leaves nothing of the refused', async () => {
    const { published, codes, rows } = await publishAtOnce();
    expect(published).toBe(20);
    expect(new Set(codes)).toEqual(new Set(['listing.limit_reached']));
    expect(rows).toBe(20);
  });

  it('would be broken without its constraint', async () => {
    await market.service.rows.query('ALTER TABLE listing_counts DROP CONSTRAINT listing_counts_limit');
    try {
      expect((await publishAtOnce()).published).toBeGreaterThan(20);
    } finally {
      await market.service.rows.query(
        'ALTER TABLE listing_counts ADD CONSTRAINT listing_counts_limit CHECK (published BETWEEN 0 AND 20) NOT VALID',
      );
    }
  });
});

describe('interests', () => {
  it('are set, changed, listed and taken back by their company alone', async () => {
    const [one, two] = [market.company([stop]), market.company([stop])];
    const towards = { ...tour(), companyId: two.id };
    await ask(setInterest, { ...towards, body: { level: 'want' } }, one.caller);
    expect(await ask(setInterest, { ...towards, body: { level: 'must' } }, one.caller)).toEqual({
      companyId: two.id,
      level: 'must',
    });
    expect((await ask(listInterests, tour(), one.caller)).items).toEqual([
      { companyId: two.id, level: 'must' },
    ]);
    expect((await ask(listInterests, tour(), two.caller)).items).toEqual([]);
    expect(
      await refused(setInterest, { ...tour(), companyId: one.id, body: { level: 'no' } }, one.caller),
    ).toMatchObject({ code: 'request.invalid' });
    await ask(removeInterest, towards, one.caller);
    expect((await ask(listInterests, tour(), one.caller)).items).toEqual([]);
    const { items } = await ask(auditLists.matching, {}, market.organizer);
    expect(JSON.stringify(items)).not.toContain('interest');
  });
});

describe('suggestions', () => {
  it('show who fits, in both directions, once listings are published', async () => {
    const there = market.stop();
    const [seeks, offers, unwanted] = [0, 1, 2].map(() => market.company([there])) as [
      Company,
      Company,
      Company,
    ];
    await market.listing(seeks, { side: 'need', title: { zh: '采购方言语音' } });
    await market.listing(offers);
    await market.listing(unwanted);
    const { items } = await ask(suggestPartners, { stopId: there.id }, seeks.caller);
    expect(new Set(items.map((one) => one.company.id))).toEqual(new Set([offers.id, unwanted.id]));
    for (const { score, parts } of items) {
      expect(parts.reduce((sum, { points }) => sum + points, 0)).toBe(score);
      expect(parts[0]?.part).toBe('they_offer');
    }
    await ask(setInterest, { ...tour(), companyId: unwanted.id, body: { level: 'no' } }, seeks.caller);
    const after = await ask(suggestPartners, { stopId: there.id }, seeks.caller);
    expect(after.items.map((one) => one.company.id)).toEqual([offers.id]);
    expect(await ask(suggestPartners, { stopId: there.id }, unwanted.caller)).toMatchObject({ items: [] });
    expect(await ask(suggestPartners, { stopId: there.id }, seeks.caller)).toEqual(after);
    expect(await refused(suggestPartners, { stopId: there.id }, company.caller)).toMatchObject({
      code: 'meeting.not_attending',
    });
  });
});
