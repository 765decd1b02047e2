import type { Search } from '@tongxin/client/screen'
import type { Filter } from './types.ts'

export const PAGE_SIZES = ['20', '50', '100'] as const
/** Members of the URL that belong to the page, not to the query. */
const NOT_ASKED = new Set(['open', 'tab', 'job'])

/** The query of a list endpoint from the URL; the endpoint's schema turns the texts into numbers and truth values. */
export function listQuery<Query>(search: Search): Query {
  const asked = Object.fromEntries(
    Object.entries(search).filter(([name, value]) => !NOT_ASKED.has(name) && value !== ''),
  )
  return { limit: Number(PAGE_SIZES[0]), ...asked } as Query
}

/** The tick for the units below goes with an organisation, and says so where it is not set. */
export const inPlace = ({ below, ...search }: Search): Search =>
  search.orgId ? { ...search, below: below === 'true' ? 'true' : 'false' } : search

/** The values of a filter of kind `choices` in the URL. */
export const choicesOf = (value: string | undefined): string[] => (value ? value.split(',') : [])

const isRange = ({ kind }: Filter): boolean => kind === 'dates' || kind === 'numbers'

/** The names in the URL that one filter uses. */
export function namesOf(filter: Filter): readonly string[] {
  if (isRange(filter)) return [`${filter.key}From`, `${filter.key}To`]
  return filter.kind === 'organisation' ? [filter.key, 'below'] : [filter.key]
}

/** The change that clears filters and goes back to the first page. */
export function cleared(filters: readonly Filter[]): Record<string, string> {
  return Object.fromEntries(['cursor', ...filters.flatMap(namesOf)].map((name) => [name, '']))
}

/** The filters that are on, as texts that a person reads: label and value. */
export function filtersOn(filters: readonly Filter[], search: Search): readonly { filter: Filter; text: string }[] {
  return filters.flatMap((filter): { filter: Filter; text: string }[] => {
    const values = namesOf(filter).map((name) => search[name] ?? '')
    const [first = '', second = ''] = values
    if (isRange(filter)) return first + second === '' ? [] : [{ filter, text: values.join(' – ') }]
    if (first === '') return []
    if (filter.kind === 'choices') return [{ filter, text: choicesOf(first).map(nameIn(filter.options)).join('、') }]
    if (filter.kind !== 'choice') return [{ filter, text: first }]
    return [{ filter, text: nameIn(filter.options)(first) }]
  })
}

/** What the fields of a refusal are called on this list: JSON pointers of its filters, in a query or in a body. */
export function labelsOf(
  filters: readonly Filter[],
  t: (key: string, facts: { label: string }) => string,
): Readonly<Record<string, string>> {
  const named = filters.flatMap((filter): [string, string][] => {
    const { key, label } = filter
    if (!isRange(filter)) return [[key, label]]
    const [from, until] = [t('shared.from', { label }), t('shared.until', { label })]
    return [
      [`${key}From`, from],
      [`${key}To`, until],
      ['from', from],
      ['to', until],
    ]
  })
  return Object.fromEntries(
    named.flatMap(([name, label]) => [
      [`/query/${name}`, label],
      [`/body/filter/${name}`, label],
    ]),
  )
}

const nameIn = (options: readonly { readonly value: string; readonly label: string }[]) => (value: string) =>
  options.find((option) => option.value === value)?.label ?? value
