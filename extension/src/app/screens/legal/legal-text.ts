/** One document, ready to be shown. Words in square brackets are the operator's to fill in. */
export interface LegalDocument {
  title: string;
  sections: { heading: string; paragraphs: string[] }[];
}
export interface LegalText {
  /** Above every document: what this is, and that it binds nobody yet. */
  templateNote: string;
  version: (version: string) => string;
  back: string;
  terms: LegalDocument;
  privacy: LegalDocument;
  deletion: { title: string; received: (day: string) => string; done: (day: string) => string; unknown: string; what: string };
}
