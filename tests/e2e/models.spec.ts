import { connectBackend } from '../../scripts/start/connect-backend.ts'
import { findFreePort } from '../../scripts/local/free-port.ts'
import { EXTENSION_ORIGIN } from '../../protocol/extension-id.ts'
import { GlossEngine } from '../support/engine/gloss-engine.ts'
import { newestReply } from '../support/engine/stored-conversation.ts'
import type { Gloss } from '../support/gloss.ts'
import { tides } from '../support/pages/tides.ts'
import { prose } from '../support/reply-scripts.ts'
import { expect, test } from './fixtures.ts'

/** Runs `body` with the extension paired with an engine of these settings: the panel needs no more than the new file. */
async function withEngine(
  gloss: Gloss,
  env: Readonly<Record<string, string>>,
  body: (client: ReturnType<typeof connectBackend>) => Promise<void>,
): Promise<void> {
  await using engine = await GlossEngine.start({ env })
  const client = connectBackend(engine.config, EXTENSION_ORIGIN)
  await gloss.pairWith(engine)
  try {
    await body(client)
  } finally {
    await gloss.pairWith(gloss.engine)
    await client.close()
  }
}

test('with no model set up, the built-in one summarises in the page’s own sentences', async ({ gloss, page }) => {
  await withEngine(gloss, {}, async (client) => {
    const panel = await gloss.openPanelBySummarise(page)
    await panel.untilStatus('complete')
    const { content, modelId } = await newestReply(client)
    expect(modelId).toBe('extractive')
    const ofThePage =
      tides
        .match(/(?<=<p>)[^<]+/g)
        ?.join(' ')
        .split(/(?<=\.) /) ?? []
    expect(ofThePage.filter((sentence) => content.includes(sentence.replace(/\.$/, ''))).length).toBeGreaterThan(1)

    await panel.ask('How long did the longest surge last?')
    await expect(panel.replies).toHaveCount(2)
    await panel.untilStatus('complete')
    expect(await panel.replyText()).toContain('31 hours')
  })
  expect(gloss.provider.requests).toEqual([])
})

test('the AI Gateway answers through its own wire format', async ({ gloss, page }) => {
  const env = {
    AI_GATEWAY_API_KEY: 'key-of-the-tests',
    AI_GATEWAY_URL: gloss.provider.gatewayUrl,
    GLOSS_DEFAULT_MODEL: 'gateway/maker/scripted',
  }
  await withEngine(gloss, env, async () => {
    const panel = await gloss.openPanelBySummarise(page)
    await panel.untilStatus('complete')
    expect(await panel.replyText()).toBe(prose(4).replaceAll('\n\n', '\n'))
  })
  expect(gloss.provider.requests).toMatchObject([{ wire: 'gateway', model: 'maker/scripted' }])
})

test('a provider address that refuses: one sentence that names it', async ({ gloss, page }) => {
  const port = await findFreePort()
  await withEngine(gloss, { LOCAL_MODEL_URL: `http://127.0.0.1:${port}/v1` }, async () => {
    const panel = await gloss.openPanelBySummarise(page)
    await panel.untilStatus('error')
    await expect(panel.alert).toHaveText(
      `The model at 127.0.0.1:${port} cannot be reached. Check that it is running, then retry.`,
    )
  })
})
