import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { Mailbox } from '../../../support/mailbox.js';
import {
  aSession,
  aStop,
  ApiClient,
  delegates,
  inDays,
  must,
  signUpCompany,
  type Answer,
} from '../../../support/client.js';

export const callers = [
  'public',
  'ended',
  'admin',
  'organizer',
  'organizer2',
  'company',
  'company2',
  'staff',
  'staff2',
] as const;
/** `…2` belongs to another organization, company or stop than what is asked for; `ended` has a key that was deleted. */
export type CallerName = (typeof callers)[number];

type Body = Answer['body'];

/** Two organizations, two companies, two doors: everything that the matrix asks for belongs to the first of each. */
export class World {
  /** Who prepares what is asked for, whatever the callers come with. */
  readonly keys: Record<CallerName, ApiClient>;
  private sharedPlan: Promise<Body> | undefined;

  private constructor(
    readonly callers: Record<CallerName, ApiClient>,
    readonly ids: Record<'organization' | 'company' | 'company3', string>,
    readonly stop: Body,
    readonly registration: Body,
    /** Takes every webhook that is sent to it. */
    private readonly receiverUrl: string,
    private readonly mails: Mailbox | null = null,
  ) {
    this.keys = callers;
  }

  static async build(url: string, adminKey: string): Promise<World> {
    const anyone = new ApiClient(url);
    const admin = anyone.with(adminKey);
    const [first, second] = [await organization(admin), await organization(admin)];
    const [company, company2] = [await signUpCompany(anyone), await signUpCompany(anyone)];
    const stop = await stopOf(first.api);
    const other = await stopOf(first.api);
    const ended = await must(first.api.post('/v1/api-keys', { label: 'ended' }));
    await must(first.api.delete(`/v1/api-keys/${ended.id}`));
    const clients = {
      public: anyone,
      ended: anyone.with(ended.apiKey),
      admin,
      organizer: first.api,
      organizer2: second.api,
      company: company.api,
      company2: company2.api,
      staff: await staffOf(first.api, stop.id),
      staff2: await staffOf(first.api, other.id),
    };
    const ids = { organization: first.id, company: company.id, company3: (await signUpCompany(anyone)).id };
    return new World(clients, ids, stop, await register(company.api, stop.id), await startReceiver());
  }

  /**
   * The same world, whose callers are browsers: people who were invited by the callers here and signed in by a code, and
   * an admin with a key. `ended` has signed out.
   */
  async signedIn(mailPageUrl: string): Promise<World> {
    const mails = new Mailbox(this.callers.public, mailPageUrl);
    const { callers: keys, stop } = this;
    const other = await stopOf(keys.organizer);
    const staff = (stopId: string) => ({ role: 'staff', stopId });
    const ended = await mails.cookieOf(await this.newKey());
    await must(keys.public.withCookie(ended).post('/v1/sign-out'));
    const browser = (cookie: string) => keys.public.withCookie(cookie);
    const browsers = {
      public: keys.public,
      ended: browser(ended),
      admin: browser(await mails.cookieOf({ apiKey: keys.admin.apiKey ?? '' })),
      organizer: browser(await mails.join(keys.organizer)),
      organizer2: browser(await mails.join(keys.organizer2)),
      company: browser(await mails.join(keys.company)),
      company2: browser(await mails.join(keys.company2)),
      staff: browser(await mails.join(keys.organizer, staff(stop.id))),
      staff2: browser(await mails.join(keys.organizer, staff(other.id))),
    };
    const world = new World(browsers, this.ids, stop, this.registration, this.receiverUrl, mails);
    return Object.assign(world, { keys });
  }

  get organizer(): ApiClient {
    return this.keys.organizer;
  }

  get webhookBody(): object {
    return { url: this.receiverUrl, types: ['registration.*'] };
  }

  /** An active webhook of the organizer, its only one, since there may not be many. */
  async newWebhook(): Promise<Body> {
    for (const { id } of (await must(this.organizer.get('/v1/webhooks'))).items)
      await must(this.organizer.delete(`/v1/webhooks/${id}`));
    const { id } = await must(this.organizer.post('/v1/webhooks', this.webhookBody));
    await must(this.organizer.post(`/v1/webhooks/${id}/test`, {}));
    return must(this.organizer.get(`/v1/webhooks/${id}`));
  }

