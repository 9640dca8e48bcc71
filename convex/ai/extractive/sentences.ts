/** Ends that the segmenter takes for a sentence's: titles, initials, and common short forms. */
const shortForm =
  /(?:^|[\s(“"'])(?:\p{L}|Dr|Mr|Mrs|Ms|Prof|Hr|Fr|St|Sr|Jr|vs|cf|ca|approx|No|Nr|Nos|Fig|Abb|Vol|pp?|e\.g|i\.e|z\.\s?B|d\.\s?h|u\.\s?a|bzw|usw|bspw|etc|Inc|Ltd|Co|Corp|p\.\s?ej|M|Mme|Mlle)\.\s*$/u

const segmenters = new Map<string, Intl.Segmenter>()

/** The sentences of one unit, each exactly as it stands there, without white space around it. */
export function splitSentences(text: string, lang: string | undefined): string[] {
  const sentences: string[] = []
  let open = ''
  for (const { segment } of segmenterFor(lang).segment(text)) {
    open += segment
    if (shortForm.test(open.slice(-12))) continue
    push(sentences, open)
    open = ''
  }
  push(sentences, open)
  return sentences
}

function push(sentences: string[], text: string): void {
  const sentence = text.trim()
  if (sentence === '') return
  // A segment without a letter or digit is the end of the one before: a stray bracket, an ellipsis, a footnote mark.
  const last = sentences.length - 1
  if (last >= 0 && !/[\p{L}\p{N}]/u.test(sentence)) sentences[last] += text.trimEnd()
  else sentences.push(sentence)
}

function segmenterFor(lang: string | undefined): Intl.Segmenter {
  const key = lang ?? ''
  let segmenter = segmenters.get(key)
  if (!segmenter) {
    segmenter = new Intl.Segmenter(knownLocale(lang), { granularity: 'sentence' })
    segmenters.set(key, segmenter)
  }
  return segmenter
}

/** Undefined for a tag that a page made up: the default locale splits it well enough. */
export function knownLocale(lang: string | undefined): string | undefined {
  if (!lang) return undefined
  try {
    return Intl.Segmenter.supportedLocalesOf(lang)[0]
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}
