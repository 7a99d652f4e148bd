import { part, refuse, type Operation } from '../operation.ts';
import type { Resource } from '../store.ts';

/** Width by height and the smallest picture that each place takes; from the platform's help pages [K]. */
const SHAPES = {
  MARKETING_IMAGE: { ratio: 1.91, width: 600, height: 314 },
  SQUARE_MARKETING_IMAGE: { ratio: 1, width: 300, height: 300 },
  PORTRAIT_MARKETING_IMAGE: { ratio: 0.8, width: 480, height: 600 },
  TALL_PORTRAIT_MARKETING_IMAGE: { ratio: 9 / 16, width: 600, height: 1067 },
  LOGO: { ratio: 1, width: 128, height: 128 },
  BUSINESS_LOGO: { ratio: 1, width: 128, height: 128 },
  LANDSCAPE_LOGO: { ratio: 4, width: 512, height: 128 },
} as const;
export type PictureField = keyof typeof SHAPES;
const TOLERANCE = 0.02;

export const isPictureField = (field: string): field is PictureField => field in SHAPES;

export function checkPicture(op: Operation, asset: Resource, field: PictureField, place: string): void {
  if (asset.fields['type'] !== 'IMAGE')
    throw refuse(op, 'assetError', 'FIELD_INCOMPATIBLE_WITH_ASSET_TYPE', 'The asset is not an image.', place, asset.name);
  const size = part(part(asset.fields['imageAsset'])['fullSize']);
  const [width, height] = [Number(size['widthPixels']), Number(size['heightPixels'])];
  const shape = SHAPES[field];
  if (Math.abs(width / height / shape.ratio - 1) > TOLERANCE)
    throw refuse(op, 'imageError', 'ASPECT_RATIO_NOT_ALLOWED', `The image's aspect ratio does not fit ${field}.`, place, asset.name);
  if (width < shape.width || height < shape.height)
    throw refuse(op, 'imageError', 'IMAGE_TOO_SMALL', `The image is too small for ${field}.`, place, asset.name);
}
