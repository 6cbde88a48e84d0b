export function notesOf(text: string, version: string): string;
export function released(text: string, version: string, date: string): string;
