/**
 * Creative features the platform may switch on by itself. Each is sent as off unless the plan says on, because leaving one out
 * leaves the choice to the platform. The read-back looks at every feature found, so one
 * that is missing here is still noticed when it was switched on.
 */
export const CREATIVE_FEATURES = [
  'adapt_to_placement',
  'add_text_overlay',
  'advantage_plus_creative',
  'audio',
  'creative_stickers',
  'description_automation',
  'enhance_cta',
  'image_animation',
  'image_auto_crop',
  'image_background_gen',
  'image_brightness_and_contrast',
  'image_enhancement',
  'image_templates',
  'image_text_translation',
  'image_touchups',
  'image_uncrop',
  'inline_comment',
  'media_type_automation',
  'music_generation',
  'pac_relaxation',
  'product_extensions',
  'profile_card',
  'reveal_details_over_time',
  'show_destination_blurbs',
  'show_summary',
  'site_extensions',
  'text_generation',
  'text_optimizations',
  'text_translation',
  'video_auto_crop',
  'video_filtering',
  'video_highlights',
  'video_uncrop',
] as const;

export type EnrollStatus = { enroll_status: 'OPT_IN' | 'OPT_OUT' };

export function featuresSpec(chosen: Readonly<Record<string, boolean>>): Record<string, EnrollStatus> {
  const names = new Set<string>([...CREATIVE_FEATURES, ...Object.keys(chosen)]);
  return Object.fromEntries([...names].toSorted().map((name) => [name, { enroll_status: chosen[name] === true ? 'OPT_IN' : 'OPT_OUT' }]));
}
