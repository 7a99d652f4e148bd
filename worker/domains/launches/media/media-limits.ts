/** Largest files taken, bytes: Meta's image maximum; for videos what one upload through us can carry. */
export const MAX_BYTES = { image: 30 * 1024 * 1024, video: 500 * 1024 * 1024 } as const;

const KINDS = new Map<string, 'image' | 'video'>([
  ['image/png', 'image'],
  ['image/jpeg', 'image'],
  ['video/mp4', 'video'],
  ['video/quicktime', 'video'],
]);

/** What a content type promises; null = not a type an ad takes. */
export const kindOf = (contentType: string): 'image' | 'video' | null =>
  KINDS.get(contentType.toLowerCase().split(';')[0]?.trim() ?? '') ?? null;
