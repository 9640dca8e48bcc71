import type { CDPSession } from 'playwright-core'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { CommandError } from '../terminal/command-error.ts'
import { attachTarget } from './attach-target.ts'

export type SidePanel = AsyncDisposable & {
  /** Evaluates an expression in the panel and parses what it gives. */
  read<Value>(expression: string, schema: z.ZodType<Value>): Promise<Value>
  /** Waits until an expression is truthy. @throws CommandError with `otherwise` */
  waitFor(expression: string, timeoutMs: number, otherwise: () => Promise<string>): Promise<void>
  /** A real mouse click on the button of that accessible name. */
  clickButton(name: string): Promise<void>
  /** PNG, base64. */
  screenshot(): Promise<string>
}

const evaluation = z.object({
  result: z.object({ value: z.unknown().optional() }),
  exceptionDetails: z.object({ text: z.string() }).optional(),
})
const picture = z.object({ data: z.string() })
const point = z.object({ x: z.number(), y: z.number() })

export async function attachSidePanel(session: CDPSession, targetId: string): Promise<SidePanel> {
  const target = await attachTarget(session, targetId)
  const read: SidePanel['read'] = async (expression, schema) => {
    const answer = evaluation.parse(await target.send('Runtime.evaluate', { expression, returnByValue: true }))
    if (answer.exceptionDetails) throw new Error(`the panel answered: ${answer.exceptionDetails.text}`)
    return schema.parse(answer.result.value)
  }
  const waitFor: SidePanel['waitFor'] = async (expression, timeoutMs, otherwise) => {
    for (const end = Date.now() + timeoutMs; Date.now() < end; await wait(50)) {
      if (await read(`Boolean(document.body && (${expression}))`, z.boolean())) return
    }
    throw new CommandError(await otherwise())
  }
  return {
    read,
    waitFor,
    async clickButton(name) {
      await waitFor(`${buttonNamed(name)}?.disabled === false`, 15_000, () =>
        Promise.resolve(`The panel shows no "${name}" button that can be pressed: start again, or report this.`),
      )
      const { x, y } = await read(
        `(({ x, y, width, height }) => ({ x: x + width / 2, y: y + height / 2 }))(${buttonNamed(name)}.getBoundingClientRect())`,
        point,
      )
      for (const type of ['mousePressed', 'mouseReleased']) {
        await target.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
      }
    },
    screenshot: async () => picture.parse(await target.send('Page.captureScreenshot', { format: 'png' })).data,
    [Symbol.asyncDispose]: () => target[Symbol.asyncDispose](),
  }
}

function buttonNamed(name: string): string {
  return `[...document.querySelectorAll('button')].find((b) => (b.ariaLabel ?? b.textContent).trim() === ${JSON.stringify(name)})`
}
