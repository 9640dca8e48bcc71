/** One event of a streamed answer that adds text and does nothing else. */
interface TextEvent {
  /** Events of the same place can be joined when one follows the other. */
  readonly place: string
  readonly text: string
  /** The same event with another text. */
  readonly write: (text: string) => object
}

/** Events that follow one another in one place. */
interface Run {
  readonly first: TextEvent
  readonly block: string
  text: string
}

const SEPARATOR = '\n\n'
const DATA = /^data: ?(\{.*\})$/
/** The fields of an OpenAI-compatible delta that hold text. */
const TEXT_FIELDS = new Set(['content', 'reasoning_content', 'reasoning'])

/**
 * Joins server-sent events that follow one another and only add text, as OpenAI-compatible servers and the AI Gateway
 * write them: the SDK takes tens of microseconds for every event, whatever is in it. All else stays as it is: other
 * events, comments, what is no JSON, and an event that the stretch cuts off.
 * @param stretch some of a stream's text
 * @param isInside whether it begins inside an event
 */
export function joinTextEvents(stretch: string, isInside: boolean): { joined: string; hasText: boolean } {
  const blocks = stretch.split(SEPARATOR)
  const written: (string | Run)[] = []
  let hasText = false
  for (const [index, block] of blocks.entries()) {
    // What stands after the last separator is cut off, or empty.
    const isWhole = index < blocks.length - 1 && !(isInside && index === 0)
    const event = isWhole ? readTextEvent(block) : null
    if (event === null) {
      written.push(block)
      continue
    }
    hasText ||= event.text !== ''
    const last = written.at(-1)
    if (typeof last === 'object' && last.first.place === event.place) last.text += event.text
    else written.push({ first: event, block, text: event.text })
  }
  return { joined: written.map(writeRun).join(SEPARATOR), hasText }
}

function writeRun(run: string | Run): string {
  if (typeof run === 'string') return run
  return run.text === run.first.text ? run.block : `data: ${JSON.stringify(run.first.write(run.text))}`
}

function readTextEvent(block: string): TextEvent | null {
  const json = DATA.exec(block)?.[1]
  if (json === undefined) return null
  try {
    const value: unknown = JSON.parse(json)
    return isRecord(value) ? (gatewayEvent(value) ?? openaiEvent(value)) : null
  } catch {
    // The SDK says what is wrong with it.
    return null
  }
}

function gatewayEvent(event: Record<string, unknown>): TextEvent | null {
  const { type, id, delta, ...others } = event
  if (type !== 'text-delta' && type !== 'reasoning-delta') return null
  if (typeof id !== 'string' || typeof delta !== 'string' || !areEmpty(others)) return null
  return { place: `${type} ${id}`, text: delta, write: (text) => ({ ...event, delta: text }) }
}

function openaiEvent(event: Record<string, unknown>): TextEvent | null {
  const { choices, usage = null } = event
  const choice: unknown = Array.isArray(choices) && choices.length === 1 ? choices[0] : null
  if (usage !== null || !isRecord(choice)) return null
  const { index, delta, ...others } = choice
  if (!isRecord(delta) || !areEmpty(others)) return null
  const fields = Object.keys(delta).filter((name) => name !== 'role' && delta[name] !== null)
  const [field = ''] = fields
  const text = delta[field]
  if (fields.length !== 1 || !TEXT_FIELDS.has(field) || typeof text !== 'string') return null
  return {
    place: `${String(index)} ${field}`,
    text,
    write: (joined) => ({ ...event, choices: [{ ...choice, delta: { ...delta, [field]: joined } }] }),
  }
}

/** As `finish_reason` is while there is none. */
function areEmpty(fields: Record<string, unknown>): boolean {
  return Object.values(fields).every((value) => value === null)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
