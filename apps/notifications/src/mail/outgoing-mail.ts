/** A calendar object beside the texts of a mail (RFC 6047). */
export interface MailCalendar {
  /** The METHOD of the object, which the part's media type has to repeat; `null` for a mere attachment. */
  readonly method: 'REQUEST' | 'CANCEL' | null;
  readonly ics: string;
}

/** A picture inside the HTML part: no mail loads anything from elsewhere. */
export interface MailImage {
  readonly cid: string;
  readonly png: Buffer;
  readonly fileName: string;
}

/** What a recipient reads. */
export interface MailContent {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly calendar?: MailCalendar;
  readonly images?: readonly MailImage[];
}

/** A mail that is ready to be sent. */
export interface OutgoingMail extends MailContent {
  readonly to: string;
  /** Without angle brackets; the same in every try. */
  readonly messageId: string;
  /** The name before the address of `MAIL_FROM`. */
  readonly fromName: string | null;
  readonly replyTo: string | null;
  /** For one click (RFC 8058); only mails that can be refused have it. */
  readonly unsubscribeUrl?: string;
}
