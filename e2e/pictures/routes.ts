import { paths as deskPaths } from '../../apps/admin-web/src/paths.ts'
import { paths as phonePaths } from '../../apps/member-web/src/paths.ts'

/** A page to be looked at: where it is, and where a record of it is found when the address names one. */
export type Route = {
  readonly app: 'desk' | 'phone'
  /** As the router has it, with `$id`; the desk's without `/admin`. */
  readonly path: string
}

const ADMIN = '/admin'

/** Every address of both applications, from the tables that the routers read: a new page comes by itself. */
export const routes: readonly Route[] = [
  ...addressesOf(deskPaths).map((path) => ({ app: 'desk' as const, path })),
  ...addressesOf(phonePaths).map((path) => ({ app: 'phone' as const, path })),
]

function addressesOf(table: object): string[] {
  const found = Object.values(table).flatMap((entry: unknown) =>
    typeof entry === 'function' ? [String(entry('$id', '$id'))] : addressesOf(entry as object),
  )
  return [...new Set(found)]
}

/** The address as the browser asks for it. */
export const urlOf = ({ app, path }: Route, id = '$id'): string =>
  (app === 'desk' ? ADMIN : '') + path.replaceAll('$id', id)

/** The page that lists what `$id` names: the nearest address before it at which there is a page. */
export function parentOf({ app, path }: Route): string {
  const parts = (path.split('/$id')[0] ?? '').split('/')
  const before = parts.map((_, at) => parts.slice(0, parts.length - at).join('/'))
  const listed = before.find((one) => routes.some((route) => route.app === app && route.path === one))
  return urlOf({ app, path: listed ?? '/' })
}

export const nameOf = ({ app, path }: Route): string =>
  `${app}${path === '/' ? '-first' : path.replaceAll('/', '-').replaceAll('$', '')}`
