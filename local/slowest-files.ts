import path from 'node:path';

/** A file's test run; times in UTC milliseconds. */
export interface TimedFile {
  name: string;
  startTime: number;
  endTime: number;
}

/** The ten files that ran longest, the longest first, each a line with its seconds. */
export const slowestFiles = (files: readonly TimedFile[], root: string): string[] =>
  files
    .map(({ name, startTime, endTime }) => ({ file: path.relative(root, name), seconds: (endTime - startTime) / 1000 }))
    .toSorted((a, b) => b.seconds - a.seconds)
    .slice(0, 10)
    .map(({ file, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${file}`);
