import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { z } from 'zod'
import { CommandError } from '../../scripts/terminal/command-error.ts'

/** A saved page and what people marked as its main content. */
export interface LabelledPage {
  readonly id: string
  readonly url: string
  readonly type: string
  readonly main: string
  /** Snippets that belong to the main content, and snippets that do not. */
  readonly with: readonly string[]
  readonly without: readonly string[]
  readonly html: Buffer
}

export interface LabelledPages {
  readonly pages: readonly LabelledPage[]
  /** Labels without a page. */
  readonly skipped: readonly string[]
}

const truth = z.object({
  url: z.url(),
  _internal: z.object({ page_type: z.object({ primary: z.string() }) }).optional(),
  ground_truth: z.object({
    main_content: z.string(),
    with: z.array(z.string()).nullish(),
    without: z.array(z.string()).nullish(),
  }),
})

/**
 * Reads a folder with `ground-truth/ID.json` and `html/ID.html.gz` (the format of WCXB), or the folder around it.
 * @throws CommandError where there is none
 */
export async function readLabelledPages(folder: string): Promise<LabelledPages> {
  const root = await labelledFolder(folder)
  const pages: LabelledPage[] = []
  const skipped: string[] = []
  for (const name of (await readdir(join(root, 'ground-truth'))).toSorted()) {
    if (!name.endsWith('.json')) continue
    const id = name.slice(0, -'.json'.length)
    const html = await readPage(join(root, 'html', `${id}.html.gz`))
    if (html === undefined) {
      skipped.push(id)
      continue
    }
    const { url, _internal, ground_truth } = truth.parse(
      JSON.parse(await readFile(join(root, 'ground-truth', name), 'utf8')),
    )
    pages.push({
      id,
      url,
      type: _internal?.page_type.primary ?? 'unnamed',
      main: ground_truth.main_content,
      with: ground_truth.with ?? [],
      without: ground_truth.without ?? [],
      html,
    })
  }
  return { pages, skipped }
}

async function labelledFolder(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  if (entries.some(({ name }) => name === 'ground-truth')) return folder
  for (const entry of entries) {
    const inner = join(folder, entry.name)
    if (entry.isDirectory() && (await readdir(inner)).includes('ground-truth')) return inner
  }
  throw new CommandError(
    `--pages names a folder that holds ground-truth/ID.json and html/ID.html.gz, or the folder around it; ${folder} is neither.`,
  )
}

async function readPage(path: string): Promise<Buffer | undefined> {
  const compressed = await readFile(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  return compressed && (await promisify(gunzip)(compressed))
}
