import { describe, expect, it } from 'vitest'
import { splitSentences } from './sentences.ts'

describe('splitSentences', () => {
  it.each([
    ['English', 'en', 'It rains. It pours! Why?', ['It rains.', 'It pours!', 'Why?']],
    ['titles and initials', 'en', 'Dr. Ames met J. Doe. They spoke.', ['Dr. Ames met J. Doe.', 'They spoke.']],
    ['numbers', 'en', 'It costs 3.50 today. Cheap.', ['It costs 3.50 today.', 'Cheap.']],
    ['German short forms', 'de', 'Das gilt z. B. hier. Und dort.', ['Das gilt z. B. hier.', 'Und dort.']],
    ['Chinese', 'zh', '今天下雨。明天晴天。', ['今天下雨。', '明天晴天。']],
    ['Arabic', 'ar', 'هل تمطر؟ نعم. انتهى.', ['هل تمطر؟', 'نعم.', 'انتهى.']],
    ['a stray bracket', 'en', 'One. (Two.)', ['One.', '(Two.)']],
    ['an unknown language', 'no-such-language-tag', 'One. Two.', ['One.', 'Two.']],
    ['nothing', 'en', '  ', []],
  ])('%s', (_name, lang, text, sentences) => {
    expect(splitSentences(text, lang)).toEqual(sentences)
  })
})
