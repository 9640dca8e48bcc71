/**
 * These functions run inside a tab, in the extension's own world: each stands alone. The first fetches the tab's document
 * from its own address and holds it there under a name, because one answer of an injection has to stay small.
 */
export async function holdDocument(
  name: string,
  address: string,
  limits: { readonly bytes: number; readonly ms: number },
): Promise<{ readonly size: number; readonly cut: boolean } | { readonly failure: string }> {
  try {
    // What the browser shows is in its cache; only without it does this go to the server again.
    const signal = AbortSignal.timeout(limits.ms)
    const { ok, status, body } = await fetch(address, { cache: 'force-cache', signal })
    if (!ok || body === null) return { failure: `status ${status}` }
    const chunks: Uint8Array<ArrayBuffer>[] = []
    let size = 0
    for await (const chunk of body) {
      chunks.push(chunk)
      size += chunk.length
      if (size > limits.bytes) break
    }
    const cut = size > limits.bytes
    const held = new Blob(chunks).slice(0, limits.bytes)
    Reflect.set(globalThis, name, held)
    return { size: held.size, cut }
  } catch (error) {
    return { failure: String(error) }
  }
}

/** Bytes `start` to `end` of what is held, in base 64; `null` when it is not there. */
export async function takePiece(name: string, start: number, end: number): Promise<string | null> {
  const held: unknown = Reflect.get(globalThis, name)
  if (!(held instanceof Blob)) return null
  return await new Promise((resolve) => {
    const reader = new FileReader()
    reader.addEventListener('loadend', () => {
      const { result } = reader
      resolve(typeof result === 'string' ? result.slice(result.indexOf(',') + 1) : null)
    })
    reader.readAsDataURL(held.slice(start, end))
  })
}

export function letGo(name: string): void {
  Reflect.deleteProperty(globalThis, name)
}
