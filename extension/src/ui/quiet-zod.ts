import { z } from 'zod';

// zod compiles its checks with run-time code where it may; our pages forbid that, and the try alone is a reported violation.
z.config({ jitless: true });
