import * as contracts from '#shared/contracts/operations.ts';
import { defineRoutes } from '../../http/bind-contract.ts';
import { answerMetrics } from './answer-metrics.ts';
import { dismissDeadLetters } from './dead-letters/dismiss-dead-letters.ts';
import { listDeadLetters } from './dead-letters/list-dead-letters.ts';
import { replayDeadLetters } from './dead-letters/replay-dead-letters.ts';
import { answerHealth } from './health.ts';
import { readSealedKeys } from './keys/read-sealed-keys.ts';
import { rewrapSealedKeys } from './keys/rewrap-sealed-keys.ts';
import { disablePerson } from './people/disable-person.ts';
import { enablePerson } from './people/enable-person.ts';
import { readOperations } from './read-operations.ts';

export const routes = defineRoutes((bind) => {
  bind.raw('GET', '/health', { kind: 'public' }, ({ ports }) => answerHealth(ports));
  bind.raw('GET', '/metrics', { kind: 'public' }, ({ ports, request }) => answerMetrics(ports, request));
  bind.staff(contracts.readOperations, ({ ports }) => readOperations(ports));
  bind.staff(contracts.listDeadLetters, ({ ports }) => listDeadLetters(ports));
  bind.staff(contracts.replayDeadLetters, (staff, { body }) => replayDeadLetters(staff, body));
  bind.staff(contracts.dismissDeadLetters, (staff, { body }) => dismissDeadLetters(staff, body));
  bind.staff(contracts.disablePerson, (staff, { body }) => disablePerson(staff, body));
  bind.staff(contracts.enablePerson, (staff, { body }) => enablePerson(staff, body));
  bind.staff(contracts.readSealedKeys, ({ ports }) => readSealedKeys(ports));
  bind.staff(contracts.rewrapSealedKeys, (staff) => rewrapSealedKeys(staff));
});
