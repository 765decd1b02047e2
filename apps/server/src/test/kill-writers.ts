import { randomUUID } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { stepOf, tokenOf } from '../platform/rotating-codes.ts'
import { circularOf } from './notice-cases.ts'
import type { Person, Planted } from './planting.ts'

/** One write that was acknowledged: found again under its mark, once. */
export type Acknowledged = {
  readonly kind: string
  readonly mark: string
  readonly by: Person
  readonly reply: Record<string, unknown>
}

/** A kind of write: `mark` stands in what is stored, so that a second copy would show. */
export type Write = {
  readonly kind: string
  readonly path: string
  readonly body: (mark: string) => object
  readonly by: Person
}

export type Journal = {
  readonly acknowledged: Acknowledged[]
  /** Answers that neither acknowledge nor ask to try again: there must be none. */
  readonly wrong: string[]
  /** Answers 503 with `Retry-After`. */
  readonly away: number
}

export type Writers = { readonly journal: Journal; stop(): Promise<void> }

/** After the last write was begun, the server must come back within this time. */
const PATIENCE_MS = 20_000

/**
 * `hands` writers that write without pause. A write whose connection broke or that was told to wait is repeated under
 * the same `Idempotency-Key` until it is acknowledged; an acknowledgement is noted before the next write begins.
 */
export function startWriting(url: string, hands: number, next: (hand: number) => Write): Writers {
  const journal = { acknowledged: [] as Acknowledged[], wrong: [] as string[], away: 0 }
  let giveUpAt = Number.POSITIVE_INFINITY
  const isStopping = () => giveUpAt < Number.POSITIVE_INFINITY
  const send = async (write: Write, mark: string): Promise<Record<string, unknown> | null> => {
    while (performance.now() < giveUpAt) {
      try {
        const answer = await fetch(`${url}/api/v1${write.path}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', cookie: write.by.cookie, 'idempotency-key': mark },
          body: JSON.stringify(write.body(mark)),
        })
        const text = await answer.text()
        if (answer.ok) return JSON.parse(text) as Record<string, unknown>
        if (answer.status !== 503 || !answer.headers.get('retry-after')) {
          journal.wrong.push(`${write.kind} ${answer.status} ${text}`)
          return null
        }
        journal.away += 1
      } catch {
        // No answer: whether it was done is unknown, so it is asked again under the same key.
      }
      await wait(25)
    }
    journal.wrong.push(`${write.kind} was never answered`)
    return null
  }
  const write = async (hand: number) => {
    while (!isStopping()) {
      const one = next(hand)
      const mark = randomUUID()
      const reply = await send(one, mark)
      if (reply) journal.acknowledged.push({ kind: one.kind, mark, by: one.by, reply })
    }
  }
  const done = Promise.all(Array.from({ length: hands }, (_, hand) => write(hand)))
  return {
    journal,
    async stop() {
      giveUpAt = performance.now() + PATIENCE_MS
      await done
    },
  }
}

/** A meeting that people come to: each is there once, so each is used up. */
export type Arriving = { readonly meetingId: string; readonly key: Buffer; readonly people: Iterator<Person> }

/** Founding, proposing a record, telling a branch, coming to a meeting: one after the other, by every hand. */
export function mixedWrites(planted: Planted, officers: readonly Person[], arriving: Arriving) {
  const kinds = [founding(planted), proposing, telling, (by: Person) => coming(arriving) ?? proposing(by)]
  const turns = officers.map(() => 0)
  return (hand: number): Write => {
    const turn = (turns[hand] = (turns[hand] ?? hand) + 1)
    const kind = kinds[turn % kinds.length] as (typeof kinds)[number]
    return kind(officers[hand] as Person)
  }
}

function coming({ meetingId, key, people }: Arriving): Write | null {
  const { value: by, done } = people.next()
  if (done) return null
  const code = tokenOf(key, meetingId, stepOf(new Date()))
  return { kind: 'came', by, path: `/my/meetings/${meetingId}/check-in`, body: () => ({ code }) }
}

const founding =
  (planted: Planted) =>
  (by: Person): Write => ({
    kind: 'founded',
    by,
    path: '/orgs',
    body: (mark) => ({ parentId: planted.root.id, kind: 'branch', name: mark, effectiveOn: '2026-01-05' }),
  })

const proposing = (by: Person): Write => ({
  kind: 'proposed',
  by,
  path: '/member-changes',
  body: (mark) => ({ orgId: by.unit.id, kind: 'new_record', facts: { name: '周明' }, reason: mark, draft: true }),
})

const telling = (by: Person): Write => ({
  kind: 'told',
  by,
  path: '/notices',
  body: (mark) => circularOf(by.unit.id, { title: mark, body: '请各支部按时报送材料。', needsConfirm: false }),
})
