import { DurableObject } from 'cloudflare:workers';

export class ProgressRoom extends DurableObject {}
