import './planner.css';
import { Link, createLazyRoute, useNavigate, useSearch } from '@tanstack/react-router';
import type { Me } from '#contracts/people';
import type { Stop } from '#contracts/stops';
import { OfStop } from '../../ui/of-address.js';
import { Loaded } from '../../ui/ui.js';
import { SignedIn } from '../account/signed-in.js';
import { StopScreen } from '../organizer/stop-screen.js';
import { Planner } from './planner.js';
import { searchOf, viewOf, type PlannerSearch } from './planner-search.js';
import { t } from './planner-words.js';
import { usePlan } from './use-plan.js';
import type { View } from './view.js';

const Page = () => (
  <SignedIn role="organizer">
    {(person) => <OfStop>{(stop) => <PlanOf stop={stop} person={person} />}</OfStop>}
  </SignedIn>
);

function PlanOf({ stop, person }: { stop: Stop; person: Me }) {
  const query = usePlan(stop.id, person.user?.id ?? person.keyId ?? '');
  const search: PlannerSearch = useSearch({ strict: false });
  const navigate = useNavigate();
  const onView = (changed: Partial<View>): void =>
    void navigate({
      to: '/console/stops/$stopId/planner',
      params: { stopId: stop.id },
      search: searchOf({ ...viewOf(search), ...changed }),
      replace: true,
    });
  return (
    <StopScreen stop={stop} title={t.title}>
      <div className="planner">
        <p className="muted no-print">{t.lead}</p>
        {stop.rooms.length === 0 ? (
          <p className="empty">
            {t.noRooms}{' '}
            <Link to="/console/stops/$stopId/edit" params={{ stopId: stop.id }}>
              {t.addRooms}
            </Link>
          </p>
        ) : (
          <Loaded query={query}>
            {(plan) => <Planner stop={stop} plan={plan} view={viewOf(search)} onView={onView} />}
          </Loaded>
        )}
      </div>
    </StopScreen>
  );
}

export const route = createLazyRoute('/console/stops/$stopId/planner')({ component: Page });
