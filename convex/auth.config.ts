import type { AuthConfig } from 'convex/server'

// One variable that is always set: a deployment refuses an auth.config.ts that reads an unset one.
const providers: AuthConfig['providers'] = JSON.parse(process.env['AUTH_PROVIDERS'] ?? '[]')

export default { providers } satisfies AuthConfig
