import { createLazyRoute } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { ListingsOfTour } from './listings-of-tour.js';
import { MeetingsScreen } from './meetings-screen.js';
import { RequestsOfStop } from './requests-of-stop.js';
import { t } from './requests-words.js';

const Page = () => (
  <MeetingsScreen screen="requests">
    {(stop: Stop) => (
      <>
        <p className="muted lead">{t.lead}</p>
        <RequestsOfStop stop={stop} />
        <ListingsOfTour tourId={stop.tourId} />
      </>
    )}
  </MeetingsScreen>
);

export const route = createLazyRoute('/console/stops/$stopId/meetings/requests')({ component: Page });
