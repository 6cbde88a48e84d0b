import { beforeAll, describe, expect, it } from '@jest/globals';
import { ApiClient, must, newUscc, signUpCompany, type Answer } from '../../support/client.js';
import { sharedSystem, type SharedSystem } from '../../support/shared-system.js';

let system: SharedSystem;
let anyone: ApiClient;
let organizer: ApiClient;

beforeAll(async () => {
  system = await sharedSystem();
  anyone = new ApiClient(system.url);
  organizer = anyone.with(system.organizerKey);
}, 300_000);

const draft = (over: object = {}) => ({
  name: { zh: '示例企业' },
  uscc: newUscc(),
  contact: { name: '联系人', email: 'contact@example.com' },
  ...over,
});

const idsOf = ({ items }: Answer['body']): string[] => items.map((company: { id: string }) => company.id);

describe('a company', () => {
  it('says in which language its contact is written to', async () => {
    const contact = { name: '联系人', email: 'contact@example.com', language: 'en' };
    const made = await must(anyone.post('/v1/companies', draft({ contact })));
    expect(made.company.contact).toEqual({ ...contact, mobile: null });
    const own = anyone.with(made.apiKey);
    const cleared = await must(own.patch('/v1/companies/me', { contact: { language: null } }));
    expect(cleared.contact.language).toBeNull();
    expect((await must(own.get('/v1/companies/me'))).contact).toEqual(cleared.contact);
    const wrong = await own.patch('/v1/companies/me', { contact: { language: 'fr' } });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/contact/language']);
    expect(await must(organizer.get(`/v1/companies/${made.company.id}`))).not.toHaveProperty('contact');
  });

  it('does not end its last key', async () => {
    const { api } = await signUpCompany(anyone);
    const { keyId } = await must(api.get('/v1/me'));
    const refused = await api.delete(`/v1/api-keys/${keyId}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'key.last']);
    await must(api.post('/v1/api-keys', { label: 'second' }));
    expect((await api.delete(`/v1/api-keys/${keyId}`)).status).toBe(204);
  });

  it('is found by any part of its names, in any case and width, and by several states at once', async () => {
    const mark = newUscc().slice(10, 17);
    const name = { zh: `成都ＤＡＴＡ${mark}科技有限公司`, en: `CAFÉ ${mark} Straße` };
    const { company } = await must(anyone.post('/v1/companies', draft({ name })));
    const search = (q: string) => must(organizer.get(`/v1/companies?q=${encodeURIComponent(q)}`)).then(idsOf);
    for (const q of [`data${mark}`, `都data${mark}科`, `café ${mark} strasse`, `${mark}科`])
      expect([q, await search(q)]).toEqual([q, [company.id]]);
    for (const q of [`cafe ${mark}`, `data%${mark}`, `${mark}技`])
      expect([q, await search(q)]).toEqual([q, []]);
    const states = async (status: string) =>
      idsOf(await must(organizer.get(`/v1/companies?q=${mark}&status=${status}`)));
    expect(await states('verified,suspended')).toEqual([]);
    await must(organizer.post(`/v1/companies/${company.id}/suspend`));
    expect(await states('verified,suspended')).toEqual([company.id]);
    expect(await states('verified&status=unverified')).toEqual([]);
  });
});
