/** What the server refused, by its code; 401 means that the set is not paired any more. */
export class Refused extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, status: number) {
    super(code)
    this.code = code
    this.status = status
  }
}

const PATIENCE_MS = 15_000

/** Asks the server. @throws Refused; any other error: there is no network, or no answer in time */
export function ask<T>(path: string, body: object): Promise<T> {
  const answer = fetch(`/api/v1/tv/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'omit',
  }).then((response) =>
    response.json().then((said: { code?: string }) => {
      // A proxy without a server behind it answers with a page: that is as good as no network.
      if (!response.ok) throw new Refused(said.code ?? 'request.unknown', response.status)
      return said as unknown as T
    }),
  )
  return Promise.race([answer, late()])
}

function late(): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error('no answer in time')), PATIENCE_MS))
}

export const isUnpaired = (error: unknown): boolean => error instanceof Refused && error.status === 401

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Unique enough for an airing of this set; `crypto.randomUUID` is younger than these sets. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = ((bytes[6] as number) & 0x0f) | 0x40
  bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80
  const hex = Array.from(bytes, (byte) => (byte + 256).toString(16).slice(1)).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
