/**
 * The introduction is "little" text: a sign with a meaning of its own cuts the text off where it stands bare. Hashtags stay hashtags.
 * Source: learn.microsoft.com/linkedin, Little Text Format.
 */
export function toLittleText(text: string): string {
  return text.replace(/[\\|{}@[\]()<>*_~]|#(?![\p{L}\p{N}])/gu, '\\$&');
}

/** The same as people read it; the platform writes hashtags as templates when it is asked for a post. */
export function fromLittleText(little: string): string {
  return little.replace(/\{hashtag\|\\?#\|([^}]*)\}/g, '#$1').replace(/\\(.)/gs, '$1');
}
