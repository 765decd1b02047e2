import type { Reply } from '@tongxin/contract/endpoint'
import type { readNotice } from '@tongxin/contract/notices.circulars'
import { type Draft, emptyDraft } from './draft.ts'

/** A notice as the server keeps it. */
export type Kept = Reply<typeof readNotice>

const ids = (named: readonly { readonly id: string }[]) => named.map(({ id }) => id)
/** `2026-11-02T09:00` in China, as the field takes it. */
const localOf = (at: string | null): string =>
  at === null
    ? ''
    : new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'short' })
        .format(new Date(at))
        .replace(' ', 'T')

/** A kept draft back in the form. */
export function draftOf({ notice, orgId, body, choices, files, targets }: Kept): Draft {
  return {
    ...emptyDraft(orgId),
    title: notice.title,
    body,
    level: notice.level,
    needsConfirm: notice.needsConfirm,
    confirmOn: localOf(notice.confirmBy).slice(0, 10),
    answerKind: notice.answerKind,
    choices: choices.join('\n'),
    targets: {
      orgIds: ids(targets.units),
      kinds: targets.kinds.length > 0 ? targets.kinds : ['formal', 'probationary'],
      posts: targets.posts,
      levels: targets.levels,
      memberIds: ids(targets.members),
      exceptOrgIds: ids(targets.exceptUnits),
      exceptMemberIds: ids(targets.exceptMembers),
    },
    files,
    sendAt: localOf(notice.sendAt),
  }
}
