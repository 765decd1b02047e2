import type { Session } from '@tongxin/client/session'
import { ADMIN_ROOT, paths } from '../paths.ts'

/** From this width on a screen is a desk: the rail, a table and a drawer fit side by side. */
const DESK_PX = 1000

/**
 * Where a person goes after signing in: to the page asked for, else with a post on a desk-size screen to the
 * administrators' application, else to the first page. `to` comes from the address, so only a path of this origin
 * counts: `//elsewhere` and `\\elsewhere` are other hosts to a browser.
 */
export function whereAfterSignIn(session: Session, to: string | undefined, screenPx: number): string {
  if (to && /^\/(?![/\\])/.test(to) && !to.startsWith(paths.signIn())) return to
  return session.posts.length > 0 && screenPx >= DESK_PX ? ADMIN_ROOT : paths.home()
}
