import { steps, type Step } from './hours.js';
import type { View } from './view.js';

/** What is shown stands in the address, so that a colleague can be sent to the same hours and rooms. */
export interface PlannerSearch {
  readonly day?: string;
  readonly step?: number;
  readonly hide?: string;
  readonly hours?: 'all';
}

const usualStep: Step = 15;

/** What an address says, without what is usual. */
export function plannerSearch({ day, step, hide, hours }: Record<string, unknown>): PlannerSearch {
  return searchOf({
    day: typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? day : null,
    step: steps.find((one) => one === Number(step)) ?? usualStep,
    hidden: typeof hide === 'string' && hide !== '' ? hide.split(',') : [],
    isWhole: hours === 'all',
  });
}

export function viewOf({ day, step, hide, hours }: PlannerSearch): View {
  return {
    day: day ?? null,
    step: steps.find((one) => one === step) ?? usualStep,
    hidden: hide === undefined ? [] : hide.split(','),
    isWhole: hours === 'all',
  };
}

export function searchOf({ day, step, hidden, isWhole }: View): PlannerSearch {
  return {
    ...(day === null ? {} : { day }),
    ...(step === usualStep ? {} : { step }),
    ...(hidden.length === 0 ? {} : { hide: hidden.join(',') }),
    ...(isWhole ? { hours: 'all' as const } : {}),
  };
}
