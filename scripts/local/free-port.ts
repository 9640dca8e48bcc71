import { createServer } from 'node:net'

/** Whether something could listen there now. */
export function isPortFree(port: number): Promise<boolean> {
  return listen(port).then((used) => used !== undefined)
}

/** A port that the system says is free. */
export async function findFreePort(): Promise<number> {
  const port = await listen(0)
  if (port === undefined) throw new Error('the system gave no free port')
  return port
}

/** Listens on loopback for a moment. @returns the port, or undefined when it is taken */
function listen(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address()
      const used = typeof address === 'object' ? address?.port : undefined
      server.close(() => resolve(used))
    })
  })
}
