import type { PublicEventData, PublicEventType } from '#contracts';

/** Whom a message concerns: it is shown and sent to nobody else. */
export interface MessageScope {
  readonly organizationId: string | null;
  /** The company whose own it is; messages without one are of the organization alone, or public. */
  readonly companyId: string | null;
  readonly stopId: string | null;
  /** Whether companies that are registered at the stop may have it, too. */
  readonly public: boolean;
}

/** A transition that may be published, before it has its place in the log. */
export type PublicMessage = {
  [Type in PublicEventType]: {
    readonly type: Type;
    /** The aggregate, such as `registration/<id>`: deliveries of one aggregate keep their order. */
    readonly subject: string;
    readonly scope: MessageScope;
    readonly data: PublicEventData<Type>;
  };
}[PublicEventType];
