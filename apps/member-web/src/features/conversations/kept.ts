import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

interface Schema extends DBSchema {
  pages: { key: string; value: { key: string; value: unknown } }
  said: { key: number; value: Unsent; indexes: { id: string } }
}
/** Something said on this device that the server has not confirmed. */
export type Unsent = {
  readonly seq: number
  /** Made here and once: the server says a message once, however often it is sent. */
  readonly id: string
  readonly personId: string
  readonly conversationId: string
  readonly at: string
  readonly body: Readonly<Record<string, unknown>> & { readonly kind: string; readonly text?: string }
  readonly file: { readonly blob: Blob; readonly name: string; readonly purpose: 'photo' | 'document' | 'voice' } | null
  /** Code of the refusal: it is not sent again by itself. */
  readonly refusedWith: string | null
}

const NAME = 'tongxin-talks'
let opening: Promise<IDBPDatabase<Schema>> | null = null
/** The last pages and what was not sent yet; forgotten at sign-out. */
export const database = (): Promise<IDBPDatabase<Schema>> => {
  opening ??= openDB<Schema>(NAME, 1, {
    upgrade: (db) => {
      db.createObjectStore('pages', { keyPath: 'key' })
      db.createObjectStore('said', { keyPath: 'seq', autoIncrement: true }).createIndex('id', 'id', { unique: true })
    },
  })
  return opening
}

/** A device without storage works as well, only not without a network. */
export async function keep(key: string, value: unknown): Promise<void> {
  await database()
    .then((db) => db.put('pages', { key, value }))
    .catch(() => undefined)
}
export async function kept<T>(key: string): Promise<T | undefined> {
  const row = await database()
    .then((db) => db.get('pages', key))
    .catch(() => undefined)
  return row?.value as T | undefined
}
