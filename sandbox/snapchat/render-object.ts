import { deliveryStatus, verdictOn } from './delivery-status.ts';
import { mediaFields } from './media-state.ts';
import type { Json, SnapObject } from './store.ts';
import type { SnapWorld } from './world.ts';

function computed(world: SnapWorld, object: SnapObject): Json {
  switch (object.kind) {
    case 'campaign':
    case 'adsquad':
      return { delivery_status: deliveryStatus(world, object) };
    case 'ad': {
      const reasons = object.hidden['reviewReasons'];
      return {
        review_status: verdictOn(world, object),
        ...(reasons === undefined ? {} : { review_status_reasons: reasons }),
        delivery_status: deliveryStatus(world, object),
      };
    }
    case 'creative': {
      const verdict = verdictOn(world, object);
      // A creative that waits has another word than an ad that waits [T].
      return { packaging_status: 'SUCCESS', review_status: verdict === 'PENDING' ? 'PENDING_REVIEW' : verdict };
    }
    case 'media':
      return mediaFields(world, object);
    case 'segment': {
      const count = (object.hidden['users'] as number | undefined) ?? 0;
      const target = count === 0 ? 'NOT_READY' : count < LEAST_AUDIENCE ? 'TOO_FEW_USERS' : 'READY';
      return { status: 'ACTIVE', approximate_number_users: count, targetable_status: target };
    }
    default:
      return {};
  }
}

/** Unverified [T]: an audience of fewer people cannot be targeted. */
const LEAST_AUDIENCE = 1000;

/** One object as the API shows it. */
export function renderObject(world: SnapWorld, object: SnapObject): Json {
  const { extraField } = world.settings;
  return {
    id: object.id,
    updated_at: new Date(object.updatedAt).toISOString(),
    created_at: new Date(object.createdAt).toISOString(),
    ...structuredClone(object.fields),
    ...computed(world, object),
    ...(object.deleted ? { deleted: true } : {}),
    ...(extraField === null ? {} : { [extraField]: 'new' }),
  };
}
