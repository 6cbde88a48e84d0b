import type { Call, OutputOf, signUpDelegates } from '#contracts';

/** The seats after a sign-up; `null` after one was taken back. */
export type SignUpAnswer = OutputOf<typeof signUpDelegates> | null;

interface Common {
  readonly sessionId: string;
  readonly call: Call & { replayed?: boolean };
  /** Whether the session's state was fetched for it already. */
  readonly isFetched?: boolean;
}

/** A change of the sign-ups for one session, as it waits to be decided. */
export type QueuedSignUp = Common &
  (
    | { readonly kind: 'signUp'; readonly delegateIds: readonly string[] }
    | { readonly kind: 'remove'; readonly delegateId: string }
  );

/** Delegates of one command up to which it is decided together with others. */
const maxDelegatesTogether = 50;

/** Whether deciding it may take long. */
export function isLarge(queued: QueuedSignUp): boolean {
  return queued.kind === 'signUp' && queued.delegateIds.length > maxDelegatesTogether;
}

/** The delegates whom a command names. */
export function delegatesOf(queued: QueuedSignUp): readonly string[] {
  return queued.kind === 'signUp' ? queued.delegateIds : [queued.delegateId];
}
