import { describe, expect, it } from 'vitest'
import type { Task } from '../../validators.ts'
import { Breath } from './breath.ts'
import { samples } from './samples.fixture.ts'
import { writeReply } from './writeReply.ts'

type Name = keyof typeof samples

async function reply(name: Name, task: Task, question = '', selection?: string): Promise<string> {
  const { title, lang, text } = samples[name]
  const page = { kind: 'page' as const, title, lang, text, address: 'https://example.com/' }
  const pages = selection === undefined ? [page] : [page, { ...page, kind: 'selection' as const, text: selection }]
  return await writeReply({ task, question, pages }, new Breath())
}

const bullets = (markdown: string) => [...markdown.matchAll(/^- “(.*)”$/gm)].map((match) => unescape(match[1] ?? ''))
const quotes = (markdown: string) => [...markdown.matchAll(/^> (.*)$/gm)].map((match) => unescape(match[1] ?? ''))
const unescape = (text: string) => text.replace(/\\(.)/g, '$1')

describe('a summary', () => {
  const leads: Record<Name, string> = {
    news: 'The disused lighthouse on Marrow Point will become a weather station',
    documentation: 'The client retries a request that failed',
    list: 'Bring two pairs of wool socks',
    chinese: '越来越多的城市把闲置的屋顶改造成农场',
    german: 'Nach zehn Jahren Pause fährt ab Dezember wieder ein Nachtzug',
    arabic: 'بدأت مكتبة متنقلة هذا الأسبوع',
  }

  it.each(Object.entries(leads).map(([name, lead]) => [name as Name, lead] as const))(
    'of %s begins with its lead and holds only its sentences, in order, none twice',
    async (name, lead) => {
      const markdown = await reply(name, 'summarise')
      expect(markdown.startsWith('The main points of this page, in its own words:\n\n- “')).toBe(true)
      const points = bullets(markdown)
      expect(points.length).toBeGreaterThanOrEqual(3)
      expect(points[0]).toContain(lead)
      const places = points.map((point) => samples[name].text.indexOf(point))
      expect(places).not.toContain(-1)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(new Set(points).size).toBe(points.length)
    },
  )

  it('keeps one of two sentences that say the same', async () => {
    const news = bullets(await reply('news', 'summarise'))
    expect(news.filter((point) => point.includes('will become a weather station'))).toHaveLength(1)
    const list = bullets(await reply('list', 'summarise'))
    expect(list.filter((point) => point.includes('two litres of water')).length).toBeLessThan(2)
  })

  it('leaves out bylines, buttons, headings, code and tables', async () => {
    const all = (await reply('news', 'summarise')) + (await reply('documentation', 'summarise'))
    for (const furniture of ['correspondent', 'Share this', 'Crossword', 'createClient', '| default |', '# ']) {
      expect(all).not.toContain(furniture)
    }
  })

  it('is of the selection when there is one', async () => {
    const selection = 'Work begins in January. Visitors will be able to climb the tower on Saturdays.'
    expect(await reply('news', 'summarise', '', selection)).not.toContain('harbour board')
  })

  it('says so when there is nothing to quote', async () => {
    const page = { kind: 'page' as const, title: '', text: '```\ncode\n```', address: '' }
    expect(await writeReply({ task: 'summarise', question: '', pages: [page] }, new Breath())).toBe(
      'This page has no sentences to quote.',
    )
  })
})

