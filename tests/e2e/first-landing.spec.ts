import { newestMessages } from '../support/engine/stored-conversation.ts'
import { expect, test } from './fixtures.ts'
import { prose } from '../support/reply-scripts.ts'

test('Alt+S on a page opens the panel and streams its summary', async ({ gloss, page }) => {
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  expect(await panel.replyText()).toBe(prose(4).replaceAll('\n\n', '\n'))
  const [question, reply] = await newestMessages(gloss.client)
  expect(question).toMatchObject({ role: 'user', task: 'summarise' })
  expect(reply).toMatchObject({ role: 'assistant', status: 'complete', content: prose(4) })
  expect(JSON.stringify(gloss.provider.last?.body)).toContain('A tide gauge is a pipe')
})
