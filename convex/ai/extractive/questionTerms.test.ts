import { expect, it } from 'vitest'
import { questionTerms } from './questionTerms.ts'

it.each([
  ['How much does the plan cost?', ['plan', 'cost']],
  ['What does this page say about retries?', ['retries']],
  ['Where is the key?', ['key']],
  ['What are the key points?', []],
  ['What is this article about?', []],
  ['Summarise the page briefly', []],
  ['Worum geht es auf dieser Seite?', []],
  ['Was kostet ein Sitzplatz?', ['kostet', 'sitzplatz']],
  ['من يمول المشروع؟', ['يمول', 'المشروع']],
])('%s', (question, terms) => {
  expect(questionTerms(question)).toEqual(terms)
})
