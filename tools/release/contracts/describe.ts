import { z } from 'zod';
import { contractsAmong, type EventContract, type RequestContract } from '#contracts';

type JsonSchema = Record<string, unknown>;

/** A message as another version of the system knows it: by JSON Schema, since code does not travel. */
export type DescribedContract =
  { readonly input: JsonSchema; readonly output: JsonSchema } | { readonly data: JsonSchema };

/** Describes every contract among some exports, by its subject. */
export function describeContracts(exports: Record<string, unknown>): Record<string, DescribedContract> {
  const described = contractsAmong(exports).map(
    (contract) => [contract.subject, describe(contract)] as const,
  );
  return Object.fromEntries(described.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function describe(contract: RequestContract | EventContract): DescribedContract {
  if (contract.kind === 'event') return { data: schemaOf(contract.data, 'output') };
  return { input: schemaOf(contract.input, 'input'), output: schemaOf(contract.output, 'output') };
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): JsonSchema {
  const { $schema: _dialect, ...described } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return described;
}
