import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openEngine } from '../fixtures/open-engine.ts'

test('what was removed or replaced is in no file once the engine has ended', async () => {
  const app = await openEngine()
  const secret = (name: string, length: number) => `${name}${'unfindable'.repeat(length)}`
  const secrets = [secret('short', 1), secret('long', 2_000), secret('searched', 1), secret('replaced', 30)]
  for (let rank = 0; rank < 200; rank++) await app.write('notes:add', { topic: 'kept', rank, text: 'kept '.repeat(99) })
  const ids = []
  for (const text of secrets.slice(0, 2))
    ids.push(await app.write('notes:add', { topic: text.slice(0, 40), rank: 1, text }))
  const passages = ['kept', 'kept too', secrets[2] ?? '', 'kept as well', 'kept also'].map((text) => ({ text }))
  const found = await app.write('passages:add', { passages })
  if (!Array.isArray(found)) throw new TypeError('No ids')
  const replaced = await app.write('notes:add', { topic: 'kept', rank: 1, text: secrets[3] ?? '' })
  const holds = (text: string) =>
    readdirSync(app.dataDir)
      .filter((name) => name.startsWith('data.sqlite'))
      .some((name) => readFileSync(join(app.dataDir, name)).includes(text))
  expect(secrets.map((text) => holds(text.slice(0, 12)))).toEqual([true, true, true, true])

  for (const id of ids) await app.write('notes:remove', { id })
  await app.write('passages:remove', { id: found[2] ?? null })
  await app.write('notes:patch', { id: replaced, fields: { text: 'other' } })
  await app.engine.close()
  expect(secrets.map((text) => holds(text.slice(0, 12)))).toEqual([false, false, false, false])
  expect(holds('unfindable')).toBe(false)
  await using again = await openEngine({ dataDir: app.dataDir })
  expect(await again.read('notes:ofTopic', { topic: 'kept', take: 999 })).toHaveLength(201)
})
