import type { ConvexClient } from 'convex/browser'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { api } from '../../convex/_generated/api.js'
import { EXTENSION_ORIGIN } from '../../protocol/extension-id.ts'
import { findBrowser } from '../../scripts/browser.ts'
import { buildExtension, unpackExtension } from '../../scripts/local/build-extension.ts'
import { writeLocalJson } from '../../scripts/local/local-json.ts'
import { connectBackend } from '../../scripts/start/connect-backend.ts'
import { createProgress } from '../../scripts/terminal/progress.ts'
import { GlossBrowser } from './browser/gloss-browser.ts'
import { GlossEngine } from './engine/gloss-engine.ts'
import { listConversations } from './engine/stored-conversation.ts'
import { PageServer } from './pages/page-server.ts'
import { Panel } from './panel/panel.ts'
import { recordPanel } from './panel/record-panel.ts'
import { streamed } from './provider/answer.ts'
import { ScriptedProvider } from './provider/provider.ts'
import { prose } from './reply-scripts.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Gloss as a person has it: the built extension with the shipping manifest, its engine, a model and some pages. */
export class Gloss implements AsyncDisposable {
  readonly engine: GlossEngine
  readonly provider: ScriptedProvider
  readonly pages: PageServer
  /** A second client of the same person's data. */
  readonly client: ConvexClient
  readonly #extension: string
  readonly #stack: AsyncDisposableStack
  readonly #launch: () => Promise<GlossBrowser>
  #browser: GlossBrowser

  private constructor(parts: {
    readonly engine: GlossEngine
    readonly provider: ScriptedProvider
    readonly pages: PageServer
    readonly client: ConvexClient
    readonly extension: string
    readonly stack: AsyncDisposableStack
    readonly browser: GlossBrowser
    readonly launch: () => Promise<GlossBrowser>
  }) {
    this.engine = parts.engine
    this.provider = parts.provider
    this.pages = parts.pages
    this.client = parts.client
    this.#extension = parts.extension
    this.#stack = parts.stack
    this.#launch = parts.launch
    this.#browser = parts.browser
  }

  /**
   * @param env what the backend's functions see on top of the pairing; by default the scripted provider is the model
   * @param change what is done to the unpacked extension before the browser loads it
   */
  static async start(
    env?: Readonly<Record<string, string>>,
    change?: (extension: string) => Promise<void>,
  ): Promise<Gloss> {
    await using stack = new AsyncDisposableStack()
    const provider = stack.use(await ScriptedProvider.start(streamed(prose(4), 200)))
    const pages = stack.use(await PageServer.start())
    const engine = stack.use(await GlossEngine.start({ env: env ?? { LOCAL_MODEL_URL: provider.openaiUrl } }))
    const client = connectBackend(engine.config, EXTENSION_ORIGIN)
    stack.defer(async () => await client.close())

    const progress = createProgress(process.stderr)
    const [executable, built] = [await findBrowser(progress), await buildExtension(root, progress)]
    const folder = await mkdtemp(join(tmpdir(), 'gloss-browser-'))
    stack.defer(async () => await rm(folder, { recursive: true, force: true, maxRetries: 5 }))
    const extension = join(folder, 'extension')
    await unpackExtension(built, extension)
    await change?.(extension)
    await writeLocalJson(extension, engine.config)
    const launch = async (): Promise<GlossBrowser> => {
      const browser = await GlossBrowser.launch({ executable, extension, profile: join(folder, 'profile') })
      await browser.context.addInitScript(recordPanel)
      return browser
    }
    const browser = await launch()
    return new Gloss({ engine, provider, pages, client, extension, browser, launch, stack: stack.move() })
  }

  get browser(): GlossBrowser {
    return this.#browser
  }

  /** After `browser.kill()`: the same profile again. */
  async relaunch(): Promise<void> {
    this.#browser = await this.#launch()
  }

  /** Tells the extension to use this engine from its next connection on. */
  async pairWith(engine: GlossEngine): Promise<void> {
    await writeLocalJson(this.#extension, engine.config)
  }

  /** Forgets every conversation, and what the extension remembers of them. */
  async forget(): Promise<void> {
    await (
      await this.#browser.worker()
    ).evaluate(async () => {
      await chrome.storage.session.clear()
      await chrome.storage.local.clear()
    })
    for (const { _id } of await listConversations(this.client)) {
      await this.client.mutation(api.conversations.remove, { conversationId: _id })
    }
    this.provider.requests.length = 0
  }

  async openPage(path: string, host?: string) {
    return await this.#browser.openPage(this.pages.url(path, host))
  }

  /** Opens the panel by the toolbar button on this page. */
  async openPanel(page: Parameters<GlossBrowser['pressIcon']>[0]): Promise<Panel> {
    return new Panel(await this.#browser.panelOpenedBy(async () => await this.#browser.pressIcon(page)))
  }

  /** Opens the panel by Alt+S on this page, which asks for its summary. */
  async openPanelBySummarise(page: Parameters<GlossBrowser['pressIcon']>[0]): Promise<Panel> {
    return new Panel(await this.#browser.panelOpenedBy(async () => await this.#browser.pressSummarise(page)))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser[Symbol.asyncDispose]()
    await this.#stack[Symbol.asyncDispose]()
  }
}
