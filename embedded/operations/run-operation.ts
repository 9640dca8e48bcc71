import { operations } from './operations.ts'

/** For tests: what a command prints, and its exit code. Rejects when the command does. */
export async function runOperation(name: string, ...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = []
  const code = await operations[name]?.run(args, { print: (line) => lines.push(line), log: (line) => lines.push(line) })
  if (code === undefined) throw new Error(`There is no command ${name}`)
  return { code, lines }
}
