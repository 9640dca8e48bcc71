import { describe, expect, test } from 'vitest'
import { printGrowing } from './print-growing.ts'

describe('printGrowing', () => {
  test.each([
    ['each part once', ['One', 'One two', 'One two three'], 'One two three'],
    ['nothing twice', ['One', 'One', 'One'], 'One'],
    ['a read that lags behind is passed over', ['One two', 'One', 'One two three'], 'One two three'],
    ['another text starts on a new line', ['One', 'Other'], 'One\n\nOther'],
  ])('%s', (_name, texts, printed) => {
    let output = ''
    const print = printGrowing((text) => (output += text))
    for (const text of texts) print(text)
    expect(output).toBe(printed)
  })
})
