/** The session, its stop or its room is not known here yet: their events may still be on the way. */
export class SessionUnknown extends Error {}
