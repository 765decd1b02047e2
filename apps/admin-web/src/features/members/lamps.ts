import type { MemberRow } from '@tongxin/contract/members'
import type { ChangeRow } from '@tongxin/contract/members.review'
import type { LampState } from '@tongxin/ui'

export const RECORD_LAMPS: Readonly<Record<MemberRow['recordState'], LampState>> = {
  draft: 'idle',
  first_review: 'warn',
  second_review: 'warn',
  approved: 'ok',
  changing: 'info',
  closed: 'idle',
}
export const CHANGE_LAMPS: Readonly<Record<ChangeRow['state'], LampState>> = {
  draft: 'idle',
  first_review: 'warn',
  second_review: 'warn',
  approved: 'ok',
  returned: 'late',
  withdrawn: 'idle',
}
