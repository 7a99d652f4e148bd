import { DurableObject } from 'cloudflare:workers';

export class RateBudget extends DurableObject {}
