/** Adds a value to the statement and returns how it is named there. */
export type Bind = (value: unknown, cast: string) => string

/** What somebody typed, made comparable; with four figures also the keyed indexes of the last four of ID and telephone. */
export type Search = {
  readonly prefix: string
  readonly tails: { readonly id: number; readonly phone: number } | null
}

/** Of a beginning of member numbers so many are offered, the lowest first: nobody pages through numbers. */
const MOST_NUMBERS = 200

const rangeText = (column: string, prefix: string) =>
  `(${column} >= ${prefix} and ${column} < ${prefix} || U&'\\+10FFFF')`

/** One condition for everything that a search may mean, for rows that are read anyway. */
export function foundText(search: Search, bind: Bind): string {
  const typed = bind(search.prefix, 'text')
  const lower = bind(search.prefix.toLowerCase(), 'text')
  const found = [
    rangeText('m.name', typed),
    rangeText('m.given_name', typed),
    rangeText('m.pinyin', lower),
    rangeText('m.initials', lower),
    rangeText('m.member_no', typed),
    ...tailTexts(search, bind),
  ]
  return `(${found.join(' or ')})`
}

const tailTexts = ({ tails }: Search, bind: Bind): string[] =>
  tails === null ? [] : [`m.id_tail = ${bind(tails.id, 'int')}`, `m.phone_tail = ${bind(tails.phone, 'int')}`]

type Page = {
  readonly where: readonly string[]
  /** The list's own order, by pinyin. */
  readonly order: string
  readonly limit: string
  readonly bind: Bind
}

/**
 * The ids of a page found by a search, in the order of the list. Each way of finding gives its first rows by an index
 * that begins with what is looked for and goes on in that order, so that a surname of a tenth of all people costs no
 * more than a rare one; the first of all ways together are among the first of each.
 */
export function waysText(search: Search, { where, order, limit, bind }: Page): string {
  const way = (condition: string) =>
    `(select m.id from members_member m where ${['m.tenant_id = $1', condition, ...where].join(' and ')} order by ${order} limit ${limit})`
  const ways = conditionsOf(search, bind).map(way)
  const isNumber = rangeText('m.member_no', bind(search.prefix, 'text'))
  const numbered = `(select m.id from members_member m where ${['m.tenant_id = $1', isNumber, ...where].join(' and ')}
      order by m.member_no limit ${MOST_NUMBERS})`
  return [...ways, numbered].join(' union ')
}

/** Letters are looked for in pinyin and initials, anything else in names; figures only in numbers and their endings. */
function conditionsOf(search: Search, bind: Bind): string[] {
  const { prefix } = search
  const tails = tailTexts(search, bind)
  if (/^\d+[xX]?$/.test(prefix)) return tails
  const characters = [...prefix]
  const first = bind(characters[0] ?? '', 'text')
  const typed = characters.length > 1 ? bind(prefix, 'text') : first
  // The index by first characters is in the order of the list; the range is for more than one character.
  const begins = (firstColumn: string, column: string) =>
    `${firstColumn} = ${first}${characters.length > 1 ? ` and ${rangeText(column, typed)}` : ''}`
  const names = [begins('m.name_first', 'm.name'), begins('m.given_first', 'm.given_name')]
  if (!/^[\x20-\x7e]+$/.test(prefix)) return [...names, ...tails]
  const lower = prefix.toLowerCase()
  const letters = bind(lower, 'text')
  // One letter begins the pinyin of everybody whose initials it begins.
  const initials =
    lower.length < 2
      ? []
      : [
          `m.initials_two = ${bind(lower.slice(0, 2), 'text')}${lower.length > 2 ? ` and ${rangeText('m.initials', letters)}` : ''}`,
        ]
  return [...names, rangeText('m.pinyin', letters), ...initials, ...tails]
}
