import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'wxt'
import { EXTENSION_KEY } from './protocol/extension-id.ts'

/**
 * The default policy of MV3 lets images load from anywhere, by which a page's text can send what was said to its author
 * (EchoLeak, CVE-2025-32711). Loopback is where the local engine is; a port is chosen when it starts.
 */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self' http://127.0.0.1:* ws://127.0.0.1:*",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-src 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
].join('; ')

export default defineConfig({
  imports: false,
  modules: ['@wxt-dev/module-react'],
  vite: () => ({
    plugins: [tailwindcss()],
    resolve: { alias: { 'rehype-raw': join(import.meta.dirname, 'components/chat/no-raw-html.ts') } },
    build: { modulePreload: { polyfill: false } },
    worker: { format: 'es' },
  }),
  manifest: {
    name: 'Gloss',
    description: 'A side panel that reads the page with you.',
    key: EXTENSION_KEY,
    minimum_chrome_version: '123',
    permissions: ['activeTab', 'scripting', 'storage', 'sidePanel', 'contextMenus'],
    optional_permissions: ['tabs'],
    optional_host_permissions: ['<all_urls>'],
    // When absent, any other extension could send this one messages.
    externally_connectable: { ids: [], matches: [] },
    content_security_policy: { extension_pages: contentSecurityPolicy },
    action: { default_title: 'Open Gloss' },
    commands: {
      _execute_action: { suggested_key: { default: 'Alt+G' } },
      summarise: { suggested_key: { default: 'Alt+S' }, description: 'Summarise this page' },
    },
  },
  hooks: {
    // Without these maps, text in fonts that name one of them (Chinese, Japanese, Korean) cannot be told.
    'build:publicAssets': (_wxt, files) => {
      const maps = join(import.meta.dirname, 'node_modules/pdfjs-dist/cmaps')
      for (const name of readdirSync(maps)) files.push({ absoluteSrc: join(maps, name), relativeDest: `cmaps/${name}` })
    },
    // `npm start` writes the pairing secret into the unpacked folder. It must never leave the machine.
    'zip:start': (wxt) => {
      const pairing = join(wxt.config.outDir, 'local.json')
      if (existsSync(pairing))
        throw new Error(`${pairing} holds this machine's pairing secret: delete it, then package.`)
    },
  },
})
