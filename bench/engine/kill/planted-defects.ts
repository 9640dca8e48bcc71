import { DatabaseSync } from 'node:sqlite'
import type { Planted } from '../part.ts'
import { inspectData } from './inspect-data.ts'
import { judgeLedger } from './judge-ledger.ts'

const oneEntry = `
  SELECT d.row_id FROM documents d JOIN tables t ON t.number = d.table_number WHERE t.name = 'entries' LIMIT 1`

/** Damages that an engine could leave, made one after the other in a copy of its data: each must be seen. */
export async function plantedDefects(databasePath: string, acknowledged: ReadonlySet<number>): Promise<Planted[]> {
  const change = (...statements: string[]): void => {
    const database = new DatabaseSync(databasePath)
    try {
      for (const statement of statements) database.exec(statement)
    } finally {
      database.close()
    }
  }
  const judged = async () => {
    const { keys, problems } = await inspectData(databasePath)
    return { ...judgeLedger(keys, acknowledged), problems: problems.join('\n') }
  }
  const sound = await judged()
  change(`
    INSERT INTO documents (table_number, size, json) SELECT table_number, size, json FROM documents
    WHERE row_id = (${oneEntry})`)
  const doubled = await judged()
  change('DELETE FROM documents WHERE row_id = (SELECT max(row_id) FROM documents)')
  const again = await judged()
  change(`DELETE FROM entries WHERE (index_id, key) = (
    SELECT index_id, key FROM entries WHERE row_id = (${oneEntry}) LIMIT 1)`)
  const unindexed = await judged()
  change(`DELETE FROM documents WHERE row_id = (${oneEntry})`)
  const lost = await judged()
  const wasSound = [sound, again].every((state) => state.lost + state.doubled === 0 && state.problems === '')
  return [
    { defect: 'a doubled mutation', caught: wasSound && doubled.doubled === 1 },
    {
      defect: 'a document that an index lacks',
      caught: wasSound && unindexed.problems.includes('is not in the index'),
    },
    { defect: 'a lost mutation', caught: wasSound && lost.lost === 1 },
    { defect: 'half of a transaction', caught: wasSound && lost.problems.includes('half of a transaction') },
    {
      defect: 'index entries without their document',
      caught: wasSound && lost.problems.includes('there is no document'),
    },
  ]
}
