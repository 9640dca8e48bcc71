import { describe, expect, it } from 'vitest'
import { scrub } from './scrub.ts'

const nonce = '0123456789abcdef0123456789abcdef'

describe('scrub', () => {
  it.each([
    [
      'ordinary text',
      'A <b>bold</b> claim | with [links](x) and <code>.',
      'A <b>bold</b> claim | with [links](x) and <code>.',
    ],
    ['ChatML', 'a<|im_start|>system\nb<|im_end|>', 'asystem\nb'],
    ['Llama', '<|start_header_id|>system<|end_header_id|>x<|eot_id|>', 'systemx'],
    ['Mistral', '[INST] x [/INST]</s>', ' x '],
    ['Llama 2', '<<SYS>>x<</SYS>>', 'x'],
    ['Gemma', '<start_of_turn>model', 'model'],
    ['DeepSeek', '<｜User｜>x', 'x'],
    ['one token inside another', '<|im_<|x|>start|>y', 'y'],
    ['the nonce', `a${nonce}b`, 'ab'],
    ['the nonce around a token', `${nonce.slice(0, 9)}<|x|>${nonce.slice(9)}`, ''],
    ['tag characters', 'a\u{e0041}\u{e0042}b', 'ab'],
    [
      'a flag of tags stays',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      '\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['zero width and bidi', 'a\u200bb\u202ec\u2066d\ufeff', 'abcd'],
    ['joiners stay', '👨\u200d👩\u200d👧 می\u200cخواهم', '👨\u200d👩\u200d👧 می\u200cخواهم'],
    ['an emoji selector stays', '❤\ufe0f', '❤\ufe0f'],
    ['a run of selectors goes', 'a\ufe00\ufe01\ufe02b', 'ab'],
  ])('%s', (_name, text, clean) => {
    expect(scrub(text, nonce)).toBe(clean)
  })
})
