import type { IncomingHttpHeaders } from 'node:http'
import type { ReadSource } from '@tongxin/contract'

const SEARCH = /(^|\.)(baidu\.com|sogou\.com|so\.com|sm\.cn|bing\.com|google\.[a-z.]+|duckduckgo\.com)$/
const PROGRAM = /bot|spider|crawl|slurp|curl|wget|python|headless/i
const NAMED: readonly ReadSource[] = ['feed', 'share']

/** Programs that read everything are no readers. */
export const isProgram = (agent: string | undefined): boolean => agent === undefined || PROGRAM.test(agent)

type Came = { readonly from: unknown; readonly headers: IncomingHttpHeaders; readonly origin: string }
/** Where a reader came from, as a word: the address that was left is looked at and forgotten. */
export function sourceOf({ from, headers, origin }: Came): ReadSource {
  const named = NAMED.find((source) => source === from)
  if (named) return named
  if (/MicroMessenger/i.test(headers['user-agent'] ?? '')) return 'wechat'
  const { referer } = headers
  if (referer === undefined || !URL.canParse(referer)) return 'portal'
  const url = new URL(referer)
  if (url.origin === origin) return 'portal'
  return SEARCH.test(url.hostname) ? 'search' : 'other'
}
