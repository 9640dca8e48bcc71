import { describe, expect, test } from 'vitest'
import { engineArguments } from './engine-process.ts'

const settings = {
  project: '/project',
  data: '/project/.gloss/data',
  port: 4001,
  sitePort: 4002,
  origin: 'chrome-extension://abc',
  environment: { LOCAL_PAIRING_SECRET: 'the-secret', AI_GATEWAY_API_KEY: 'the-key' },
}

describe('engineArguments', () => {
  test('names every variable and shows no value: a command line can be read by every user of the machine', () => {
    const line = engineArguments(settings).join(' ')
    expect(line).toContain('--env LOCAL_PAIRING_SECRET --env AI_GATEWAY_API_KEY')
    expect(line).not.toMatch(/the-secret|the-key/)
  })

  test('is strict: one origin, identity required, and it ends with us', () => {
    const line = engineArguments(settings).join(' ')
    expect(line).toContain('--allow-origin chrome-extension://abc --require-auth --exit-with-parent')
    expect(line).toContain('--on-start generations:recover')
  })
})
