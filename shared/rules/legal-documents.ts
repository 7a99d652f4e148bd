/** The version of each document that is shown now. A change of its text is a new version, and everybody is asked again. */
export const LEGAL_VERSIONS = { terms: 'template-1', privacy: 'template-1' } as const;
