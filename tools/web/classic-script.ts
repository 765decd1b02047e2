import type { Plugin } from 'vite'

/**
 * For browsers without modules: the page's one script is loaded as a classic one, after the page was read. `copies` are
 * texts of programs of others that are put beside it as they are, by their path in the build.
 */
export function classicScript(copies: Readonly<Record<string, string>>): Plugin {
  return {
    name: 'tongxin-classic-script',
    apply: 'build',
    enforce: 'post',
    transformIndexHtml: {
      order: 'post',
      handler: (html) =>
        html.replace(/<script type="module"( crossorigin)?/g, '<script defer').replace(/ crossorigin/g, ''),
    },
    generateBundle() {
      for (const [fileName, text] of Object.entries(copies)) {
        const source = text.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n')
        this.emitFile({ type: 'asset', fileName, source })
      }
    },
  }
}
