import { createGateway } from '@ai-sdk/gateway'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import { createExtractive } from './extractive/createExtractive.ts'
import { ModelFailure } from './modelFailure.ts'
import { type Environment, hostOf, LOCAL_AUTO, modelKind } from './models.ts'
import { cloudLimits, localLimits, type StallLimits, StallWatch } from './stallWatch.ts'
import { type Reading, watchedFetch } from './watchedFetch.ts'

export interface ChosenModel {
  readonly model: LanguageModelV4
  /** Tokens of prompt that the model is given at most. */
  readonly budget: number
  readonly limits: StallLimits
  /** Host and port, for messages to a person. */
  readonly address: string
  readonly local: boolean
}

/** A context every gateway model of the last years has, less its answer. */
const GATEWAY_BUDGET = 100_000
/** What a local server is taken to have when nothing says otherwise (Ollama's default). */
const LOCAL_CONTEXT = 4096
/** How long a server may take to list its models. */
const LIST_MS = 10_000
const GATEWAY_URL = 'https://ai-gateway.vercel.sh/v4/ai'

/** The model of an id, whose answers are read as `reading` says. Throws `ModelFailure` when it is not set up. */
export async function chooseModel(
  id: string,
  env: Environment,
  signal: AbortSignal,
  reading: Reading,
): Promise<ChosenModel> {
  const kind = modelKind(id)
  if (kind === 'local') return await localModel(id, env, signal, reading)
  if (kind === 'gateway') return gatewayModel(id, env, reading)
  if (id !== 'extractive') throw new ModelFailure({ code: 'provider_model_gone' })
  const pace = Number(env['EXTRACTIVE_PACE_MS'] ?? 8)
  return {
    model: createExtractive({ paceMs: Number.isFinite(pace) && pace >= 0 ? pace : 8 }),
    budget: Number.POSITIVE_INFINITY,
    limits: localLimits,
    address: 'this backend',
    local: true,
  }
}

function gatewayModel(id: string, env: Environment, reading: Reading): ChosenModel {
  const apiKey = env['AI_GATEWAY_API_KEY']
  if (!apiKey) throw new ModelFailure({ code: 'provider_no_key' })
  const baseURL = env['AI_GATEWAY_URL'] ?? GATEWAY_URL
  return {
    model: createGateway({ apiKey, baseURL, fetch: watchedFetch(reading) })(id.slice('gateway/'.length)),
    budget: GATEWAY_BUDGET,
    limits: cloudLimits,
    address: hostOf(baseURL),
    local: false,
  }
}

async function localModel(id: string, env: Environment, signal: AbortSignal, reading: Reading): Promise<ChosenModel> {
  const baseURL = env['LOCAL_MODEL_URL']?.replace(/\/+$/, '')
  if (!baseURL) throw new ModelFailure({ code: 'provider_model_gone' })
  const key = env['LOCAL_MODEL_KEY']
  const provider = createOpenAICompatible({
    name: 'local',
    baseURL,
    fetch: watchedFetch(reading),
    includeUsage: true,
    ...(key ? { apiKey: key } : {}),
  })
  const name = id === LOCAL_AUTO ? await firstModel(baseURL, key, signal) : id.slice('local/'.length)
  const context = Number(env['LOCAL_MODEL_CONTEXT']) || LOCAL_CONTEXT
  return {
    model: provider(name),
    budget: Math.floor(context * 0.75),
    limits: localLimits,
    address: hostOf(baseURL),
    local: true,
  }
}

/** The first model that the server lists. */
async function firstModel(baseURL: string, key: string | undefined, signal: AbortSignal): Promise<string> {
  const body = await listModels(baseURL, key, signal)
  const data = body !== null && typeof body === 'object' && 'data' in body && Array.isArray(body.data) ? body.data : []
  const first: unknown = data[0]
  if (first !== null && typeof first === 'object' && 'id' in first && typeof first.id === 'string') return first.id
  throw new ModelFailure({ code: 'provider_model_gone' })
}

async function listModels(baseURL: string, key: string | undefined, signal: AbortSignal): Promise<unknown> {
  try {
    const watch = new StallWatch({ firstMs: LIST_MS, betweenMs: LIST_MS })
    const headers: Record<string, string> = key ? { Authorization: `Bearer ${key}` } : {}
    const response = await watch.race(fetch(`${baseURL}/models`, { signal, headers, redirect: 'error' }), signal)
    return response.ok ? await watch.race(response.json(), signal) : null
  } catch (error) {
    if (signal.aborted) throw error
    throw new ModelFailure({ code: 'provider_unreachable', detail: hostOf(baseURL) })
  }
}
