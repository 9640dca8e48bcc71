import { newestReply } from '../support/engine/stored-conversation.ts'
import { refused, streamed, type Answer } from '../support/provider/answer.ts'
import { splitTokens } from '../support/provider/split-tokens.ts'
import { prose } from '../support/reply-scripts.ts'
import { expect, test } from './fixtures.ts'

const TEXT = prose(2)
const BEGINNING = splitTokens(TEXT).slice(0, 60).join('')

const failures: readonly (readonly [name: string, answer: Answer, sentence: RegExp, kept: string])[] = [
  ['401', refused(401, 'no'), /refused the key/, ''],
  ['402', refused(402, 'no'), /no credit left/, ''],
  ['404', refused(404, 'no'), /no longer offered/, ''],
  ['429 that asks for a minute', refused(429, 'slow down', { 'retry-after': '60' }), /Retry in 60 seconds/, ''],
  ['500', refused(500, 'broken'), /provider failed: HTTP 500/, ''],
  ['a hang-up', { kind: 'hang-up' }, /cannot be reached/, ''],
  ['a cut connection', streamed(TEXT, 200, { how: 'disconnect', afterTokens: 60 }), /was interrupted/, BEGINNING],
  [
    'a malformed line',
    streamed(TEXT, 200, { how: 'malformed', afterTokens: 60 }),
    /provider failed|interrupted/,
    BEGINNING,
  ],
]

for (const [name, answer, sentence, kept] of failures) {
  test(`the provider answers with ${name}: one sentence, the text that came stays, Retry works`, async ({
    gloss,
    page,
  }) => {
    gloss.provider.answerWith(answer)
    const panel = await gloss.openPanelBySummarise(page)
    await panel.untilStatus('error')
    await expect(panel.alert).toHaveText(sentence)
    expect((await newestReply(gloss.client)).content).toBe(kept)
    expect(await panel.replyText()).toBe(kept.replaceAll('\n\n', '\n'))

    gloss.provider.answerWith(streamed(TEXT, 400))
    await panel.button('Retry').click()
    await panel.untilStatus('complete')
    expect(await panel.replyText()).toBe(TEXT.replaceAll('\n\n', '\n'))
  })
}

test('a provider that falls silent can be stopped', async ({ gloss, page }) => {
  gloss.provider.answerWith(streamed(TEXT, 200, { how: 'stall', afterTokens: 60 }))
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilShown(BEGINNING.replaceAll(/\s/g, '').length)
  await panel.page.keyboard.press('Escape')
  await panel.untilStatus('stopped')
  expect((await newestReply(gloss.client)).content).toBe(BEGINNING)
  await expect.poll(() => gloss.provider.last?.closedAt).toBeGreaterThan(0)
})