  async newPausedWebhook(): Promise<Body> {
    const { id } = await this.newWebhook();
    return must(this.organizer.post(`/v1/webhooks/${id}/pause`));
  }

  get botBody(): object {
    return { kind: 'feishu', url: this.receiverUrl, types: ['stop.cancelled'], language: 'zh' };
  }

  /** A chat robot of the organizer, its only one, since there may not be many. */
  async newBot(): Promise<Body> {
    for (const { id } of (await must(this.organizer.get('/v1/bots'))).items)
      await must(this.organizer.delete(`/v1/bots/${id}`));
    return must(this.organizer.post('/v1/bots', this.botBody));
  }

  get announcementBody(): object {
    return {
      audience: { registrations: ['confirmed', 'pending', 'waitlisted'] },
      subject: { en: 'Parking' },
      text: { en: 'There is none.' },
    };
  }

  newAnnouncement(): Promise<Body> {
    return must(this.organizer.post(`/v1/stops/${this.stop.id}/announcements`, this.announcementBody));
  }

  async recipientsOf({ id }: Body): Promise<number> {
    return (await must(this.organizer.post(`/v1/announcements/${id}/preview`))).recipients;
  }

  async newApprovedAnnouncement(): Promise<Body> {
    const announcement = await this.newAnnouncement();
    const recipients = await this.recipientsOf(announcement);
    return must(this.organizer.post(`/v1/announcements/${announcement.id}/approve`, { recipients }));
  }

  /** A delivery of a webhook: its ping. */
  async newDelivery(): Promise<{ id: string; deliveryId: string }> {
    const { id } = await this.newWebhook();
    const { items } = await must(this.organizer.get(`/v1/webhooks/${id}/deliveries`));
    return { id, deliveryId: items[0].id };
  }

  /** Of the first company with a third one. */
  newFollowUp(): Promise<Body> {
    const companies = [this.ids.company, this.ids.company3];
    return must(this.organizer.post('/v1/follow-ups', { companies, stopId: this.stop.id, subject: '试用' }));
  }

  /** A follow-up with a step that the first company reported. */
  async newFollowUpStep(): Promise<Body> {
    const { id } = await this.newFollowUp();
    return must(this.keys.company.post(`/v1/follow-ups/${id}/steps`, { stage: 'talking' }));
  }

  /** A batch of the organizer with one member. */
  async newBatch(...moves: string[]): Promise<Body> {
    const body = { alliance: { zh: '数据标注产业联盟' }, series: 'ACCESS' };
    const { id } = await must(this.organizer.post(`/v1/tours/${this.stop.tourId}/membership-batches`, body));
    const member = { name: { zh: '示例企业' }, category: '会员' };
    await must(this.organizer.post(`/v1/membership-batches/${id}/members`, member));
    for (const move of moves) await must(this.organizer.post(`/v1/membership-batches/${id}/${move}`));
    return must(this.organizer.get(`/v1/membership-batches/${id}`));
  }

  /** A case of the organizer after some moves. */
  async newCase(body: object, ...moves: string[]): Promise<Body> {
    const made = await must(this.organizer.post(`/v1/tours/${this.stop.tourId}/cases`, body));
    for (const move of moves) await must(this.organizer.post(`/v1/cases/${made.id}/${move}`));
    return made;
  }

  async newPaper(body: object, ...moves: string[]): Promise<Body> {
    const made = await must(this.organizer.post(`/v1/tours/${this.stop.tourId}/papers`, body));
    for (const move of moves) await must(this.organizer.post(`/v1/papers/${made.id}/${move}`));
    return made;
  }

  /** A listing of the first company in the tour of its stop; closed ones don't count against the limit. */
  newListing(over: object = {}): Promise<Body> {
    const body = {
      side: 'offer',
      title: { zh: '方言语音' },
      text: { zh: '五千小时录音' },
      concepts: ['kind.dataset', 'modality.speech'],
      ...over,
    };
    return must(this.callers.company.post(`/v1/tours/${this.stop.tourId}/listings`, body));
  }

  meetingRules(stop: Body): object {
    return {
      scheduling: 'organizer',
      slots: { from: stop.startsAt, to: stop.endsAt, minutes: 20 },
      tables: 5,
      opensAt: inDays(-1),
      closesAt: inDays(29),
    };
  }

