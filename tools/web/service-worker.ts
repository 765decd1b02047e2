import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type Plugin, transformWithOxc } from 'vite'

/**
 * Emits `sw.js` from a TypeScript source with the list of the first load's files in place of `__SHELL_FILES__` and
 * their common hash in place of `__SHELL_VERSION__`, so that a new build replaces the kept shell as a whole.
 */
export function serviceWorker(source: string): Plugin {
  return {
    name: 'tongxin-service-worker',
    apply: 'build',
    // After Vite has taken the empty scripts of style-only chunks out: one file that is not there spoils the whole shell.
    generateBundle: {
      order: 'post',
      async handler(_options, bundle) {
        const files = Object.values(bundle)
          .filter((file) => /\.(js|css)$/.test(file.fileName))
          .map((file) => `/${file.fileName}`)
          .sort()
        const version = createHash('sha256').update(files.join('\n')).digest('hex').slice(0, 12)
        const { code } = await transformWithOxc(readFileSync(source, 'utf8'), source)
        this.emitFile({
          type: 'asset',
          fileName: 'sw.js',
          source: code.replace('__SHELL_FILES__', JSON.stringify(files)).replace('__SHELL_VERSION__', version),
        })
      },
    },
  }
}
