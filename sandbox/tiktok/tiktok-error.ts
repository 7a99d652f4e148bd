/**
 * Everything the platform refuses is an HTTP 200 whose body carries the code; only a wrong path (404), a wrong method (405) or
 * a broken server (5xx) shows in the status. Numbers: the guide's error section and its list of codes [D].
 *
 * Unverified [K]: which of the refusals below carries 40002 and which 40007; 40900 for a file of the wrong kind; 40133 for the
 * minute's limit and 40016 for the day's; the wording of every message (nobody may read them).
 */
export class TiktokError extends Error {
  readonly code: number;
  /** Set when the answer is not a 200: the server broke, or something in front of it answered. */
  readonly status: number;

  constructor(code: number, message: string, status = 200) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const CODES = {
  ok: 0,
  partial: 20001,
  noPermission: 40001,
  parameter: 40002,
  noSuchThing: 40007,
  notImplemented: 40008,
  tooManyIds: 40011,
  dayLimit: 40016,
  duplicateRequest: 40050,
  wrongVersion: 40051,
  badVideo: 40053,
  secondLimit: 40100,
  badAuthParameter: 40101,
  expiredToken: 40102,
  refreshExpired: 40103,
  noToken: 40104,
  wrongToken: 40105,
  badRefresh: 40107,
  badAuthCode: 40110,
  wrongApp: 40113,
  notAllowlisted: 40118,
  fieldLimit: 40132,
  minuteLimit: 40133,
  taskNotReady: 40201,
  advertiserGone: 40300,
  internal: 40700,
  file: 40900,
  transcoding: 40901,
  duplicateFileName: 40911,
  system: 50000,
  processing: 50002,
  systemBusy: 51305,
} as const;

export const parameterError = (message: string): TiktokError => new TiktokError(CODES.parameter, message);
export const missingField = (name: string): TiktokError => parameterError(`${name}: Missing data for required field.`);
export const noPermission = (message: string): TiktokError => new TiktokError(CODES.noPermission, message);

export function refuse(condition: boolean, message: string, code: number = CODES.parameter): void {
  if (condition) throw new TiktokError(code, message);
}
