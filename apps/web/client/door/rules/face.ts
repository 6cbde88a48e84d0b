import type { Scan } from './scan.js';

/** How a scan looks and sounds; each colour has an icon and a word as well. */
export type Colour = 'green' | 'orange' | 'red' | 'purple';

export type Headline =
  'admit' | 'already' | 'refused' | 'unknown' | 'wrong_stop' | 'not_valid' | 'no_badge' | 'taken_back';

export interface Face {
  readonly colour: Colour;
  readonly headline: Headline;
  /** `null` where there is nothing to confirm. */
  readonly confirmation: 'waiting' | 'confirmed' | 'also_elsewhere' | null;
}

/** What was said at once, and what of it the API corrected. */
export function faceOf(scan: Scan): Face {
  if (scan.said === 'take_back') return takenBack(scan);
  if (scan.state === 'dropped') return { colour: 'purple', headline: 'taken_back', confirmation: null };
  if (scan.state === 'refused') return refusedFace(scan.reason);
  if (scan.state === 'confirmed') {
    return {
      colour: 'green',
      headline: 'admit',
      confirmation: scan.reason === 'also_elsewhere' ? 'also_elsewhere' : 'confirmed',
    };
  }
  return { ...saidFaces[scan.said], confirmation: scan.state === 'waiting' ? 'waiting' : null };
}

const saidFaces: Readonly<Record<Exclude<Scan['said'], 'take_back'>, Pick<Face, 'colour' | 'headline'>>> = {
  admit: { colour: 'green', headline: 'admit' },
  already: { colour: 'orange', headline: 'already' },
  not_valid: { colour: 'red', headline: 'not_valid' },
  unknown: { colour: 'purple', headline: 'unknown' },
  no_badge: { colour: 'red', headline: 'no_badge' },
};

function takenBack(scan: Scan): Face {
  if (scan.state === 'refused') return { colour: 'red', headline: 'refused', confirmation: null };
  const confirmation = scan.state === 'waiting' ? 'waiting' : 'confirmed';
  return { colour: 'purple', headline: 'taken_back', confirmation };
}

function refusedFace(reason: string | null): Face {
  switch (reason) {
    case 'already':
      return { colour: 'orange', headline: 'already', confirmation: null };
    case 'badge.wrong_stop':
      return { colour: 'red', headline: 'wrong_stop', confirmation: null };
    case 'badge.not_valid':
    case 'badge.unknown':
      return { colour: 'red', headline: 'not_valid', confirmation: null };
    default:
      return { colour: 'red', headline: 'refused', confirmation: null };
  }
}
