import type { Gloss } from '../gloss.ts'
import { streamed } from '../provider/answer.ts'

const shown = new Map<string, string>()

/** What the panel shows of this reply when nothing interrupts it. Asked once for each text. */
export async function uninterrupted(gloss: Gloss, text: string): Promise<string> {
  const known = shown.get(text)
  if (known !== undefined) return known
  gloss.provider.answerWith(streamed(text, 400))
  const page = await gloss.openPage('/tides')
  const panel = await gloss.openPanelBySummarise(page)
  await panel.untilStatus('complete')
  const whole = await panel.replyText()
  await panel.close()
  await page.close()
  await gloss.forget()
  shown.set(text, whole)
  return whole
}
