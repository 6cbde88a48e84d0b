import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from './call.js';

const maxRetries = 2;

/** What the application knows of the API's answers. */
export const client = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused is refused again; what did not answer may answer.
      retry: (failures, error) =>
        failures < maxRetries && !(error instanceof ApiProblem && error.status >= 400 && error.status < 500),
    },
  },
});
