/** Set by vite.config.ts. */
declare const __INLAY_API_ORIGIN__: string;
/** True only in builds for tests: open shadow roots, and ids that an oracle can read. */
declare const __INLAY_TEST_BUILD__: boolean;