describe('an answer', () => {
  it.each([
    ['news', 'How much does the plan cost?', '1.4 million pounds'],
    ['news', 'Who chairs the board?', 'Ines Carrow'],
    ['news', 'When can visitors climb the tower?', 'on Saturdays'],
    ['documentation', 'How do I switch off retries?', 'Set `retries` to zero'],
    ['list', 'How much water should I carry?', 'two litres of water'],
    ['chinese', '怎么领取菜地？', '社区居民可以免费领取一块菜地'],
    ['german', 'Was kostet ein Sitzplatz?', 'ein Sitzplatz ab 39 Euro'],
    ['german', 'Wer kritisiert den Lärm?', 'Kritik kommt von Anwohnern'],
    ['arabic', 'من يمول المشروع؟', 'يمول المشروع متبرعون محليون'],
  ] as const)('on %s to “%s” quotes the passage', async (name, question, passage) => {
    const found = quotes(await reply(name, 'ask', question))
    expect(found[0]).toContain(passage)
    for (const quote of found) expect(samples[name].text).toContain(quote)
  })

  it.each([
    ['news', 'What is the recipe for bread?'],
    ['documentation', 'Does it support websockets?'],
    ['chinese', '地铁什么时候开通？'],
    ['german', 'Wie heißt der Bürgermeister?'],
    ['arabic', 'ما هو سعر الذهب؟'],
  ] as const)('on %s to “%s” is that the page does not say', async (name, question) => {
    expect(await reply(name, 'ask', question)).toBe('The page does not say.')
  })

  it('about the page as a whole is a summary', async () => {
    expect(await reply('news', 'ask', 'What is this page about?')).toBe(await reply('news', 'summarise'))
  })
})

describe('an explanation', () => {
  it('quotes what else the page says about the selection', async () => {
    const markdown = await reply('documentation', 'explain', '', 'it carries an idempotency key')
    expect(quotes(markdown)[0]).toContain('key')
    expect(markdown).toContain('I can only quote')
  })

  it('says so when there is nothing more', async () => {
    expect(await reply('news', 'explain', '', 'Letters to the editor')).toBe('The page does not say more about this.')
  })
})

it('shows marks of the page as they are', async () => {
  const text = 'The *first* rule of <b>this</b> page is that snake_case & [links](x) stay `as they are` here.'
  const markdown = await writeReply(
    { task: 'summarise', question: '', pages: [{ kind: 'page', title: '', address: '', text }] },
    new Breath(),
  )
  expect(markdown).toContain(
    String.raw`The \*first\* rule of \<b>this\</b> page is that snake_case & links stay \`as they are\` here.`,
  )
})

it('reads a page of millions of characters to its last sentence', async () => {
  const text = `${`${samples.news.text}\n\n`.repeat(2000)}The lighthouse keeper was called Ingeborg.`
  const pages = [{ kind: 'page' as const, title: '', address: '', text }]
  const markdown = await writeReply(
    { task: 'ask', question: 'What was the lighthouse keeper called?', pages },
    new Breath(),
  )
  expect(markdown).toContain('The lighthouse keeper was called Ingeborg.')
})

it('lets others run while it reads a long page', async () => {
  const text = `${samples.news.text}\n\n`.repeat(500)
  let turns = 0
  const timer = setInterval(() => turns++, 1)
  await writeReply(
    { task: 'summarise', question: '', pages: [{ kind: 'page', title: '', address: '', text }] },
    new Breath(),
  )
  clearInterval(timer)
  expect(turns).toBeGreaterThan(3)
})

describe('several pages', () => {
  const frame = (name: Name) => {
    const { title, lang, text } = samples[name]
    return { kind: 'page' as const, title, lang, text, address: `https://${name}.test/a` }
  }
  const pages = [frame('news'), frame('documentation')]
  const of = async (task: Task, question = '') => await writeReply({ task, question, pages }, new Breath())

  it('compared: the points of each under its number, title and host', async () => {
    const [opening, first = '', second = ''] = (await of('compare', 'Compare these pages.')).split(/\n\n\d\\\. /)
    expect(opening).toBe('I can only quote. What each page says, in its own words:')
    expect(first).toContain('(news.test)')
    expect(second).toContain('(documentation.test)')
    for (const [markdown, name] of [
      [first, 'news'],
      [second, 'documentation'],
    ] as const) {
      expect(bullets(markdown).length).toBeGreaterThan(2)
      for (const point of bullets(markdown)) expect(samples[name].text).toContain(point)
    }
  })

  it('asked: each page answers for itself, and one that does not say is said not to', async () => {
    const [opening, first = '', second = ''] = (await of('ask', 'Who chairs the board?')).split(/\n\n\d\\\. /)
    expect(opening).toBe('The pages say:')
    expect(first).toContain('Ines Carrow')
    expect(second).toMatch(/\n\nThe page does not say\.$/)
  })

  it('asked what none of them says', async () => {
    expect(await of('ask', 'Which zebra won the marathon?')).toBe('None of these pages says.')
  })
})
