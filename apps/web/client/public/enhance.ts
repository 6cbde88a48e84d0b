import { startCopyButtons } from './copy.js';
import { startFilter } from './filter.js';
import { startNow } from './now.js';
import { startSeats } from './seats.js';
import { startZoneSwitch } from './zone.js';

/** Public pages work without this; with it they answer faster and know their reader's clock. */
startFilter();
startNow();
startZoneSwitch();
startCopyButtons();
startSeats();
