/** What a Convex client may send over its socket. Source: `convex/src/browser/sync/protocol.ts`, version 1.48. */
import type { JSONValue } from 'convex/values'
import { z } from 'zod'

const counter = z.int().min(0).max(0xffff_ffff)
// The text was parsed as JSON a moment ago, so everything in it is a JSON value.
const json = z.custom<JSONValue>(() => true)
const args = z.array(json).max(1)

const functionRequest = { udfPath: z.string().max(1024), args, componentPath: z.string().nullish() }

const querySetChange = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Add'),
    queryId: counter,
    journal: z.string().nullish(),
    ...functionRequest,
  }),
  z.object({ type: z.literal('Remove'), queryId: counter }),
])

const authenticate = z.discriminatedUnion('tokenType', [
  z.object({ type: z.literal('Authenticate'), tokenType: z.literal('User'), value: z.string(), baseVersion: counter }),
  z.object({
    type: z.literal('Authenticate'),
    tokenType: z.literal('Admin'),
    value: z.string(),
    baseVersion: counter,
    impersonating: z.record(z.string(), json).nullish(),
  }),
  z.object({ type: z.literal('Authenticate'), tokenType: z.literal('None'), baseVersion: counter }),
])

const clientMessage = z.union([
  z.object({
    type: z.literal('Connect'),
    sessionId: z.string().min(1).max(200),
    connectionCount: counter,
    lastCloseReason: z.string().nullish(),
    maxObservedTimestamp: z.string().max(16).nullish(),
    clientTs: z.number().nullish(),
  }),
  z.object({
    type: z.literal('ModifyQuerySet'),
    baseVersion: counter,
    newVersion: counter,
    modifications: z.array(querySetChange),
  }),
  z.object({ type: z.literal('Mutation'), requestId: counter, ...functionRequest }),
  z.object({ type: z.literal('Action'), requestId: counter, ...functionRequest }),
  authenticate,
  z.object({ type: z.literal('Event'), eventType: z.string() }),
])

export type ClientMessage = z.infer<typeof clientMessage>
export type Connect = Extract<ClientMessage, { type: 'Connect' }>
export type Authenticate = z.infer<typeof authenticate>
export type ModifyQuerySet = Extract<ClientMessage, { type: 'ModifyQuerySet' }>
export type FunctionRequest = Extract<ClientMessage, { type: 'Mutation' | 'Action' }>
export type AddQuery = Extract<z.infer<typeof querySetChange>, { type: 'Add' }>

/** The message in a text frame, or null when it is not one. */
export function parseClientMessage(frame: string): ClientMessage | null {
  let value: unknown
  try {
    value = JSON.parse(frame)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
  const parsed = clientMessage.safeParse(value)
  return parsed.success ? parsed.data : null
}
