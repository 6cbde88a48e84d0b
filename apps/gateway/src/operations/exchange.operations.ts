import { exportScheduleJson, exportScheduleXml, importSchedule, maxScheduleBytes } from '#contracts';
import { anyone, organizer } from './access.js';
import { operation, programmeDeadlineMs } from './operation.js';
import { pathStopCacheTags } from './cache-tags.js';

const tag = 'Exchange';
const maxAgeMs = 1_000;
/** A file with thousands of entries takes longer than other requests, on a busy machine above all. */
const importDeadlineMs = 30_000;
const textOf = (output: { text: string }): string => output.text;
const exported = 'The latest release, in the format that frab, pretalx and the C3VOC tools write and read.';

export const exchangeOperations = [
  operation({
    id: 'exportScheduleJson',
    method: 'GET',
    path: '/v1/stops/{stopId}/schedule.json',
    tag,
    summary: 'The released timetable for conference apps, as JSON',
    description: `${exported} Valid against https://c3voc.de/schedule/schema.json, unless an imported file was not: what came from a file comes out as it was.`,
    access: anyone,
    status: 200,
    contract: exportScheduleJson,
    deadlineMs: programmeDeadlineMs,
    format: { mediaType: 'application/json; charset=utf-8', render: textOf, schema: { type: 'object' } },
    publicRead: { maxAgeMs, cacheTags: pathStopCacheTags },
    needsBaseUrl: true,
  }),
  operation({
    id: 'exportScheduleXml',
    method: 'GET',
    path: '/v1/stops/{stopId}/schedule.xml',
    tag,
    summary: 'The released timetable for conference apps, as XML',
    description: exported,
    access: anyone,
    status: 200,
    contract: exportScheduleXml,
    deadlineMs: programmeDeadlineMs,
    format: { mediaType: 'application/xml; charset=utf-8', render: textOf },
    publicRead: { maxAgeMs, cacheTags: pathStopCacheTags },
    needsBaseUrl: true,
  }),
  operation({
    id: 'importSchedule',
    method: 'POST',
    path: '/v1/stops/{stopId}/sessions/import',
    tag,
    summary: 'Import a schedule: its rooms, sessions and places',
    description: [
      'Takes a schedule of frab, pretalx or the C3VOC tools as it was published, up to 8 MiB.',
      'Rooms are matched by name, in whatever case and with whatever blanks, or made in the order of the file; sessions are created, accepted and scheduled. Every entry has its result in `results`, in the order of the file. The status is 200 also where single entries have no place or were refused.',
      "What can't have its place becomes an accepted session, so that nothing is lost: its result is `kept`, with the problem code and what it collides with. With `refused=skip` it is left out and `refused`. What can't be a session at all, without a title or a start or with a length out of bounds, is `refused` either way.",
      'An entry that the stop has already, known by its guid or id, is `unchanged` and left as it is: the same file twice creates nothing twice. Entries of an own export are known by their session. With `existing=update` a session takes over what changed in the file since its last import, named in `changes`, and is `updated`; what organizers changed and the file did not stays. With `existing=compare` nothing changes: `changes` names what is otherwise in the file than at the stop, and entries that the stop lacks are `missing`; `code` and `detail` say of either why an import could not give it its place.',
      'With `align=start` the first day of the file becomes the first day of the stop, and every local time stays what it was. With `atomic=true` one entry that would be kept or refused refuses the whole file: the answer is a problem with the code of the first of them, and every result in its member `results`; no session and no room is made.',
      'Members that a session has no field for come back in the exports as they came, except `answers` and e-mail addresses. What an export can not give back is named in `detail`.',
      'A file that is no JSON or XML is 400, one without a schedule in it 422.',
    ].join('\n\n'),
    access: organizer,
    status: 200,
    contract: importSchedule,
    takesFile: {
      formats: { 'application/json': 'json', 'application/xml': 'xml', 'text/xml': 'xml' },
      maxBytes: maxScheduleBytes,
    },
    deadlineMs: importDeadlineMs,
    invalidates: pathStopCacheTags,
  }),
];
