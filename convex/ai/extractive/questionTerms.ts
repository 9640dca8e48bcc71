import { termsOf } from './terms.ts'

/**
 * Words a question is made of in any page's language: question words, and the verbs and articles around them. A page
 * seldom repeats them, so their rarity there says nothing. Not a stop-word list: on the page itself nothing is left out.
 */
const asking = new Set(
  `a about an and any are as at be been by can could did do does for from had has have how i if in is it its many me much my
  of on or please should so tell than that the their them there these they this those to was were what what's when where
  which while who whom whose why will with would you your explain say says said mean means long often
  aber an auf aus bei bin bist das dass dem den der des die ein eine einem einen einer es für gibt hat haben ich ihr im in
  ist kann man mir mit nach oder sich sie sind um und von wann warum was welche welchem welchen welcher welches wem wen wer
  dieser diese dieses werden weshalb wie wird wo wozu zu zum zur bitte
  au aux avec ce ces cette comment combien dans de des du elle en est est-ce et il la le les leur où ou par pour pourquoi
  qu'est quand que quel quelle quelles quels qui quoi sont sur un une
  al cómo con cuál cuáles cuándo cuánto cuántos de del dónde el ella es está están la las lo los para por porque qué quién
  quiénes se son su un una unos y
  che chi come con cosa cui da dei del della di dove è gli i il la le lo nel per perché più quale quali quando quanto sono
  um uma o a os as em no na como onde quando qual quais quem por que é são para com do da dos das
  de het een en is wat wie waar wanneer waarom hoe welke zijn van voor met op te
  что кто как где когда почему зачем какой какая какие сколько это и в на с по о из для ли
  ما ماذا من متى أين كيف لماذا هل كم أي هو هي في على إلى عن مع هذا هذه
  क्या कौन कैसे कब कहाँ क्यों कितना है हैं का की के में से पर
  什么 怎么 为什 哪里 哪个 是否 多少 的是 是什 么是 何で なぜ どの どう です ます ですか 무엇 어떻게 왜 언제 어디 누가`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Words for the page itself. */
const pageWords = new Set(
  `page article site website text post document seite artikel webseite beitrag sujet página artículo pagina articolo 本文 这篇 الصفحة المقال`.split(
    /\s+/,
  ),
)

/** What a summary is called. A question of these and the words above alone asks for one. */
const summaryWords = new Set(
  `summary summarise summarize summarised overview gist points tldr topic briefly
  zusammenfassung zusammenfassen überblick inhalt hauptpunkte thema worum geht résumé résumer resume resumen resumir
  tema riassunto 总结 摘要 概括 ملخص`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Words that only mean a summary beside one of those. */
const summaryModifiers = new Set(['main', 'key', 'point', 'short', 'brief', 'content', 'contents', 'give'])

/** The words of a question that something on the page must match. Empty: it asks about the page as a whole. */
export function questionTerms(question: string, lang?: string): string[] {
  const words = [...new Set(termsOf(question, lang))].filter(
    (word) => !asking.has(word) && !pageWords.has(word) && !/^\p{N}$/u.test(word),
  )
  const summary = words.some((word) => summaryWords.has(word))
  return summary && words.every((word) => summaryWords.has(word) || summaryModifiers.has(word)) ? [] : words
}
