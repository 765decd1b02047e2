import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'

const sha256 = (text: string) => createHash('sha256').update(text)

/**
 * Puts the one script and the one style of a build into its page, under a policy (CSP) that names both by hash and
 * forbids everything else: no request can leave the page, also when it is opened from a disk. Beside it
 * `index.html.sha256` for `sha256sum -c`.
 */
export function singleFile(): Plugin {
  return {
    name: 'tongxin-single-file',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        const files = Object.values(bundle)
        const page = files.find(({ fileName }) => fileName === 'index.html')
        const scripts = files.filter((file) => file.type === 'chunk')
        const styles = files.filter((file) => file.type === 'asset' && file.fileName.endsWith('.css'))
        const [script, style] = [scripts[0], styles[0]]
        if (page?.type !== 'asset' || script?.type !== 'chunk' || style?.type !== 'asset')
          return this.error('a single file needs a page, a script and a style')
        if (scripts.length !== 1 || styles.length !== 1) return this.error('the page has more than one script or style')
        // The text of a script ends at the first `</script`, also inside a string.
        const code = script.code.replaceAll('</script', '<\\/script')
        const html = inlined(String(page.source), code, String(style.source))
        for (const { fileName } of files) delete bundle[fileName]
        this.emitFile({ type: 'asset', fileName: 'index.html', source: html })
        const sum = `${sha256(html).digest('hex')}  trustees.html\n`
        this.emitFile({ type: 'asset', fileName: 'trustees.html.sha256', source: sum })
      },
    },
  }
}

/** The page with both inside; the script comes last, since nothing defers it any more. */
function inlined(html: string, code: string, style: string): string {
  const source = (text: string) => `'sha256-${sha256(text).digest('base64')}'`
  const policy = `default-src 'none'; script-src ${source(code)}; style-src ${source(style)}; img-src data:; base-uri 'none'; form-action 'none'`
  return html
    .replace(/\s*<script type="module"[^>]*><\/script>/, '')
    .replace(/\s*<link rel="stylesheet"[^>]*>/, '')
    .replace('<head>', () => `<head>\n    <meta http-equiv="content-security-policy" content="${policy}">`)
    .replace('</head>', () => `<style>${style}</style>\n  </head>`)
    .replace('</body>', () => `<script>${code}</script>\n  </body>`)
}
