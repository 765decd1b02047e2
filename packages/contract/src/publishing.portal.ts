import { Type } from 'typebox'
import type { Endpoint } from './endpoint.ts'
import { Empty, Id, strict } from './page.ts'
import { saysArticle } from './publishing.words.ts'

/** What whoever reads the portal may send, without a session; its pages are rendered at `/portal`. */

const At = strict({ site: Type.String({ pattern: '^[a-z0-9]{1,12}$' }), id: Id })

export const sendFeedback = {
  method: 'POST',
  path: '/portal/:site/articles/:id/feedback',
  permission: 'public',
  summary:
    'Say something about what was made open to all; nothing is kept of who did, and it is read before it is shown',
  params: At,
  body: strict({ words: saysArticle(1000, 2) }),
  reply: Empty,
  perMinute: 10,
} as const satisfies Endpoint
export const countPublicShare = {
  method: 'POST',
  path: '/portal/:site/articles/:id/share',
  permission: 'public',
  summary: 'Count that the link of a public article was shared',
  params: At,
  body: Empty,
  reply: Empty,
  perMinute: 30,
} as const satisfies Endpoint
