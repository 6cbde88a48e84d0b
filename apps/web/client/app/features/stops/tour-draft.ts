import type { Tour } from '#contracts/stops';
import { localized } from '../../form/localized.js';
import { numberOf, type PartnerRow } from './stop-draft.js';

/** A tour as it is typed. */
export interface TourDraft {
  readonly nameZh: string;
  readonly nameEn: string;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
  readonly website: string;
  readonly isOverlapping: boolean;
  readonly travelMinutes: string;
  readonly partners: readonly PartnerRow[];
}

export function tourDraftOf(tour: Tour): TourDraft {
  return {
    nameZh: tour.name.zh ?? '',
    nameEn: tour.name.en ?? '',
    descriptionZh: tour.description?.zh ?? '',
    descriptionEn: tour.description?.en ?? '',
    website: tour.website ?? '',
    isOverlapping: tour.overlappingStops,
    travelMinutes: String(tour.speakerTravelMinutes),
    partners: tour.partners.map(({ name, role }) => ({ zh: name.zh ?? '', en: name.en ?? '', role })),
  };
}

export function tourBody(draft: TourDraft) {
  return {
    name: localized(draft.nameZh, draft.nameEn) ?? {},
    description: localized(draft.descriptionZh, draft.descriptionEn),
    website: draft.website.trim() === '' ? undefined : draft.website.trim(),
    overlappingStops: draft.isOverlapping,
    speakerTravelMinutes: numberOf(draft.travelMinutes),
    partners: draft.partners.map(({ zh, en, role }) => ({ name: localized(zh, en) ?? {}, role })),
  };
}
