import type { BrowserContext, Route as Intercepted } from 'playwright-core'

/** A way of looking at every page: what the person chose, how large the screen is, what the server answers. */
export type State = {
  readonly key: string
  readonly width: number
  readonly height: number
  readonly isBig?: boolean
  readonly isDark?: boolean
  readonly language?: 'en'
  /** Changes what the server answers to a question; null: it fails. */
  readonly answer?: ((body: unknown) => unknown) | null
}

const DESK = { width: 1440, height: 900 }
const PHONE = { width: 390, height: 844 }
/** Thirty characters: as long as names of the Kazakh, Uyghur and Yi nationalities become in Chinese writing. */
export const LONGEST_NAME = '阿卜杜热西提·麦麦提依明·买买提艾力·吐尔逊江·阿布都克里木'
const MANY = 200

export const STATES: readonly State[] = [
  { key: 'desk', ...DESK },
  { key: 'phone', ...PHONE },
  { key: 'big', ...PHONE, isBig: true },
  { key: 'big-desk', ...DESK, isBig: true },
  { key: 'dark', ...DESK, isDark: true },
  { key: 'dark-phone', ...PHONE, isDark: true },
  { key: 'english', ...DESK, language: 'en' },
  { key: 'english-phone', ...PHONE, language: 'en' },
  { key: 'empty', ...DESK, answer: (body) => rowsAs(body, () => []) },
  { key: 'empty-phone', ...PHONE, answer: (body) => rowsAs(body, () => []) },
  { key: 'failing', ...DESK, answer: null },
  { key: 'failing-phone', ...PHONE, answer: null },
  { key: 'many', ...DESK, answer: (body) => rowsAs(body, repeated) },
  { key: 'many-phone', ...PHONE, answer: (body) => rowsAs(body, repeated) },
  { key: 'names', ...DESK, answer: named },
  { key: 'names-phone', ...PHONE, answer: named },
]

type Row = Readonly<Record<string, unknown>>

function rowsAs(body: unknown, change: (rows: readonly Row[]) => readonly Row[]): unknown {
  if (typeof body !== 'object' || body === null || !('rows' in body) || !Array.isArray(body.rows)) return body
  const rows = change(body.rows)
  return { ...body, rows, ...('total' in body ? { total: rows.length, next: null } : {}) }
}

/** The same rows again until there are two hundred, each with an id of its own. */
function repeated(rows: readonly Row[]): readonly Row[] {
  if (rows.length === 0) return rows
  return Array.from({ length: MANY }, (_, at) => {
    const row = rows[at % rows.length] as Row
    return typeof row.id === 'string' ? { ...row, id: numbered(row.id, at) } : row
  })
}
const numbered = (id: string, at: number): string => id.slice(0, -4) + at.toString(16).padStart(4, '0')

const PERSON = /^(name|member|person|memberName|personName|maker|checker|proposedBy|approvedBy|secretary|author)$/

/** Every name of a person as long as names become. */
function named(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => named(one, key))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, named(one, name)]))
  return PERSON.test(key) && typeof value === 'string' && /^\p{Script=Han}{2,4}$/u.test(value) ? LONGEST_NAME : value
}

/** Who is signed in and what he may do stays true in every state: without it there is no page to look at. */
const ALWAYS_TRUE = /\/api\/v1\/session/

/** Puts the state between browser and server, and the person's choices into the browser. */
export async function putInto(context: BrowserContext, state: State): Promise<void> {
  const kept = {
    'tongxin.big': state.isBig ? 'on' : 'off',
    'tongxin.theme': state.isDark ? 'dark' : 'light',
    'tongxin.language': state.language ?? 'zh-CN',
  }
  await context.addInitScript((values) => {
    for (const [key, value] of Object.entries(values)) localStorage.setItem(key, value)
  }, kept)
  const { answer } = state
  if (answer === undefined) return
  await context.route('**/api/v1/**', async (request: Intercepted) => {
    const url = request.request().url()
    if (request.request().method() !== 'GET' || ALWAYS_TRUE.test(url) || url.includes('/stream'))
      return request.fallback()
    if (answer === null) return request.fulfill({ status: 500, json: FAILURE, contentType: 'application/problem+json' })
    const reply = await request.fetch().catch(() => null)
    if (!reply?.headers()['content-type']?.startsWith('application/json')) return request.fallback()
    return request.fulfill({ response: reply, json: answer(await reply.json()) })
  })
}

const FAILURE = { type: 'about:blank', title: 'Internal Server Error', status: 500, code: 'request.failed', fields: [] }