  /** A request of another company to the first one, or the other way round, at a stop of its own. */
  async newMeeting(by = 'asked of the company'): Promise<Body> {
    const { stop, other, registration } = await this.stopWithMeetings();
    const own = this.callers.company;
    const [asker, companyId] =
      by === 'asked of the company' ? [other.api, this.ids.company] : [own, other.id];
    const meeting = await must(asker.post(`/v1/stops/${stop.id}/meetings`, { companyId }));
    const [delegate] = registration.delegates;
    return { ...meeting, ownDelegateId: delegate.id, badge: delegate.badge, firstSlot: stop.startsAt };
  }

  async newAcceptedMeeting(): Promise<Body> {
    const { ownDelegateId, badge, firstSlot, id } = await this.newMeeting();
    const body = { delegateId: ownDelegateId, consent: { textVersion: '1' } };
    const meeting = await must(this.callers.company.post(`/v1/meetings/${id}/accept`, body));
    return { ...meeting, badge, firstSlot };
  }

  async newScheduledMeeting(): Promise<Body> {
    const { badge, firstSlot, id } = await this.newAcceptedMeeting();
    const meeting = await must(this.organizer.post(`/v1/meetings/${id}/schedule`, { startsAt: firstSlot }));
    return { ...meeting, badge };
  }

  /** A plan that all may share who leave it as it is. */
  readyPlan(): Promise<Body> {
    this.sharedPlan ??= this.newPlan();
    return this.sharedPlan;
  }

  /** A plan that can be accepted; made by the services as they are built, HiGHS and all. */
  async newPlan(): Promise<Body> {
    const { stopId } = await this.newAcceptedMeeting();
    const body = { steps: 1_000, seconds: 5 };
    const { id } = await must(this.organizer.post(`/v1/stops/${stopId}/meeting-plans`, body));
    for (;;) {
      const plan = await must(this.organizer.get(`/v1/plans/${id}`));
      if (plan.status === 'ready') return plan;
      if (plan.status !== 'computing') throw new Error(`The plan is ${plan.status}.`);
      await setTimeout(50);
    }
  }

  /** A stop whose first company may be asked by a company that nobody asked before. */
  async meetingToAsk(): Promise<{ path: { stopId: string }; body: object }> {
    const { stop, other } = await this.stopWithMeetings();
    return { path: { stopId: stop.id }, body: { companyId: other.id } };
  }

  private async stopWithMeetings(): Promise<{
    stop: Body;
    other: { id: string; api: ApiClient };
    registration: Body;
  }> {
    const stop = await this.newStop();
    await must(this.organizer.put(`/v1/stops/${stop.id}/meeting-rules`, this.meetingRules(stop)));
    const other = await signUpCompany(this.callers.public);
    await register(other.api, stop.id);
    return { stop, other, registration: await register(this.callers.company, stop.id) };
  }

  newTour(): Promise<Body> {
    return must(this.organizer.post('/v1/tours', { name: { zh: '炼金工坊生态行' } }));
  }

  async newDraft(): Promise<Body> {
    const tour = await this.newTour();
    return must(this.organizer.post(`/v1/tours/${tour.id}/stops`, aStop()));
  }

  /** The query of a list's last page, as the admin sees it: tests that share the system add to it, too. */
  async lastPage(path: string): Promise<string> {
    for (let query = '?limit=200'; ;) {
      const { nextCursor } = await must(this.keys.admin.get(`${path}${query}`));
      if (nextCursor === null) return query;
      query = `?limit=200&cursor=${encodeURIComponent(nextCursor)}`;
    }
  }

  newStop(over: object = {}): Promise<Body> {
    return stopOf(this.organizer, over);
  }

  /** A registration of the first company at a stop of its own. */
  async newRegistration(over: object = {}): Promise<Body> {
    const stop = await this.newStop(over);
    return register(this.keys.company, stop.id);
  }

  /** One that waits for the organizer's word. */
  newPending(): Promise<Body> {
    return this.newRegistration({ registration: { approval: 'manual' } });
  }

  async newProposal(): Promise<Body> {
    const stop = await this.openStop();
    return must(this.keys.company.post(`/v1/stops/${stop.id}/sessions`, aSession()));
  }

