/**
 * Removes characters that no person can see and that carry text past the reader: tag characters, bidi controls,
 * zero-width characters, variation selectors, fillers, soft hyphens, controls. Joiners stay where they are part of
 * how something is written: inside emoji, and between letters of scripts that shape by them.
 * Always returns well-formed UTF-16.
 */
export function cleanText(text: string): string {
  const wellFormed = text.toWellFormed()
  return mayCarry.test(wellFormed) ? wellFormed.replace(carriers, keepIfWritten) : wellFormed
}

// Default_Ignorable_Code_Point is Unicode's own list of what renders as nothing. Interlinear annotation marks,
// controls (except tab, line feed, carriage return) and non-characters are not on it.
const invisible =
  '\\p{Default_Ignorable_Code_Point}\\uFFF9-\\uFFFB\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u0084\\u0086-\\u009F\\p{Noncharacter_Code_Point}'
const mayCarry = new RegExp(`[${invisible}]`, 'u')

// Subdivision flags that fonts draw: England, Scotland, Wales (the three that Unicode recommends) and US states.
const flagLetters = 'gbeng|gbsct|gbwls|us[a-z]{2}'.replace(/[a-z](?![-\]])/g, tagLetter).replace('[a-z]', tagRange())
const flag = `\\u{1F3F4}(?:${flagLetters})\\u{E007F}`
const pictograph = '\\p{Extended_Pictographic}'
const emojiPart = `${pictograph}(?:\\p{Emoji_Modifier}|\\uFE0F)?`
const emoji = `${emojiPart}(?:\\u200D${emojiPart}|\\u200D[\\u2640\\u2642\\u2695\\u2696\\u2708]\\uFE0F?)+|${pictograph}[\\uFE0E\\uFE0F]|[0-9#*]\\uFE0F\\u20E3`

// Scripts in which ZWNJ or ZWJ changes what is written (Unicode core specification, 23.2).
const joining = ['Arab', 'Syrc', 'Mong', 'Nkoo', 'Mand', 'Deva', 'Beng', 'Guru', 'Gujr', 'Orya', 'Taml', 'Telu', 'Knda']
  .concat(['Mlym', 'Sinh', 'Khmr', 'Mymr', 'Tibt'])
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('')
const letter = `(?=[${joining}])[\\p{L}\\p{M}]`
const joiner = `(?<=${letter})[\\u200C\\u200D](?=${letter})`
const mongolianVariant = '(?<=\\p{Script=Mongolian})[\\u180B-\\u180D\\u180F]'

const carriers = new RegExp(`(${flag}|${emoji}|${joiner}|${mongolianVariant})|[${invisible}]`, 'gu')

function keepIfWritten(_match: string, written: string | undefined): string {
  return written ?? ''
}

function tagLetter(letterOfFlag: string): string {
  return `\\u{E00${letterOfFlag.charCodeAt(0).toString(16)}}`
}

function tagRange(): string {
  return `[${tagLetter('a')}-${tagLetter('z')}]`
}
