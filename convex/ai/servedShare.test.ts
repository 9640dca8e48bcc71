import { describe, expect, it } from 'vitest'
import { servedShare } from './servedShare.ts'

const english = 'The gauge is a pipe with a small hole, and what moves inside it is the tide alone. '.repeat(400)
const russian = 'Мареограф — это труба с небольшим отверстием, и движется в ней только прилив. '.repeat(400)
const chinese = '验潮仪是一根带有小孔的管子，在里面移动的只有潮水。'.repeat(400)

describe('servedShare', () => {
  it.each([
    ['no report', english, undefined],
    ['a report too small to be one', english, 11],
    ['English, four letters a token', english, english.length / 4],
    ['English, five letters a token', english, english.length / 5],
    ['Russian, four letters a token', russian, russian.length / 4],
    ['Chinese, two characters a token', chinese, chinese.length / 2],
  ])('is all of it: %s', (_name, text, reported) => {
    expect(servedShare([text], reported)).toBe(1)
  })

  it.each([
    ['English', english, 2048],
    ['Russian', russian, 1800],
    ['Chinese', chinese, 2048],
  ])('is a part of it where the server cut the prompt: %s', (_name, text, reported) => {
    const share = servedShare([text], reported)
    expect(share).toBeGreaterThan(0.1)
    expect(share).toBeLessThan(0.5)
  })
})
