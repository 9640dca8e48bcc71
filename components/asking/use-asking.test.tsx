// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { chromium, ferry, name, openPanel, press, write } from './panel-with-tabs.fixture.tsx'

describe('asking about several tabs', () => {
  beforeEach(() => void chromium.permissions.add('tabs'))

  test('granted: the hosts are asked for within the press, and the question goes with all of them', async () => {
    const { box, contexts, draft } = await openPanel()
    await name('Tide', 'Ferry')
    expect(chromium.read).toEqual([])
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    expect(chromium.request.mock.calls).toEqual([[{ origins: ['https://tides.test/*', 'http://ferry.test/*'] }]])
    await vi.waitFor(() => expect(contexts()).toEqual([['Beside', 'Tide tables', 'Ferry times']]))
    expect(draft.get()).toMatchObject({ text: '', tabs: [{ tabId: 2 }, { tabId: 3 }] })
  })

  test('what may be read already is not asked for', async () => {
    chromium.permissions.add('https://tides.test/*')
    const { box, contexts } = await openPanel()
    await name('Tide')
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    await vi.waitFor(() => expect(contexts()).toEqual([['Beside', 'Tide tables']]))
    expect(chromium.request).not.toHaveBeenCalled()
  })

  test('only what was named is read', async () => {
    const { box, send } = await openPanel()
    await name('Ferry')
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    await vi.waitFor(() => expect(send).toHaveBeenCalled())
    expect(chromium.read).toEqual([1, 3])
  })

  test('refused: nothing is read or sent, each tab is named, and the question is still there', async () => {
    chromium.answer = () => false
    const { box, send, draft } = await openPanel()
    await name('Tide', 'Ferry')
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    await vi.waitFor(() =>
      expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
        expect.stringContaining('may not read “Tide tables” yet'),
        expect.stringContaining('may not read “Ferry times” yet'),
      ]),
    )
    expect(box.value).toBe('When?')
    expect([chromium.read, send.mock.calls]).toEqual([[], []])

    press('Ask without these 2')
    await vi.waitFor(() => expect(send).toHaveBeenCalled())
    expect(chromium.read).toEqual([1])
    expect(draft.get()).toMatchObject({ text: '', tabs: [] })
  })

  test('partly: one is allowed by itself, and the question goes without the other', async () => {
    chromium.answer = (asked) => asked.length === 1 && asked[0] === 'https://tides.test/*'
    const { box, contexts } = await openPanel()
    await name('Tide', 'Ferry')
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    await vi.waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(2))
    press('Allow “Tide tables”')
    press('Allow “Ferry times”')
    expect(chromium.request.mock.calls.slice(1)).toEqual([
      [{ origins: ['https://tides.test/*'] }],
      [{ origins: ['http://ferry.test/*'] }],
    ])
    await vi.waitFor(() => expect(screen.getAllByRole('alert')).toHaveLength(1))
    expect(screen.getByRole('alert').textContent).toContain('Ferry times')
    press('Ask without it')
    await vi.waitFor(() => expect(contexts()).toEqual([['Beside', 'Tide tables']]))
  })

  test('a tab that was closed since: named, the question given back, and asked without it', async () => {
    chromium.permissions.add('https://tides.test/*').add('http://ferry.test/*')
    const { box, send, contexts } = await openPanel()
    await name('Tide', 'Ferry')
    chromium.tabs.delete(ferry.id)
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    expect((await screen.findByRole('alert')).textContent).toContain('“Ferry times” was closed before it was read.')
    expect(send).not.toHaveBeenCalled()
    expect(box.value).toBe('When?')
    press('Ask without it')
    await vi.waitFor(() => expect(contexts()).toEqual([['Beside', 'Tide tables']]))
  })

  test('a sentence that names no tab: the name stands before the sentence', async () => {
    chromium.permissions.add('https://tides.test/*')
    vi.spyOn(chromium, 'capture').mockReturnValue({ ok: false, code: 'page_canvas' })
    const { box } = await openPanel()
    await name('Tide')
    write(box, 'When?')
    fireEvent.keyDown(box, { key: 'Enter' })
    expect((await screen.findAllByRole('alert')).map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^This page draws/),
      expect.stringMatching(/^“Tide tables”: This page draws/),
    ])
  })

  test('Compare asks for the same hosts, and leaves what was begun', async () => {
    const { box, send, contexts } = await openPanel()
    expect(screen.queryByRole('button', { name: 'Compare tabs' })).toBeNull()
    await name('Tide')
    write(box, 'begun')
    press('Compare tabs')
    expect(chromium.request.mock.calls).toEqual([[{ origins: ['https://tides.test/*'] }]])
    await vi.waitFor(() => expect(contexts()).toEqual([['Beside', 'Tide tables']]))
    expect(send.mock.calls[0]?.[0]).toMatchObject({ task: 'compare', text: 'Compare these tabs.' })
    expect(box.value).toBe('begun')
  })
})
