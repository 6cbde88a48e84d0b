import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import { Screen } from '../../ui/screen.js';
import { SignedIn } from '../account/signed-in.js';
import { ListingForm } from './listing-form.js';
import { t } from './words.js';

function NewListing() {
  const { tourId = '' } = useParams({ strict: false });
  return (
    <SignedIn role="company">
      {() => (
        <Screen
          title={t.new}
          above={
            <Link to="/company/tours/$tourId/listings" params={{ tourId }}>
              {t.listings}
            </Link>
          }
        >
          <ListingForm tourId={tourId} />
        </Screen>
      )}
    </SignedIn>
  );
}

export const route = createLazyRoute('/company/tours/$tourId/listings/new')({ component: NewListing });
