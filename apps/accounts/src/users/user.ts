import type { z } from 'zod';
import type { User } from '#contracts';

/** Somebody who proved an address, or was invited by it. */
export interface UserRecord {
  id: string;
  email: string;
  name: string | null;
  /** In which mails and pages are written; `null` for no preference. */
  language: 'zh' | 'en' | null;
  createdAt: Date;
  /** The first sign-in; `null` for somebody who was invited and has not come yet. */
  provenAt: Date | null;
}

export function presentUser({ id, email, name, language }: UserRecord): z.output<typeof User> {
  return { id, email, name, language };
}
