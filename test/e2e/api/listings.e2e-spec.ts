import { beforeAll, describe, expect, it } from '@jest/globals';
import {
  ApiClient,
  delegates,
  inDays,
  must,
  publishedStop,
  signUpCompany,
  type Answer,
  type SignedUp,
} from '../../support/client.js';
import { sharedSystem } from '../../support/shared-system.js';

let anyone: ApiClient;
let organizer: ApiClient;
let stop: Answer['body'];
let seller: SignedUp;
let buyer: SignedUp;

beforeAll(async () => {
  const system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
  stop = await publishedStop(organizer);
  [seller, buyer] = [await signUpCompany(anyone), await signUpCompany(anyone)];
  for (const { api } of [seller, buyer]) {
    await must(api.post(`/v1/stops/${stop.id}/registrations`, { delegates: delegates(1) }));
  }
}, 300_000);

const offer = (over: object = {}) => ({
  side: 'offer',
  title: { zh: '方言语音数据集' },
  text: { zh: '五千小时川渝话录音' },
  concepts: ['kind.dataset', 'modality.speech', 'task.speech_recognition'],
  publish: true,
  ...over,
});
const publish = (who: SignedUp, over: object = {}) =>
  who.api.post(`/v1/tours/${stop.tourId}/listings`, offer(over));

describe('the vocabulary', () => {
  it('is public, with both labels, and not sent again', async () => {
    const { status, body, headers } = await anyone.get('/v1/vocabulary');
    expect(status).toBe(200);
    expect(body.lists.map((list: { id: string }) => list.id)).toEqual([
      'kind',
      'modality',
      'domain',
      'task',
      'technology',
      'terms',
    ]);
    const again = await anyone.get('/v1/vocabulary', { 'if-none-match': headers.get('etag') ?? '' });
    expect(again.status).toBe(304);
  });

  it('is what a text is read by', async () => {
    const text = { title: { zh: '语音识别' }, text: { en: 'We offer Data sets.' } };
    const { concepts } = await must(buyer.api.post('/v1/listings/propose-concepts', text));
    expect(concepts).toEqual([
      {
        id: 'task.speech_recognition',
        terms: [{ field: 'title', language: 'zh', from: 0, to: 4, text: '语音识别' }],
      },
      { id: 'kind.dataset', terms: [{ field: 'text', language: 'en', from: 9, to: 18, text: 'Data sets' }] },
    ]);
  });
});

describe('a listing', () => {
  it('is made, found and suggested at once', async () => {
    const { status, body } = await publish(seller);
    expect(status).toBe(201);
    expect(body).toMatchObject({ state: 'published', companyId: seller.id, reason: null, version: 1 });
    await must(publish(buyer, { side: 'need', title: { zh: '采购方言语音' } }));
    const found = await must(
      buyer.api.get(`/v1/tours/${stop.tourId}/listings?side=offer&concept=modality.speech`),
    );
    expect(found.items).toEqual([body]);
    const { items } = await must(buyer.api.get(`/v1/stops/${stop.id}/suggestions`));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      company: { id: seller.id },
      listings: [{ id: body.id, side: 'offer' }],
    });
  });

  it.each([
    [{ concepts: ['modality.speech', 'task.ocr'] }, '/concepts'],
    [{ concepts: ['kind.dataset'] }, '/concepts'],
    [{ concepts: ['kind.dataset', 'kind.model', 'task.ocr'] }, '/concepts'],
    [{ concepts: ['kind.dataset', 'task.ocr', 'task.ocr'] }, '/concepts'],
    [{ concepts: ['kind.dataset', 'task.smelling'] }, '/concepts/1'],
    [{ expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
    [{ title: {} }, '/title'],
  ])('is refused with %j', async (over, pointer) => {
    const { status, body } = await publish(seller, over);
    expect([status, body.code]).toEqual([422, 'request.invalid']);
    expect(body.errors.map((one: { pointer: string }) => one.pointer)).toContain(pointer);
  });

  it('carries no contacts', async () => {
    const { status, body } = await publish(seller, { text: { zh: '微信 １３８ ００１３ ８０００' } });
    expect([status, body.code, body.errors[0].pointer]).toEqual([422, 'listing.personal_data', '/text/zh']);
  });

  it('is not for companies outside the tour', async () => {
    const stranger = await signUpCompany(anyone);
    const { status, body } = await publish(stranger);
    expect([status, body.code]).toEqual([403, 'listing.not_of_tour']);
    expect((await publish(seller, { expiresAt: inDays(3) })).body.expiresAt).toBe(inDays(3));
  });
});
