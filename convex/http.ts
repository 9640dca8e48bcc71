import { httpRouter } from 'convex/server'
import { openHttpAction } from './functions.ts'
import { pairingPreflight, tradeSecret } from './local/tradeSecret.ts'

const http = httpRouter()

/** Says only that the backend answers. */
http.route({
  path: '/healthz',
  method: 'GET',
  handler: openHttpAction(async () => await Promise.resolve(new Response('ok'))),
})

// In local mode only. Protected by the pairing secret, which the panel reads from its own folder.
if (process.env['LOCAL_PAIRING_SECRET']) {
  const path = '/local/token'
  http.route({
    path,
    method: 'POST',
    handler: openHttpAction(async (ctx, request) => await tradeSecret(ctx, request, process.env)),
  })
  http.route({
    path,
    method: 'OPTIONS',
    handler: openHttpAction(async (_ctx, request) => await Promise.resolve(pairingPreflight(request))),
  })
}

export default http
