import type { Reader } from '#persistence';
import { failed, passed, type Finding } from '#service';
import { CodeDerivation } from '../codes/code-derivation.service.js';
import type { OutcomesConfig } from '../config.js';
import { outcomesDataSource } from '../data-source.js';
import { brokenSeries, newestCodes } from './ledger-check.repository.js';

/**
 * Whether what was announced still holds: codes verify with the secret of this process, and numbers have no gap. A database
 * that does not answer is another finding's.
 */
export async function ledgerFindings(
  config: OutcomesConfig & { readonly DATABASE_URL: string },
): Promise<Finding[]> {
  const source = outcomesDataSource({ url: config.DATABASE_URL, name: 'doctor', poolSize: 1 });
  try {
    await source.initialize();
    return await lookAtLedger(source.manager, config);
  } catch {
    return [];
  } finally {
    if (source.isInitialized) await source.destroy();
  }
}

export async function lookAtLedger(reader: Reader, config: OutcomesConfig): Promise<Finding[]> {
  return [codeFinding(await newestCodes(reader), config), seriesFinding(await brokenSeries(reader))];
}

function codeFinding(codes: Awaited<ReturnType<typeof newestCodes>>, config: OutcomesConfig): Finding {
  const derivation = new CodeDerivation(config);
  const strange = codes.filter(
    ({ kind, id, hash }) => !derivation.hashOf(derivation.codeOf(kind, id)).equals(hash),
  );
  if (strange.length === 0) return passed('codes', 'printed codes verify');
  return failed(
    'codes',
    `codes of ${strange.map(({ kind }) => kind).join(', ')} were made with another secret`,
    'Set CODE_SECRET to what it was when they were announced: what is printed cannot be called back.',
  );
}

function seriesFinding(broken: readonly string[]): Finding {
  if (broken.length === 0) return passed('ledger', 'the numbers of every series have no gap');
  return failed(
    'ledger',
    `the numbers of ${broken.join(', ')} have a gap`,
    'Nothing in the service can make one: compare members with a backup, and restore what is missing.',
  );
}
