import { createTour, mergePatch, parseOrRefuse, type InputOf, type Tour, type updateTour } from '#contracts';
import { sameJson } from '../stops/changed-fields.js';

/** A tour as it is stored. Instants are RFC 3339 in UTC. */
export type TourRecord = Tour & { updatedAt: string };

type Draft = InputOf<typeof createTour>['body'];
type Fields = Pick<TourRecord, keyof Draft>;

export function newTour(of: { id: string; organizationId: string }, draft: Draft, now: string): TourRecord {
  return { ...of, ...fieldsOf(draft), createdAt: now, updatedAt: now, version: 1 };
}

/** The tour after a merge patch; the same object where the patch changes nothing. Throws `request.invalid`. */
export function patchTour(tour: TourRecord, patch: InputOf<typeof updateTour>['body']): TourRecord {
  const draft = parseOrRefuse(createTour.input.shape.body, mergePatch(fieldsOf(tour), patch), ['body']);
  const changed = { ...tour, ...fieldsOf(draft) };
  return sameJson(changed, tour) ? tour : changed;
}

/** The tour as answers and other services get it. */
export function presentTour(tour: TourRecord): Tour {
  const { id, organizationId, createdAt, version } = tour;
  return { id, organizationId, ...fieldsOf(tour), createdAt, version };
}

function fieldsOf(tour: Draft): Fields {
  return {
    name: tour.name,
    description: tour.description ?? null,
    website: tour.website ?? null,
    partners: tour.partners,
    overlappingStops: tour.overlappingStops,
    speakerTravelMinutes: tour.speakerTravelMinutes,
  };
}
