// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { chips, chromium, field, name, openPanel, options, press, write } from '../asking/panel-with-tabs.fixture.tsx'

describe('the list of tabs', () => {
  test('without the permission: what the browser tells, why, and how many more there are', async () => {
    await openPanel()
    chromium.permissions.add('https://tides.test/*')
    press('Name other tabs')
    expect(await screen.findByText(/does not name one more tab to Gloss/)).toBeDefined()
    expect(options()).toEqual(['TTide tablestides.test'])
    expect(chromium.request).not.toHaveBeenCalled()
  })

  test('granted: asked from the press itself, then all are listed', async () => {
    await openPanel()
    press('Name other tabs')
    await screen.findByText(/does not name 2 more tabs/)
    press('Show all open tabs')
    expect(chromium.request.mock.calls).toEqual([[{ permissions: ['tabs'] }]])
    await vi.waitFor(() => expect(options()).toEqual(['TTide tablestides.test', 'FFerry timesferry.test:8080']))
    expect(screen.queryByRole('button', { name: 'Show all open tabs' })).toBeNull()
    expect(chromium.read).toEqual([])
  })

  test('refused: one sentence says how to name a tab without it', async () => {
    chromium.answer = () => false
    await openPanel()
    press('Name other tabs')
    await screen.findByText(/does not name 2 more tabs/)
    press('Show all open tabs')
    expect(await screen.findByText(/press the Gloss icon there, and come back/)).toBeDefined()
    expect(options()).toEqual([])
  })
})

describe('by keyboard', () => {
  beforeEach(() => void chromium.permissions.add('tabs'))

  async function openByAt(text = '') {
    const panel = await openPanel()
    if (text !== '') write(panel.box, text)
    write(panel.box, `${text}@`, '@')
    await vi.waitFor(() => expect(options()).toHaveLength(2))
    return panel
  }
  const type = (value: string): boolean => fireEvent.input(field(), { target: { value } })
  const active = (): string | null => {
    const id = field().getAttribute('aria-activedescendant')
    return id === null ? null : (document.getElementById(id)?.textContent ?? null)
  }

  test('@ opens the list with the cursor in it, and is not written', async () => {
    const { box } = await openByAt()
    expect(document.activeElement).toBe(field())
    expect(box.value).toBe('')
    expect(field().getAttribute('aria-expanded')).toBe('true')
    expect(field().getAttribute('aria-controls')).toBe(screen.getByRole('listbox', { name: 'Open tabs' }).id)
  })

  test('@ in the middle of a word is a letter', async () => {
    const { box } = await openPanel()
    write(box, 'me@', '@')
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(box.value).toBe('me@')
  })

  test('arrows go round, Enter chooses, and the cursor is back in the question', async () => {
    const { box } = await openByAt()
    expect(active()).toContain('Tide tables')
    fireEvent.keyDown(field(), { key: 'ArrowDown' })
    expect(active()).toContain('Ferry times')
    fireEvent.keyDown(field(), { key: 'ArrowDown' })
    expect(active()).toContain('Tide tables')
    fireEvent.keyDown(field(), { key: 'ArrowUp' })
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(chips()).toEqual(['Leave “Ferry times” out'])
    expect(document.activeElement).toBe(box)
    expect(screen.queryByRole('combobox')).toBeNull()
  })

  test('typing finds by title and host; within a sentence the name is written', async () => {
    const { box } = await openByAt('Compare ')
    type('FERRY')
    expect(options()).toEqual(['FFerry timesferry.test:8080'])
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(box.value).toBe('Compare “Ferry times” ')
    expect(box.selectionStart).toBe(box.value.length)
  })

  test('nothing that matches is said, and Enter chooses nothing', async () => {
    await openByAt()
    type('zebra')
    expect(screen.getByRole('status').textContent).toBe('No open tab matches “zebra”.')
    fireEvent.keyDown(field(), { key: 'Enter' })
    expect(chips()).toEqual([])
  })

  test('Escape gives back what was typed, and so does leaving', async () => {
    const { box } = await openByAt('to ')
    type('everyone')
    fireEvent.keyDown(field(), { key: 'Escape' })
    expect(box.value).toBe('to @everyone')
    expect(document.activeElement).toBe(box)
    write(box, 'to @everyone @', '@')
    fireEvent.pointerDown(document.body)
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(box.value).toBe('to @everyone @')
  })

  test('Backspace takes the last tab off: at the beginning of the question, and in the list', async () => {
    const { box } = await openPanel()
    await name('Tide', 'Ferry')
    expect(chips()).toHaveLength(2)
    fireEvent.keyDown(box, { key: 'Backspace', repeat: true })
    expect(chips()).toHaveLength(2)
    fireEvent.keyDown(box, { key: 'Backspace' })
    expect(chips()).toEqual(['Leave “Tide tables” out'])
    press('Name other tabs')
    fireEvent.keyDown(field(), { key: 'Backspace' })
    expect(chips()).toEqual([])
  })

  test('a tab chosen again by the button is taken off', async () => {
    await openPanel()
    await name('Tide')
    await name('Tide')
    expect(chips()).toEqual([])
  })

  test('ten pages at most, which is said', async () => {
    for (let id = 10; id < 20; id++) chromium.tabs.set(id, { id, title: `Tab ${String(id)}`, url: 'https://a.test/' })
    await openPanel()
    await name(...Array.from({ length: 9 }, (_, at) => `Tab ${String(at + 10)}`))
    expect(chips()).toHaveLength(9)
    press('Name other tabs')
    expect((await screen.findByRole('status')).textContent).toContain('10 pages at most')
    fireEvent.click(await screen.findByRole('option', { name: /Tab 19/ }))
    expect(chips()).toHaveLength(9)
    expect(screen.getByRole('option', { name: /Tab 19/ }).getAttribute('aria-disabled')).toBe('true')
  })
})
