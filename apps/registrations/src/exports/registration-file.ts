import type { FileKind } from '#spreadsheets';

/** What a file of registrations is made of. */
export interface RegistrationFile {
  readonly kind: FileKind;
  readonly timeZone: string;
  /** The ids of the registrations on the waiting list, in its order. */
  readonly queue: readonly string[];
  /** Arrays of `ExportedDelegate`, as JSON: whoever hands them on need not read them. */
  readonly pages: readonly string[];
}
