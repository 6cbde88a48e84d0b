import { describe, expect, it } from '@jest/globals';
import { attendanceBody, draftOfAttendance, faultsOfAttendance, slotChoices } from './attendance-draft.js';

const zone = 'Asia/Shanghai';
const said = {
  delegateIds: ['d1'],
  unavailable: [{ from: '2027-01-16T04:00:00Z', to: '2027-01-16T05:30:00Z' }],
  maxMeetings: null,
};

describe('who comes to meetings', () => {
  it('is typed on the clock of the stop, and comes back unchanged', () => {
    const draft = draftOfAttendance(said, zone);
    expect(draft).toEqual({
      delegateIds: ['d1'],
      unavailable: [{ from: '2027-01-16T12:00', to: '2027-01-16T13:30' }],
      maxMeetings: '',
    });
    expect(faultsOfAttendance(draft, zone)).toEqual(new Map());
    expect(attendanceBody(draft, zone)).toEqual(said);
    expect(attendanceBody({ ...draft, maxMeetings: '１２' }, zone).maxMeetings).toBe(12);
  });

  it('shows faults at their fields', () => {
    const draft = {
      delegateIds: [],
      unavailable: [
        { from: '', to: '' },
        { from: '2027-01-16T13:30', to: '2027-01-16T13:30' },
      ],
      maxMeetings: '0',
    };
    expect([...faultsOfAttendance(draft, zone)]).toEqual([
      ['/delegateIds', 'nobody'],
      ['/unavailable/0/from', 'missing'],
      ['/unavailable/0/to', 'missing'],
      ['/unavailable/1/to', 'order'],
      ['/maxMeetings', 'number'],
    ]);
  });
});

describe('the slots that a company may choose', () => {
  it('are marked where it has another meeting or no time', () => {
    const starts = ['2027-01-16T03:30:00Z', '2027-01-16T03:45:00Z', '2027-01-16T06:00:00Z'];
    const rules = { starts, slots: { minutes: 20, starts } };
    const own = [
      { id: 'other', startsAt: starts[2] ?? '', endsAt: '2027-01-16T06:20:00Z' },
      { id: 'this', startsAt: starts[0] ?? '', endsAt: '2027-01-16T03:50:00Z' },
    ];
    expect(slotChoices(rules, own, said.unavailable, 'this').map(({ isBusy }) => isBusy)).toEqual([
      false,
      true,
      true,
    ]);
  });
});
