/** A word with the space before it, cut so that no token is longer; line breaks stand alone. */
const TOKEN = /[^\S\n]?[^\s]{1,4}|\s/gu

/** Splits a text into pieces of a model's usual size, about four characters, at code points. Joined they are the text. */
export function splitTokens(text: string): string[] {
  return text.match(TOKEN) ?? []
}
