/** How a run ended, for scripts; docs/command-line.md lists them. */
export const EXIT = {
  done: 0,
  unexpected: 1,
  usage: 2,
  planErrors: 3,
  refusedRows: 4,
  needsPerson: 5,
  service: 6,
  timeUp: 7,
} as const;

/** Ends the run with a message for the person who reads the terminal. */
export class Stop extends Error {
  constructor(
    readonly code: (typeof EXIT)[keyof typeof EXIT],
    message: string,
  ) {
    super(message);
  }
}
