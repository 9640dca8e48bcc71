import { connectBackend } from '../../scripts/start/connect-backend.ts'
import { EXTENSION_ORIGIN } from '../../protocol/extension-id.ts'
import { GlossEngine } from '../support/engine/gloss-engine.ts'
import { api } from '../../convex/_generated/api.js'
import { streamed } from '../support/provider/answer.ts'
import { type RecordedRequest } from '../support/provider/recorded-request.ts'
import { LONG_PAGE_FACT, LONG_PAGE_PARAGRAPHS } from '../support/pages/long-page.ts'
import { expect, test } from './fixtures.ts'

const isPass = ({ body }: RecordedRequest): boolean => JSON.stringify(body).includes('You take notes')

test('a summary of 60,000 words covers all of the main text; a question finds its passage deep in the page', async ({
  gloss,
}) => {
  test.setTimeout(180_000)
  const env = { LOCAL_MODEL_URL: gloss.provider.openaiUrl, LOCAL_MODEL_CONTEXT: '32000' }
  await using engine = await GlossEngine.start({ env })
  const client = connectBackend(engine.config, EXTENSION_ORIGIN)
  await gloss.pairWith(engine)
  try {
    gloss.provider.answerWith((request) =>
      isPass(request) ? streamed('A note of this part.', 20) : streamed('It is a long register.', 200),
    )
    const page = await gloss.openPage('/long')
    const panel = await gloss.openPanelBySummarise(page)
    await expect(panel.lastReply).toContainText(/Reading the page, part \d of \d/)
    await panel.untilStatus('complete')
    expect(await panel.replyText()).toBe('It is a long register.')

    const passes = gloss.provider.requests.filter(isPass)
    expect(passes.length).toBeGreaterThan(2)
    const read = passes.map(({ body }) => JSON.stringify(body)).join('\n')
    for (let number = 1; number <= LONG_PAGE_PARAGRAPHS; number++) {
      expect(read.includes(`Paragraph ${number}. `), `paragraph ${number} is in a pass`).toBe(true)
    }
    const [conversation] = (
      await client.query(api.conversations.list, { paginationOpts: { numItems: 1, cursor: null } })
    ).page
    if (!conversation) throw new Error('no conversation')
    const [question] = await client.query(api.messages.list, { conversationId: conversation._id })
    const context = question?.contexts[0]
    expect(context?.wordsMain).toBeGreaterThan(60_000)
    expect(context?.sentMainWords).toBe(context?.wordsMain)
    const coverage = panel.lastReply.locator('[data-coverage]')
    const words = new Intl.NumberFormat('en').format(context?.words ?? 0)
    await expect(coverage).toContainText('100 %')
    await expect(coverage).toContainText(`${passes.length} passes`)
    if (context?.wordsRest === 0)
      await expect(coverage).toHaveText(`read 100 %: ${words} words, ${passes.length} passes`)
    await expect(panel.chip).toContainText('100 %')

    gloss.provider.answerWith(streamed('It was sold to the keeper.', 200))
    await panel.ask('Who was the brass lamp sold to?')
    await expect(panel.replies).toHaveCount(2)
    await panel.untilStatus('complete')
    const asked = JSON.stringify(gloss.provider.last?.body)
    expect(asked).toContain(LONG_PAGE_FACT)
    expect(asked).toContain('All of it was searched')
    await expect(coverage).toHaveText(/^read \d+ %: the \d+ passages nearest to your question$/)
    await expect(panel.chip).toContainText(/read \d+ %/)
  } finally {
    await gloss.pairWith(gloss.engine)
    await client.close()
  }
})
