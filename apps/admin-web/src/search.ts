import type { Permission } from '@tongxin/contract/permissions'

/** One hit of the global search: what it is, one line that tells it from its namesakes, and its page. */
export type Hit = { readonly title: string; readonly hint: string; readonly path: string }

/** How a feature takes part in the global search (`/`): its own endpoint, within the scope of the post. */
export type Searcher = {
  readonly key: string
  readonly textKey: string
  readonly permission: Permission
  readonly search: (text: string, signal: AbortSignal) => Promise<readonly Hit[]>
}

/** A feature adds its searcher here. Load its api file lazily: `search: async (text, signal) => (await import(…)).find…`. */
export const searchers: readonly Searcher[] = [
  {
    key: 'members',
    textKey: 'members.title',
    permission: 'members.read',
    search: async (text, signal) => (await import('./features/members/members.api.ts')).findMembers(text, signal),
  },
  {
    key: 'org',
    textKey: 'org.title',
    permission: 'org.read',
    search: async (text, signal) => (await import('./features/org/org.api.ts')).findOrgs(text, signal),
  },
]
