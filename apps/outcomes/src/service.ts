import { followUpChanged, meetingOutcomeChanged, outcomeAnnounced } from '#contracts';
import { full, insertOnly, noDelete, replayable, type TableGrants } from '#persistence';
import type { ServiceDefinition } from '#service';
import { CaseRepository } from './cases/case.repository.js';
import { announcedCase } from './cases/case.js';
import { outcomesSettings, type OutcomesConfig } from './config.js';
import { outcomesDataSource } from './data-source.js';
import { stateOf as stateOfFollowUp } from './follow-ups/follow-up.js';
import { findFollowUps } from './follow-ups/follow-up.repository.js';
import { outcomeState } from './meeting-outcomes/meeting-outcome.js';
import { findOutcomes } from './meeting-outcomes/meeting-outcome.repository.js';
import { findMeetings } from './meetings/meeting-projection.repository.js';
import { announcedBatch } from './memberships/membership-batch.js';
import { MembershipBatchRepository } from './memberships/membership-batch.repository.js';
import { findMembers } from './memberships/member.repository.js';
import { announcedPaper } from './papers/paper.js';
import { PaperRepository } from './papers/paper.repository.js';

/** What the running service may do with each of its tables; what was announced has a trigger besides. */
const grants: TableGrants = {
  stops: noDelete,
  companies: noDelete,
  registrations: noDelete,
  check_ins: noDelete,
  sessions: noDelete,
  listings: noDelete,
  meetings: noDelete,
  meeting_outcomes: noDelete,
  follow_ups: 'SELECT, INSERT, UPDATE (stage, version)',
  follow_up_steps: 'SELECT, INSERT, UPDATE (confirmed_by, confirmed_at)',
  series_counters: 'SELECT, INSERT, UPDATE (last)',
  membership_batches: 'SELECT, INSERT, UPDATE (stop_id, alliance, series, announced_at, version), DELETE',
  members: 'SELECT, INSERT, UPDATE (series, number), DELETE',
  current_members: 'SELECT, INSERT, DELETE',
  cases:
    'SELECT, INSERT, UPDATE (stop_id, title, field, company_ids, summary, state, announced_at, version), DELETE',
  case_reviews: full,
  papers:
    'SELECT, INSERT, UPDATE (stop_id, title, authors, issuers, edition, url, announced_at, version), DELETE',
  certificates: 'SELECT, INSERT, UPDATE (status, reason, replaced_by, holder, version)',
  codes: insertOnly,
};

const outcomes = replayable(
  meetingOutcomeChanged,
  { table: 'meeting_outcomes', column: 'meeting_id' },
  async (manager, ids) => {
    const said = Map.groupBy(await findOutcomes(manager, ids), ({ meetingId }) => meetingId);
    const meetings = await findMeetings(manager, [...said.keys()]);
    return meetings.map((meeting) => ({
      id: meeting.id,
      state: outcomeState(meeting, said.get(meeting.id) ?? []),
    }));
  },
);

const followUps = replayable(followUpChanged, { table: 'follow_ups' }, async (manager, ids) => {
  const found = await findFollowUps(manager, ids);
  return found.map((followUp) => ({ id: followUp.id, state: stateOfFollowUp(followUp) }));
});

const batches = replayable(outcomeAnnounced, { table: 'membership_batches' }, async (manager, ids) => {
  const found = await new MembershipBatchRepository().findAnnounced(manager, ids);
  const members = Map.groupBy(
    await findMembers(
      manager,
      found.map(({ id }) => id),
    ),
    ({ batchId }) => batchId,
  );
  return found.map((batch) => ({ id: batch.id, state: announcedBatch(batch, members.get(batch.id) ?? []) }));
});

const cases = replayable(outcomeAnnounced, { table: 'cases' }, async (manager, ids) =>
  (await new CaseRepository().findAnnounced(manager, ids)).map((one) => ({
    id: one.id,
    state: announcedCase(one),
  })),
);

const papers = replayable(outcomeAnnounced, { table: 'papers' }, async (manager, ids) =>
  (await new PaperRepository().findAnnounced(manager, ids)).map((one) => ({
    id: one.id,
    state: announcedPaper(one),
  })),
);

export const service: ServiceDefinition = {
  name: 'outcomes',
  settings: outcomesSettings,
  findings: async (config: OutcomesConfig & { readonly DATABASE_URL: string }) => [
    ...(await (await import('./ledger/ledger-findings.js')).ledgerFindings(config)),
    ...(await (await import('./documents/document-findings.js')).documentFindings()),
  ],
  database: {
    dataSource: outcomesDataSource,
    grants,
    replayables: [outcomes, followUps, batches, cases, papers],
  },
  module: async () => (await import('./app.module.js')).AppModule,
};
