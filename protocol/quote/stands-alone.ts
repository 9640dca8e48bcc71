/**
 * Whether a stretch of a text is cut out between words and takes whole numbers with it. What begins after "non-", the
 * sign or the currency of a number, or ends before "n't", a percent sign or the rest of a number says something else
 * than the text does.
 */
export function standsAlone(text: string, start: number, end: number): boolean {
  return beginsAlone(text, start) && endsAlone(text, end)
}

function beginsAlone(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - 8), start)
  const first = characterAt(text, start)
  if (before === '' || first === '') return true
  const previous = /.$/su.exec(before)?.[0] ?? ''
  if (/\p{Nd}/u.test(first)) {
    return (
      !/(?:[\p{N}\p{Sc}\p{Pd}\u2212+±~≈<>≤≥=]|\p{N}[.,:/'’]|\p{Sc}\s|[\s^][-\u2212+±<>≤≥]\s?)$/u.test(before) &&
      !joins(previous, first)
    )
  }
  if (/(?:^|\P{L})(?:non|un|not|no|anti|nicht|kein|sans|sin)[\p{Pd}]$/iu.test(before)) return false
  if (/n['’]$/iu.test(before) && /^t(?!\p{L})/iu.test(text.slice(start, start + 2))) return false
  if (/[不没沒無无未非勿莫]$/u.test(before) && /\p{Script=Han}/u.test(first)) return false
  if (/(?:ไม่|มิ|อย่า|ห้าม)$/u.test(before) && /\p{Script=Thai}/u.test(first)) return false
  return !joins(previous, first)
}

function endsAlone(text: string, end: number): boolean {
  const after = text.slice(end, end + 8)
  const last = /.$/su.exec(text.slice(Math.max(0, end - 2), end))?.[0] ?? ''
  if (after === '' || last === '') return true
  if (/\p{Nd}/u.test(last) && /^(?:\s?[%‰°′″\p{Sc}]|[.,:/'’\p{Pd}]\p{Nd})/u.test(after)) return false
  if (/n/iu.test(last) && /^['’]t(?!\p{L})/iu.test(after)) return false
  if (/^(?:ない|なく|なかっ|ませ|ず(?!つ))/u.test(after) && /[\p{Script=Han}\p{Script=Hiragana}]/u.test(last))
    return false
  return !joins(last, characterAt(text, end))
}

/** Whether two neighbours belong to one word. Scripts that write without spaces have no such borders. */
function joins(left: string, right: string): boolean {
  if (!/[\p{L}\p{N}\p{M}]/u.test(left) || !/[\p{L}\p{N}\p{M}]/u.test(right)) return false
  return !unspaced.test(left) && !unspaced.test(right)
}

/** A letter of a script that writes without spaces between words. */
export const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

function characterAt(text: string, at: number): string {
  const point = text.codePointAt(at)
  return point === undefined ? '' : String.fromCodePoint(point)
}
