// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { createRef } from 'react'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { Composer } from './composer.tsx'

afterEach(cleanup)

function show(text: string, running = false) {
  const heard = {
    onText: vi.fn<(text: string) => void>(),
    onSend: vi.fn<(text: string) => void>(),
    onStop: vi.fn<() => void>(),
    onSummarise: vi.fn<() => void>(),
  }
  render(
    <Composer text={text} running={running} lastQuestion="before" inputRef={createRef()} {...heard}>
      {null}
    </Composer>,
  )
  return { ...heard, box: screen.getByRole('textbox', { name: 'Ask about this page' }) }
}

describe('Composer', () => {
  test.each([
    ['Enter', (box: HTMLElement) => fireEvent.keyDown(box, { key: 'Enter' })],
    ['the button', () => fireEvent.click(screen.getByRole('button', { name: 'Send' }))],
  ])('%s sends, and pressed twice sends once', (_name, press) => {
    const { box, onSend } = show('why?')
    press(box)
    press(box)
    expect(onSend.mock.calls).toEqual([['why?']])
    expect(screen.queryByRole('alert')).toBeNull()
  })

  test.each([
    ['Shift+Enter', { key: 'Enter', shiftKey: true }],
    ['Enter while an input method composes', { key: 'Enter', isComposing: true }],
  ])('%s does not send', (_name, init) => {
    const { box, onSend } = show('why?')
    fireEvent.keyDown(box, init)
    expect(onSend).not.toHaveBeenCalled()
  })

  test.each([
    ['an empty question', '  ', 'Write a question first.'],
    ['a question of 1 MB', 'a'.repeat(1_000_000), 'That question is too long. Keep it under 100,000 characters.'],
  ])('%s is one sentence, and nothing is sent', (_name, text, sentence) => {
    const { box, onSend } = show(text)
    fireEvent.keyDown(box, { key: 'Enter' })
    expect(screen.getByRole('alert').textContent).toBe(sentence)
    expect(onSend).not.toHaveBeenCalled()
  })

  test('while an answer runs the same button stops it, and so does Escape', () => {
    const { box, onSend, onStop } = show('next', true)
    fireEvent.keyDown(box, { key: 'Enter' })
    fireEvent.keyDown(box, { key: 'Escape' })
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
    expect(onStop).toHaveBeenCalledTimes(2)
    expect(onSend).not.toHaveBeenCalled()
    expect(screen.queryByRole('button', { name: 'Send' })).toBeNull()
  })

  test('Up in an empty composer brings the last question back', () => {
    const { box, onText } = show('')
    fireEvent.keyDown(box, { key: 'ArrowUp' })
    expect(onText).toHaveBeenCalledWith('before')
  })

  test('Summarise', () => {
    const { onSummarise } = show('')
    fireEvent.click(screen.getByRole('button', { name: 'Summarise' }))
    expect(onSummarise).toHaveBeenCalledOnce()
  })
})
