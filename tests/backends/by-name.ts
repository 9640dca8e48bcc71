import {
  type DefaultFunctionArgs,
  type FunctionReference,
  type FunctionReturnType,
  getFunctionName,
  makeFunctionReference,
} from 'convex/server'
import type { Backend } from '../../convex/backend.fixture.ts'

type Call<Kind extends 'query' | 'mutation' | 'action'> = (
  reference: FunctionReference<Kind>,
  args: DefaultFunctionArgs,
) => Promise<FunctionReturnType<FunctionReference<Kind>>>

interface Client {
  readonly query: Call<'query'>
  readonly mutation: Call<'mutation'>
  readonly action: Call<'action'>
}

/** Calls internal functions too, which the types of Convex's clients leave out. */
export function byName(client: Client): Pick<Backend, 'query' | 'mutation' | 'action'> {
  return {
    query: async (reference, ...[args]) =>
      await client.query(makeFunctionReference<'query'>(getFunctionName(reference)), { ...args }),
    mutation: async (reference, ...[args]) =>
      await client.mutation(makeFunctionReference<'mutation'>(getFunctionName(reference)), { ...args }),
    action: async (reference, ...[args]) =>
      await client.action(makeFunctionReference<'action'>(getFunctionName(reference)), { ...args }),
  }
}
