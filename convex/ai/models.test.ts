import { describe, expect, it } from 'vitest'
import { defaultModelId, type Environment, modelKind, offeredModels } from './models.ts'

describe('the models offered', () => {
  it.each<[string, Environment, string[], string]>([
    ['nothing set', {}, ['extractive'], 'extractive'],
    ['a local server', { LOCAL_MODEL_URL: 'http://127.0.0.1:11434/v1' }, ['extractive', 'local/auto'], 'local/auto'],
    [
      'a local model',
      { LOCAL_MODEL_URL: 'http://x.test/v1', LOCAL_MODEL_ID: 'm' },
      ['extractive', 'local/m'],
      'local/m',
    ],
    ['a default of our own', { GLOSS_DEFAULT_MODEL: 'gateway/a/b' }, ['extractive', 'gateway/a/b'], 'gateway/a/b'],
  ])('%s', (_name, env, ids, defaultId) => {
    const offered = offeredModels(env)
    expect(offered.models.map(({ id }) => id)).toEqual(ids)
    expect(offered.defaultId).toBe(defaultId)
    expect(defaultModelId(env)).toBe(defaultId)
  })

  it('a gateway key adds gateway models, and never shows the key', () => {
    const offered = offeredModels({ AI_GATEWAY_API_KEY: 'secret-key' })
    expect(offered.models.some(({ kind }) => kind === 'gateway')).toBe(true)
    expect(modelKind(offered.defaultId)).toBe('gateway')
    expect(JSON.stringify(offered)).not.toContain('secret-key')
  })
})
