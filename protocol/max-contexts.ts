/** The most pages and selections that one question can be about. */
export const MAX_CONTEXTS = 10
