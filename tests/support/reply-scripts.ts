const SENTENCES = [
  'The gauge is a pipe with a small hole, and what moves inside it is the tide alone.',
  'A hole of 25 millimetres keeps the swell out and the mussels away.',
  'Every difference was written in the margin and none was corrected on the chart.',
  'Low pressure raises the sea by about one centimetre for each missing hectopascal.',
  'The longest surge lasted 31 hours; beside it stands a drawing of a small wave.',
  'Ein Satz mit Umlauten läuft hier übrigens auch mit, und einer auf Japanisch: 潮は満ちる。',
  'Signs outside the basic plane stay whole: 🌊 and 👩‍🔬 and 𝔊.',
]

/** Plain paragraphs: any part of it, from the start, is shown exactly as it is written. */
export function prose(paragraphs: number): string {
  return Array.from({ length: paragraphs }, (_, at) => {
    const sentence = (step: number): string => SENTENCES[(at * 3 + step) % SENTENCES.length] ?? ''
    return `Paragraph ${at + 1}. ${sentence(0)} ${sentence(1)} ${sentence(2)}`
  }).join('\n\n')
}

/** Everything Markdown that a model writes: headings, emphasis, lists, a table, code, a quotation, a link. */
export const markdown = `## What the page says

The gauge is a **pipe** with a *small hole*; see \`25 mm\` below.

- the swell stays out
- the tide comes in
  - slowly
- mussels close smaller holes

1. compare the float with the staff
2. write the difference down

| cause | effect |
| --- | --- |
| low pressure | 1 cm per hPa |
| wind | as much again |

\`\`\`js
const surge = hours > 31 ? 'longest' : 'known'
\`\`\`

> A reading that has been improved can no longer be checked.

More at [the harbour](https://example.com/tides), and that is all: 潮は満ちる 🌊.
`
