import type { MyVoteRow } from '@tongxin/contract/voting.own'
import { type LampState, whenText } from '@tongxin/ui'
import type { TFunction } from 'i18next'

/** Until when this phase runs, in the reader's words. */
export const untilText = (until: string, language: string, t: TFunction): string =>
  t('voting.until', { when: whenText(until, Date.now(), language) })

const LAMPS: Partial<Record<MyVoteRow['state'], LampState>> = {
  drawing: 'warn',
  casting: 'warn',
  published: 'ok',
  cancelled: 'late',
}
/** The lamp of a vote: open phases ask for something, published and cancelled ones are settled. */
export const lampOf = (state: MyVoteRow['state']): LampState => LAMPS[state] ?? 'idle'
