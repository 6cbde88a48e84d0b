import { systemCaller, type Call } from '#contracts';
import type { PendingRecords, Transaction, TransactionContext } from '#persistence';

/** No caller asked for what follows from events and from the clock: the audit names the installation itself. */
const systemCall: Call = { caller: systemCaller, requestId: 'internal', deadlineMs: Infinity };

export function asSystem(manager: Transaction, recorded: PendingRecords): TransactionContext {
  return {
    manager,
    emit: (contract, aggregateId, data) => recorded.emit(contract, aggregateId, data),
    audit: (entry) => recorded.audit(systemCall, entry),
  };
}
