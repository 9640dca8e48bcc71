/** Milliseconds for which a capture may hold a page's thread without being noticed. */
export const longTask = 200
