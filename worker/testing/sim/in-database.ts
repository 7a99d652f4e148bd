import type pg from 'pg';
import type { Simulate } from './rows.ts';
import { simulate } from './simulate.ts';

let made = 0;

/** Each simulation in a fresh copy of the migrated template, which is dropped afterwards. */
export const inDatabases =
  (admin: pg.Client, urlOf: (database: string, user: string) => string, seed: number, say?: (line: string) => void): Simulate =>
  async (options) => {
    const database = `sim_${process.pid}_${(made += 1)}`;
    await admin.query(`create database ${database} template tmpl`);
    try {
      return await simulate({ ...options, seed, databaseUrl: (user) => urlOf(database, user), ...(say ? { say } : {}) });
    } finally {
      await admin.query(`drop database ${database} with (force)`);
    }
  };
