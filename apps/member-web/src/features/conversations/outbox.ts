import { call } from '@tongxin/client/call'
import { RefusedError, UnreachedError } from '@tongxin/client/refused-error'
import { uploadFile } from '@tongxin/client/upload'
import { sayMessage } from '@tongxin/contract/conversations.own'
import type { Message, NewMessage } from '@tongxin/contract/conversations.words'
import { useSyncExternalStore } from 'react'
import { database, type Unsent } from './kept.ts'

/**
 * What is said goes through the device's own list first: nothing is lost when the network breaks, and it is sent in
 * the order in which it was said, each under the id that it got here.
 */
let shown: readonly Unsent[] = []
const changed = new EventTarget()
async function show(): Promise<void> {
  shown = await (await database()).getAll('said')
  changed.dispatchEvent(new Event('change'))
}
const subscribe = (listener: () => void) => {
  changed.addEventListener('change', listener)
  return () => changed.removeEventListener('change', listener)
}
const now = () => shown
/** What of this person waits on this device in one conversation. */
export const useUnsent = (conversationId: string, personId: string): readonly Unsent[] =>
  useSyncExternalStore(subscribe, now).filter(
    (one) => one.conversationId === conversationId && one.personId === personId,
  )

export async function put(said: Omit<Unsent, 'seq' | 'refusedWith'>): Promise<void> {
  // The store gives `seq`; its type cannot say that it may be absent before.
  await (await database()).add('said', { ...said, refusedWith: null } as Unsent)
  await show()
}
export async function drop(seq: number): Promise<void> {
  await (await database()).delete('said', seq)
  await show()
}
/** Once more, after the reason of the refusal is gone. */
export async function again(one: Unsent): Promise<void> {
  await (await database()).put('said', { ...one, refusedWith: null })
  await show()
}

const isForNow = (error: unknown) =>
  error instanceof UnreachedError ||
  (error instanceof RefusedError && [401, 429, 500, 502, 503, 504].includes(error.status))

async function send(one: Unsent): Promise<Message> {
  let body = one.body
  if (one.file && body.fileId === undefined) {
    const { blob, name, purpose } = one.file
    const fileId = await uploadFile(new File([blob], name, { type: blob.type }), purpose)
    body = { ...body, fileId }
    // Noted at once: a picture that is there is not sent a second time.
    await (await database()).put('said', { ...one, body })
  }
  return call(sayMessage, { params: { id: one.conversationId }, body: { ...body, id: one.id } as NewMessage })
}

type OnSaid = (conversationId: string, message: Message) => void
let running: Promise<void> | null = null
let isDue = false
/** Sends what waits, the oldest first; stops at the first that cannot be sent now. One tab at a time. */
export function deliver(personId: string, onSaid: OnSaid): Promise<void> {
  isDue = true
  running ??= locked(async () => {
    while (isDue) {
      isDue = false
      await turn(personId, onSaid)
    }
  }).finally(() => {
    running = null
  })
  return running
}
const locked = (work: () => Promise<void>): Promise<void> =>
  navigator.locks ? navigator.locks.request('tongxin-talks', work) : work()

async function turn(personId: string, onSaid: OnSaid): Promise<void> {
  const db = await database()
  for (const one of await db.getAll('said')) {
    if (one.personId !== personId || one.refusedWith !== null) continue
    try {
      const message = await send(one)
      await db.delete('said', one.seq)
      onSaid(one.conversationId, message)
    } catch (error) {
      if (isForNow(error)) break
      await db.put('said', { ...one, refusedWith: error instanceof RefusedError ? error.code : 'client.bug' })
    }
    await show()
  }
  await show()
}
