import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'
import { classicScript } from '../../tools/web/classic-script.ts'
import { precompress } from '../../tools/web/precompress.ts'

const file = (path: string) => fileURLToPath(new URL(path, import.meta.url))
// Loaded only where a set plays no streams by itself; named by what is in it, because browsers keep it for a year.
const hls = readFileSync(file('../../node_modules/hls.js/dist/hls.light.min.js'), 'utf8')
const hlsFile = `assets/hls-${createHash('sha256').update(hls).digest('hex').slice(0, 8)}.js`

// Sets of 2017 run one classic script of ES2018: no modules, no dynamic import, and no syntax of later years.
export default defineConfig({
  root: file('.'),
  base: '/tv/',
  define: { __HLS_FILE__: JSON.stringify(`/tv/${hlsFile}`) },
  plugins: [classicScript({ [hlsFile]: hls }), precompress()],
  build: {
    target: 'es2018',
    cssTarget: 'chrome60',
    modulePreload: false,
    // Otherwise the script would write the style into the page, which the policy of our pages forbids.
    cssCodeSplit: false,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    rolldownOptions: { output: { format: 'iife', codeSplitting: false } },
  },
})
