import type { ModelHead } from '../validators.ts'

/** What functions see of `process.env`. */
export type Environment = Readonly<Record<string, string | undefined>>

/** Offered when a gateway key is set; any other `gateway/<provider>/<model>` works too. */
const gatewayModels: readonly { id: string; label: string }[] = [
  { id: 'gateway/anthropic/claude-sonnet-5.5', label: 'Claude Sonnet 5.5' },
  { id: 'gateway/anthropic/claude-haiku-5.5', label: 'Claude Haiku 5.5' },
  { id: 'gateway/google/gemini-3.8-flash', label: 'Gemini 3.8 Flash' },
  { id: 'gateway/mistral/mistral-large-4', label: 'Mistral Large 4' },
]

export const EXTRACTIVE = 'extractive'
/** The first model that the local server lists. */
export const LOCAL_AUTO = 'local/auto'

/** The models this backend can answer with, in the order they are shown. */
export function offeredModels(env: Environment): { models: ModelHead[]; defaultId: string } {
  const models: ModelHead[] = [
    {
      id: EXTRACTIVE,
      label: 'Quotes from the page',
      kind: 'extractive',
      note: 'Built in. Answers in the page’s own sentences; needs no key and sends nothing anywhere.',
    },
  ]
  const localUrl = env['LOCAL_MODEL_URL']
  if (localUrl) {
    const name = env['LOCAL_MODEL_ID']
    models.push({
      id: name ? `local/${name}` : LOCAL_AUTO,
      label: name ?? 'Local model',
      kind: 'local',
      note: `Served at ${hostOf(localUrl)}.`,
    })
  }
  if (env['AI_GATEWAY_API_KEY']) {
    models.push(
      ...gatewayModels.map((model): ModelHead => ({ ...model, kind: 'gateway', note: 'Through the AI Gateway.' })),
    )
  }
  const defaultId = defaultModelId(env)
  if (!models.some((model) => model.id === defaultId)) {
    models.push({ id: defaultId, label: defaultId.replace(/^[^/]*\//, ''), kind: modelKind(defaultId) })
  }
  return { models, defaultId }
}

/** `GLOSS_DEFAULT_MODEL`; else a model that was set up on purpose, the local one first; else the built-in one. */
export function defaultModelId(env: Environment): string {
  const chosen = env['GLOSS_DEFAULT_MODEL']
  if (chosen) return chosen
  if (env['LOCAL_MODEL_URL']) return env['LOCAL_MODEL_ID'] ? `local/${env['LOCAL_MODEL_ID']}` : LOCAL_AUTO
  if (env['AI_GATEWAY_API_KEY']) return gatewayModels[0]?.id ?? EXTRACTIVE
  return EXTRACTIVE
}

export function modelKind(id: string): ModelHead['kind'] {
  if (id.startsWith('local/')) return 'local'
  return id.startsWith('gateway/') ? 'gateway' : 'extractive'
}

/** Host and port of an address, for a person to read. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url
}
