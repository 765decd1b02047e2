import { type Outgoing, OutgoingError, type OutgoingReason } from '../../../platform/outgoing.ts'

/** What is said: the title, what may be said outside beyond it, and where in the platform it stands. */
type Message = {
  /** Stays the same over all tries, so that the other side can tell a repetition. */
  readonly id: string
  readonly title: string
  readonly text: string
  readonly url: string
  readonly level: 'normal' | 'important' | 'urgent'
}

/**
 * How it went: `later` is tried again, `never` waits for somebody to mend the settings, `gone`: this address takes
 * nothing any more. `error` is a code, never a sentence of the other side, which may repeat addresses.
 */
export type Outcome =
  | { readonly state: 'sent' }
  | { readonly state: 'later' | 'never' | 'gone'; readonly error: string }

/** Everything an adapter may use: the door, the time, chance. */
export type Way = { readonly outgoing: Outgoing; readonly now: Date; readonly nonce: () => string }

/** Settings and opened secrets of an outlet by name. */
export type Config = Readonly<Record<string, string>>

export type Adapter = {
  /** `to`: mail address, telephone, openid or subscription of a person; null for groups. */
  readonly send: (way: Way, config: Config, message: Message, to: string | null) => Promise<Outcome>
  /** The code that shows whose address it is, for those with a template of their own for it. */
  readonly sendCode?: (way: Way, config: Config, code: string, to: string) => Promise<Outcome>
}

export const SENT: Outcome = { state: 'sent' }
export const later = (error: string): Outcome => ({ state: 'later', error: codeOf(error) })
export const never = (error: string): Outcome => ({ state: 'never', error: codeOf(error) })
export const gone = (error: string): Outcome => ({ state: 'gone', error: codeOf(error) })

/** Codes only: whatever else the other side wrote could hold an address or a key. */
const codeOf = (text: string): string => text.replace(/[^A-Za-z0-9._-]/g, '_').slice(0, 60)

const PASSING: readonly OutgoingReason[] = ['unresolved', 'unreachable', 'timed_out']

/** What a request that found no answer means. @throws what is no failure of the way out */
export function outcomeOf(error: unknown): Outcome {
  if (!(error instanceof OutgoingError)) throw error
  return PASSING.includes(error.reason) ? later(error.reason) : never(error.reason)
}

/** An outcome by HTTP status: what passes by itself is tried again. */
export function byStatus(status: number): Outcome {
  if (status >= 200 && status < 300) return SENT
  return status === 408 || status === 425 || status === 429 || status >= 500
    ? later(`http_${status}`)
    : never(`http_${status}`)
}

type Asked = {
  readonly url: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly type?: string
}

/** A POST to the address of the settings whose answer is a JSON object; anything else is an outcome already. */
export async function ask(
  way: Way,
  { url, body, headers, type }: Asked,
): Promise<{ answer: Record<string, unknown> } | { outcome: Outcome }> {
  try {
    const { status, body: bytes } = await way.outgoing.send({
      url,
      allowed: [new URL(url).host],
      method: 'POST',
      headers: { 'content-type': type ?? 'application/json; charset=utf-8', ...headers },
      body,
    })
    const answer = objectOf(bytes.toString('utf8'))
    if (answer) return { answer }
    const outcome = byStatus(status)
    return { outcome: outcome.state === 'sent' ? later('answer_unreadable') : outcome }
  } catch (error) {
    return { outcome: outcomeOf(error) }
  }
}

function objectOf(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null
  } catch {
    return null
  }
}

/** The address of the settings with a path and a query. */
export function at(address: string, path: string, query: Readonly<Record<string, string>> = {}): string {
  const url = new URL(path, address)
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
  return url.href
}

/** Templates of text messages take short words only. */
export const shortened = (text: string, most: number): string => {
  const signs = [...text]
  return signs.length <= most ? text : `${signs.slice(0, most - 1).join('')}…`
}

/** The message as lines of plain text. */
export const linesOf = ({ title, text, url }: Message): string => [title, text, url].filter((line) => line).join('\n')
