import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { nonceStyles } from '../../tools/web/nonce-styles.ts'
import { precompress } from '../../tools/web/precompress.ts'

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: file('.'),
  base: '/admin/',
  html: { cspNonce: '__CSP_NONCE__' },
  plugins: [react(), nonceStyles(), precompress()],
  resolve: { alias: { typebox: file('../../tools/web/no-schemas.ts') } },
  build: {
    target: 'es2022',
    manifest: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
  },
})
