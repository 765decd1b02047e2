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

/** The page that lists what `$id` names: the address before it. */
export const parentOf = (route: Route): string => urlOf({ ...route, path: route.path.split('/$id')[0] ?? '/' })

export const nameOf = ({ app, path }: Route): string =>
  `${app}${path === '/' ? '-first' : path.replaceAll('/', '-').replaceAll('$', '')}`
