import { useQuery } from '@tanstack/react-query';
import { Link, createLazyRoute, useParams } from '@tanstack/react-router';
import { inLang } from '../../../../shared/language.js';
import { Screen } from '../../ui/screen.js';
import { Loaded } from '../../ui/ui.js';
import { lang } from '../../words/index.js';
import { SignedIn } from '../account/signed-in.js';
import { ListingForm } from './listing-form.js';
import { listing as listingQuery } from './matching.queries.js';
import { t } from './words.js';

function EditListing() {
  const { id = '' } = useParams({ strict: false });
  const query = useQuery(listingQuery(id));
  return (
    <SignedIn role="company">
      {() => (
        <Loaded query={query}>
          {(listing) => (
            <Screen
              title={inLang(listing.title, lang)}
              above={
                <Link to="/company/tours/$tourId/listings" params={{ tourId: listing.tourId }}>
                  {t.listings}
                </Link>
              }
            >
              <ListingForm tourId={listing.tourId} listing={listing} />
            </Screen>
          )}
        </Loaded>
      )}
    </SignedIn>
  );
}

export const route = createLazyRoute('/company/listings/$id')({ component: EditListing });
