import type { Plugin } from 'vite'

const MAKES_STYLE = "const styleNode = document.createElement('style');"

/**
 * Ant Design passes its nonce to the styles of components, but not to the two that its helpers write (measuring the
 * scroll bar, locking the page under an overlay). This gives every style element of the helper library the nonce of
 * the page, so that the strict policy holds. A release that words it differently stops the build.
 */
export function nonceStyles(): Plugin {
  return {
    name: 'tongxin-nonce-styles',
    enforce: 'pre',
    transform: {
      filter: { id: /@rc-component\/util\/es\/Dom\/dynamicCSS\.js$/ },
      handler(code) {
        if (!code.includes(MAKES_STYLE))
          this.error('@rc-component/util makes its style elements in another way: adapt nonce-styles.ts')
        const withNonce = `${MAKES_STYLE}\n  styleNode.nonce = document.querySelector('meta[property="csp-nonce"]')?.nonce ?? '';`
        return { code: code.replace(MAKES_STYLE, withNonce), map: null }
      },
    },
  }
}