  /** The stop of all proposals, or another where a test has cancelled that one. */
  private async openStop(): Promise<Body> {
    const { status } = await must(this.organizer.get(`/v1/stops/${this.stop.id}`));
    return status === 'published' ? this.stop : this.newStop();
  }

  async newAccepted(): Promise<Body> {
    const proposal = await this.newProposal();
    return must(this.organizer.post(`/v1/sessions/${proposal.id}/accept`));
  }

  /** A scheduled session at a stop of its own, and the company's delegate there. */
  async newScheduled(): Promise<{ session: Body; delegateId: string; stop: Body }> {
    const stop = await this.newStop();
    const session = await must(this.organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    const scheduled = await must(
      this.organizer.post(`/v1/sessions/${session.id}/schedule`, this.placeAt(stop)),
    );
    const registration = await register(this.keys.company, stop.id);
    return { session: scheduled, delegateId: registration.delegates[0].id, stop };
  }

  /** Two scheduled sessions of one stop. */
  async newSwappable(): Promise<{ session: Body; other: Body }> {
    const { session, stop } = await this.newScheduled();
    const other = await must(this.organizer.post(`/v1/stops/${stop.id}/sessions`, aSession()));
    const place = { roomId: stop.rooms[1].id, startsAt: stop.startsAt };
    return { session, other: await must(this.organizer.post(`/v1/sessions/${other.id}/schedule`, place)) };
  }

  async newSignUp(): Promise<{ session: Body; delegateId: string; stop: Body }> {
    const made = await this.newScheduled();
    const body = { delegateIds: [made.delegateId] };
    await must(this.keys.company.post(`/v1/sessions/${made.session.id}/signups`, body));
    return made;
  }

  placeAt(stop: Body): { roomId: string; startsAt: string } {
    return { roomId: stop.rooms[0].id, startsAt: stop.startsAt };
  }

  /** A member that the organizer invited. */
  newMember(): Promise<Body> {
    return must(this.organizer.post('/v1/members', { email: `member-${randomUUID()}@example.com` }));
  }

  newDoorPass(): Promise<Body> {
    return must(this.organizer.post(`/v1/stops/${this.stop.id}/door-passes`, { label: '一号门' }));
  }

  /** A sign-in of the organizer besides the one that it asks with. @returns its id */
  async newSignIn(): Promise<string> {
    const own = this.callers.organizer;
    if (this.mails === null) await must(own.post('/v1/sign-in', { apiKey: own.apiKey }));
    else await this.mails.enter((await must(own.get('/v1/me'))).user.email);
    const { items } = await must(own.get('/v1/me/sign-ins?limit=200'));
    return items.findLast(({ current }: { current: boolean }) => !current).id;
  }

  newKey(): Promise<Body> {
    return must(this.organizer.post('/v1/api-keys', { label: `made ${randomUUID()}` }));
  }
}

async function organization(admin: ApiClient): Promise<{ id: string; api: ApiClient }> {
  const made = await must(admin.post('/v1/organizations', { name: { en: 'Example organizer' } }));
  return { id: made.organization.id, api: admin.with(made.apiKey) };
}

async function stopOf(organizer: ApiClient, over: object = {}): Promise<Body> {
  const tour = await must(organizer.post('/v1/tours', { name: { zh: '炼金工坊生态行' } }));
  const stop = await must(organizer.post(`/v1/tours/${tour.id}/stops`, aStop({ ...over })));
  return must(organizer.post(`/v1/stops/${stop.id}/publish`));
}

async function staffOf(organizer: ApiClient, stopId: string): Promise<ApiClient> {
  const { apiKey } = await must(organizer.post('/v1/api-keys', { role: 'staff', stopId, label: 'door' }));
  return organizer.with(apiKey);
}

function register(company: ApiClient, stopId: string): Promise<Body> {
  return must(company.post(`/v1/stops/${stopId}/registrations`, { delegates: delegates(2) }));
}

/** Ends with the process of the test. */
async function startReceiver(): Promise<string> {
  const server = createServer((request, response) => {
    // Webhooks look at the status, chat robots at the code.
    request.resume().on('end', () => response.writeHead(200).end('{"code":0}'));
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
  return `http://127.0.0.1:${address.port}/`;
}
