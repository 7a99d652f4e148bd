import type { Plan } from '#shared/rules/launch-plan.ts';
import type { Sandbox } from '../../../sandbox/index.ts';
import type { AdPlatform, AdSession, CreateRequest, ObjectKind } from '../../platforms/ads/ad-platform.ts';

/** One platform under the suite: its adapter, its imitation, and a plan that suits its demo account. */
export interface Subject {
  platform: AdPlatform;
  sandbox: Sandbox;
  /** A signed-in session on the demo account. */
  session(): AdSession;
  /** Two ad sets of two image ads each in one campaign, goals and ids as the demo account has them. */
  plan: Plan;
  /** A picture the platform takes, by the plan's media key. */
  picture(mediaKey: string): { name: string; bytes: ArrayBuffer };
  /** A video the platform takes; null = it takes none from us. */
  video(): Uint8Array<ArrayBuffer> | null;
  /** What truly exists at the imitation, without what the demo account had before. */
  made(): { id: string; kind: ObjectKind | 'image' | 'video'; name: string | null; isOn: boolean }[];
  expireTokens(): void;
  /** Changes a living object as a person in the native manager would. */
  rename(externalId: string, name: string): void;
  /** The same create, changed so that the platform itself refuses it. */
  spoil(request: CreateRequest): CreateRequest;
}
