import type { MessageCard } from '@tongxin/contract'
import type { Ctx, Db, Tx } from '../../platform/ctx.ts'

export type StudyTalk = {
  readonly id: string
  readonly name: string
  readonly unitId: string
  readonly orgPath: string
  readonly unitName: string
  readonly isActive: boolean
}
/** What this module asks of its peers; wired in modules.ts, because capabilities do not import each other. */
export type ConversationPorts = {
  readonly study: {
    readonly groupsSeating: (db: Db, tenantId: string, personId: string) => Promise<string[]>
    readonly seatsOf: (
      db: Db,
      tenantId: string,
      groupId: string,
    ) => Promise<readonly { readonly memberId: string; readonly personId: string; readonly name: string }[]>
    readonly groupFacts: (db: Db, tenantId: string, id: string) => Promise<StudyTalk | undefined>
    readonly groupsAfter: (db: Db, tenantId: string, id: string, most: number) => Promise<readonly StudyTalk[]>
  }
  /** A vote or a notice that the caller may read; undefined for any other. */
  readonly cards: Readonly<Record<'vote' | 'notice', (ctx: Ctx<Tx>, id: string) => Promise<MessageCard | undefined>>>
}
