import { vocabularyRows } from './vocabulary.data.js';

/** Rises with every change of a concept's id or labels. */
export const vocabularyVersion = 1;

export const conceptLists = ['kind', 'modality', 'domain', 'task', 'technology', 'terms'] as const;
export type ConceptList = (typeof conceptLists)[number];

/** What offers and needs are said in, so that a Chinese need finds an English offer. */
export interface Concept {
  readonly id: string;
  readonly list: ConceptList;
  readonly zh: string;
  readonly en: string;
  /** Other words for it, in both languages; labels not included. */
  readonly synonyms: readonly string[];
  /** The divisions of GB/T 4754-2017 that a domain covers; empty for other lists. */
  readonly divisions: readonly string[];
}

export const concepts: readonly Concept[] = vocabularyRows
  .split('\n')
  .filter((row) => row !== '')
  .map(readConcept);

const byId = new Map(concepts.map((concept) => [concept.id, concept]));

export function conceptOf(id: string): Concept | null {
  return byId.get(id) ?? null;
}

function readConcept(row: string): Concept {
  const [id, divisions, zh, en, synonyms] = row.split('|');
  const list = conceptLists.find((one) => id?.startsWith(`${one}.`));
  if (!id || !divisions || !zh || !en || !list) throw new Error(`a row of the vocabulary is broken: ${row}`);
  return {
    id,
    list,
    zh,
    en,
    synonyms: (synonyms ?? '').split('、').filter((word) => word !== ''),
    divisions: divisions === '-' ? [] : divisions.split(','),
  };
}
