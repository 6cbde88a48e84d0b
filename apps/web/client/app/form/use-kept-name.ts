import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { me } from '../api/queries.js';
import { keptName } from './kept.js';

/** The name under which a draft of the one who is signed in is kept; it stays while the form is open. */
export function useKeptName(name: string): string {
  const client = useQueryClient();
  const [kept] = useState(() => keptName(client.getQueryData(me.queryKey), name));
  return kept;
}
