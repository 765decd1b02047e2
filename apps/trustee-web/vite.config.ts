import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { singleFile } from '../../tools/web/single-file.ts'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [singleFile()],
  build: { target: 'es2022', reportCompressedSize: false, modulePreload: false, cssCodeSplit: false },
})
