import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type ToProvider =
  | { readonly kind: 'script'; readonly text: string; readonly tokensPerSecond: number }
  | { readonly kind: 'times'; readonly asked: string }

export type FromProvider =
  | { readonly kind: 'ready'; readonly url: string }
  | { readonly kind: 'scripted' }
  | { readonly kind: 'times'; readonly tokenTimes: readonly number[] }

/** The scripted provider, in another process. */
export class ProviderLink implements Disposable {
  readonly url: string
  readonly #child: ChildProcess

  private constructor(child: ChildProcess, url: string) {
    this.#child = child
    this.url = url
  }

  static async start(): Promise<ProviderLink> {
    const child = fork(fileURLToPath(new URL('provider-process.ts', import.meta.url)))
    const { url } = await answer(child, 'ready')
    return new ProviderLink(child, url)
  }

  /** What requests from now on are answered with. */
  async script(text: string, tokensPerSecond: number): Promise<void> {
    const scripted = answer(this.#child, 'scripted')
    this.#tell({ kind: 'script', text, tokensPerSecond })
    await scripted
  }

  /**
   * When each token of a reply was written: milliseconds of the machine's monotonic clock. It is the last reply to a
   * prompt that holds `asked`; by default the last of all.
   */
  async tokenTimes(asked = ''): Promise<readonly number[]> {
    const times = answer(this.#child, 'times')
    this.#tell({ kind: 'times', asked })
    return (await times).tokenTimes
  }

  [Symbol.dispose](): void {
    this.#child.kill()
  }

  #tell(message: ToProvider): void {
    this.#child.send(message)
  }
}

async function answer<K extends FromProvider['kind']>(
  child: ChildProcess,
  kind: K,
): Promise<Extract<FromProvider, { kind: K }>> {
  const { promise, resolve, reject } = Promise.withResolvers<Extract<FromProvider, { kind: K }>>()
  const onMessage = (message: FromProvider): void => {
    if (isKind(message, kind)) resolve(message)
    else reject(new Error(`the provider said ${message.kind} where ${kind} was due`))
  }
  const onExit = (): void => reject(new Error('the provider ended'))
  child.once('message', onMessage).once('exit', onExit)
  try {
    return await promise
  } finally {
    child.off('message', onMessage).off('exit', onExit)
  }
}

function isKind<K extends FromProvider['kind']>(
  message: FromProvider,
  kind: K,
): message is Extract<FromProvider, { kind: K }> {
  return message.kind === kind
}
