import type { QueryClient } from '@tanstack/react-query'
import {
  type AnyRoute,
  createRoute,
  lazyRouteComponent,
  useNavigate,
  useParams,
  useSearch,
} from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { textsArrived } from './texts.ts'

/** The query string as flat text: filters, tab and cursor live in the URL, so a link shows the same page. */
export type Search = Readonly<Record<string, string>>
/** What every page receives. `setSearch` replaces the named members; an empty text removes one. */
export type ScreenProps = {
  readonly params: Readonly<Record<string, string>>
  readonly search: Search
  readonly setSearch: (change: Readonly<Record<string, string>>) => void
}
export type LoaderInput = {
  readonly params: Readonly<Record<string, string>>
  readonly search: Search
  readonly queryClient: QueryClient
}
/** A page's file: `Page`, and `loader` that has the data ready before the page renders. */
export type ScreenModule = {
  readonly Page: ComponentType<ScreenProps>
  readonly loader?: (at: LoaderInput) => unknown
}
export type Screen = { readonly path: string; readonly load: () => Promise<ScreenModule>; readonly isFirst: boolean }

/** One row of the route table: where (from `paths.ts`) and the file of the page, loaded when it is visited. */
export const screen = (path: string, load: () => Promise<ScreenModule>): Screen => ({ path, load, isFirst: false })
/** A page that people start at: its words are in the first load, so it waits for no others. */
export const firstScreen = (path: string, load: () => Promise<ScreenModule>): Screen => ({ path, load, isFirst: true })

/** The query string to text and back, without the JSON that the router would put there. */
export const parseSearch = (text: string): Search => Object.fromEntries(new URLSearchParams(text))
/** See `parseSearch`; empty members are left out. */
export const stringifySearch = (search: Record<string, unknown>): string => {
  const kept = Object.entries(search).filter(([, value]) => value !== undefined && value !== null && value !== '')
  const text = new URLSearchParams(kept.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text}`
}

function framed(Page: ComponentType<ScreenProps>): ComponentType {
  return function Framed() {
    const params = useParams({ strict: false }) as Record<string, string>
    const search = useSearch({ strict: false }) as Search
    const navigate = useNavigate()
    const setSearch = (change: Readonly<Record<string, string>>) =>
      void navigate({ to: '.', search: { ...search, ...change } as never, replace: true })
    return <Page params={params} search={search} setSearch={setSearch} />
  }
}

/** The router's routes of a table of screens, below one parent. */
export function routesOf(parent: () => AnyRoute, screens: readonly Screen[], queryClient: QueryClient): AnyRoute[] {
  return screens.map(({ path, load, isFirst }) =>
    createRoute({
      getParentRoute: parent,
      path,
      loaderDeps: ({ search }) => search as Search,
      loader: async ({ params, deps }) => {
        const [{ loader }] = await Promise.all([load(), isFirst ? null : textsArrived()])
        await loader?.({ params: params as Record<string, string>, search: deps as Search, queryClient })
      },
      component: lazyRouteComponent(async () => ({ default: framed((await load()).Page) })),
    }),
  )
}
