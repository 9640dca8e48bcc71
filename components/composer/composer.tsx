import { ArrowUp, Square } from 'lucide-react'
import { useId, useRef, useState } from 'react'
import type { ChangeEvent, KeyboardEvent, ReactNode, Ref } from 'react'
import type { Failure } from '../../protocol/errors.ts'
import { Alert } from '../ui/alert.tsx'
import { checkQuestion } from './check-question.ts'
import { beginsName } from './insert-name.ts'
import { keyAction } from './key-action.ts'

interface ComposerProps {
  readonly text: string
  readonly onText: (text: string) => void
  /** An answer is on its way: Send is Stop. */
  readonly running: boolean
  readonly onSend: (text: string) => void
  readonly onStop: () => void
  readonly onSummarise: () => void
  /** Present when the question is about several pages. */
  readonly onCompare?: (() => void) | undefined
  /** An `@` was typed where a name can begin: it is not written. */
  readonly onAt?: (caret: number) => void
  /** Backspace at the very beginning. */
  readonly onDropLast?: () => void
  /** The last question, for an empty composer and the Up key. */
  readonly lastQuestion: string | undefined
  readonly inputRef: Ref<HTMLTextAreaElement>
  /** What stands beside Send. */
  readonly tools?: ReactNode
  /** What goes with the question. */
  readonly children: ReactNode
}

/** A second press this soon is a double click on Send, unless something new was written: no question, no wish to stop. */
const SECOND_PRESS_MS = 500

/** Where questions are written. */
export function Composer(props: ComposerProps) {
  const { text, onText, running, onSend, onStop, onSummarise, onCompare, onAt, onDropLast, lastQuestion, inputRef } =
    props
  const [refused, setRefused] = useState<Failure>()
  const refusal = useId()

  const sent = useRef({ at: Number.NEGATIVE_INFINITY, text: '' })
  const isSoon = (at: number): boolean => at - sent.current.at < SECOND_PRESS_MS

  const send = (at: number): void => {
    if (running || (isSoon(at) && (text === '' || text === sent.current.text))) return
    const failure = checkQuestion(text)
    setRefused(failure)
    if (failure) return
    sent.current = { at, text }
    onSend(text)
  }
  const press = (at: number): void => {
    if (!running) send(at)
    else if (!isSoon(at)) onStop()
  }
  const write = (next: string): void => {
    setRefused(undefined)
    onText(next)
  }
  const onChange = ({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>): void => {
    const at = target.selectionStart - 1
    const [before, after] = [target.value.slice(0, at), target.value.slice(at + 1)]
    const typed = nativeEvent instanceof InputEvent && nativeEvent.data === '@' && !nativeEvent.isComposing
    const calls = onAt !== undefined && typed && beginsName(before)
    write(calls ? before + after : target.value)
    if (calls) onAt(at)
  }
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, repeat, nativeEvent } = event
    const { isComposing, keyCode } = nativeEvent
    const { selectionStart, selectionEnd } = event.currentTarget
    const pressed = { key, shiftKey, altKey, ctrlKey, metaKey, isComposing, keyCode, repeat }
    const action = keyAction(pressed, { empty: text === '', running, atStart: selectionStart + selectionEnd === 0 })
    if (!action || (action === 'recall' && lastQuestion === undefined)) return
    event.preventDefault()
    if (action === 'send') send(event.timeStamp)
    else if (action === 'stop') onStop()
    else if (action === 'drop') onDropLast?.()
    else write(lastQuestion ?? '')
  }

  return (
    <div className="px-3 pb-3">
      {refused ? (
        <div id={refusal} className="pb-2">
          <Alert failure={refused} />
        </div>
      ) : null}
      <div className="border-rule bg-sheet focus-within:border-faded overflow-hidden rounded-lg border">
        {props.children}
        <textarea
          ref={inputRef}
          aria-label="Ask about this page"
          aria-invalid={refused !== undefined}
          aria-describedby={refused ? refusal : undefined}
          placeholder="Ask about this page; type @ for other tabs"
          rows={2}
          value={text}
          onChange={onChange}
          onKeyDown={onKeyDown}
          className="placeholder:text-faded field-sizing-content block max-h-40 min-h-14 w-full resize-none bg-transparent px-3 py-2 text-[0.9375rem] leading-snug outline-none"
        />
        <div className="flex items-center justify-between gap-2 px-2 pb-2">
          <div className="flex min-w-0 gap-2">
            <TaskButton onPress={onSummarise} disabled={running}>
              Summarise
            </TaskButton>
            {onCompare ? (
              <TaskButton onPress={onCompare} disabled={running} name="Compare tabs">
                Compare
              </TaskButton>
            ) : null}
          </div>
          <div className="ml-auto flex">{props.tools}</div>
          <button
            type="button"
            aria-label={running ? 'Stop' : 'Send'}
            title={running ? 'Stop' : 'Send'}
            onClick={(event) => press(event.timeStamp)}
            className="bg-rubric text-sheet border border-transparent inline-flex size-8 shrink-0 items-center justify-center rounded-full"
          >
            {running ? (
              <Square aria-hidden className="size-3.5" fill="currentColor" />
            ) : (
              <ArrowUp aria-hidden className="size-4.5" strokeWidth={2} />
            )}
          </button>
        </div>
      </div>
    </div>
  )
}

interface TaskButtonProps {
  readonly onPress: () => void
  readonly disabled: boolean
  /** Says more than there is room for. */
  readonly name?: string
  readonly children: ReactNode
}

function TaskButton({ onPress, disabled, name, children }: TaskButtonProps) {
  return (
    <button
      type="button"
      onClick={onPress}
      disabled={disabled}
      aria-label={name}
      title={name}
      className="border-rule hover:bg-wash h-8 truncate rounded-md border px-2.5 text-sm disabled:opacity-40"
    >
      {children}
    </button>
  )
}
