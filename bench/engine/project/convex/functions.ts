import {
  mutationGeneric,
  queryGeneric,
  type DataModelFromSchemaDefinition,
  type MutationBuilder,
  type QueryBuilder,
} from 'convex/server'
import type schema from './schema.ts'

type DataModel = DataModelFromSchemaDefinition<typeof schema>
export const query: QueryBuilder<DataModel, 'public'> = queryGeneric
export const mutation: MutationBuilder<DataModel, 'public'> = mutationGeneric
