import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute } from '@tanstack/react-router';
import type { Stop } from '#contracts/stops';
import { OfStop } from '../../ui/of-address.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { Exports } from '../releases/exports.js';
import { releases } from '../releases/releases.queries.js';
import { ImportSteps } from './import-steps.js';
import { t } from './words.js';

const Page = () => (
  <SignedIn role="organizer">{() => <OfStop>{(stop) => <ScheduleImport stop={stop} />}</OfStop>}</SignedIn>
);

function ScheduleImport({ stop }: { stop: Stop }) {
  const made = useQuery(releases(stop.id));
  return (
    <StopScreen stop={stop} title={t.title}>
      <p className="muted lead">{t.lead}</p>
      <ImportSteps stop={stop} />
      {made.data === undefined ? null : made.data.length > 0 ? (
        <Exports stop={stop} />
      ) : (
        <section aria-labelledby="exports">
          <h2 id="exports">{t.export}</h2>
          <p className="muted">
            {t.exportNone}{' '}
            <Link to="/console/stops/$stopId/releases" params={{ stopId: stop.id }}>
              {t.toRelease}
            </Link>
          </p>
        </section>
      )}
    </StopScreen>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/import')({ component: Page });
