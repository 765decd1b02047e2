import type { AnswerKind, NoticeLevel } from '@tongxin/contract/notices'
import type { NoticeBody, NoticeTargets } from '@tongxin/contract/notices.circulars'

export type Draft = {
  orgId: string
  title: string
  body: string
  preface: string
  level: NoticeLevel
  needsConfirm: boolean
  confirmOn: string
  answerKind: AnswerKind
  /** One choice a line. */
  choices: string
  targets: NoticeTargets
  files: readonly { readonly id: string; readonly name: string }[]
  /** `2026-11-02T09:00` in China; '' for at once. */
  sendAt: string
}
export type Change = (values: Partial<Draft>) => void

export const emptyDraft = (orgId: string): Draft => ({
  orgId,
  title: '',
  body: '',
  preface: '',
  level: 'normal',
  needsConfirm: true,
  confirmOn: '',
  answerKind: 'none',
  choices: '',
  targets: {
    orgIds: orgId === '' ? [] : [orgId],
    kinds: ['formal', 'probationary'],
    posts: [],
    levels: [],
    memberIds: [],
    exceptOrgIds: [],
    exceptMemberIds: [],
  },
  files: [],
  sendAt: '',
})

const choicesOf = (text: string): string[] => [
  ...new Set(
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== ''),
  ),
]
/** The end of a day in China, where all deadlines are. */
const endOf = (day: string) => `${day}T15:59:59.000Z`
const instantOf = (local: string): string | null => (local === '' ? null : new Date(`${local}:00+08:00`).toISOString())

/** What is asked of the people, of a new notice and of one that is passed on. */
export function askedOf(draft: Draft, isDraft: boolean) {
  const { orgId, level, needsConfirm, confirmOn, answerKind, choices, targets, sendAt } = draft
  return {
    orgId,
    level,
    needsConfirm,
    confirmBy: needsConfirm && confirmOn ? endOf(confirmOn) : null,
    answerKind,
    choices: answerKind === 'choice' ? choicesOf(choices) : [],
    targets,
    sendAt: instantOf(sendAt),
    isDraft,
  }
}
export const bodyOf = (draft: Draft, isDraft: boolean): NoticeBody => ({
  ...askedOf(draft, isDraft),
  title: draft.title,
  body: draft.body,
  fileIds: draft.files.map(({ id }) => id),
})

/** The first thing that is still missing, as a key of the texts. */
export function missingOf(draft: Draft, isRelay: boolean) {
  const isSaid = (text: string) => text.trim().length > 1
  if (draft.orgId === '') return 'notices.missing.org'
  if (draft.targets.orgIds.length + draft.targets.memberIds.length === 0) return 'notices.missing.targets'
  if (isRelay) return isSaid(draft.preface) ? undefined : 'notices.missing.preface'
  if (!isSaid(draft.title) || !isSaid(draft.body)) return 'notices.missing.text'
  if (draft.answerKind === 'choice' && choicesOf(draft.choices).length < 2) return 'notices.missing.choices'
  return undefined
}
