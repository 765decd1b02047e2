import type { VoteRecord, VoteRow } from '@tongxin/contract/voting'
import type { VoteStep } from '@tongxin/contract/voting.words'
import { type LampState, whenText } from '@tongxin/ui'
import type { TFunction } from 'i18next'

const LAMPS: Partial<Record<VoteRow['state'], LampState>> = {
  prepared: 'idle',
  keyed: 'info',
  announced: 'info',
  drawing: 'warn',
  drawing_closed: 'info',
  casting: 'warn',
  closed: 'info',
  counted: 'ok',
  published: 'ok',
  cancelled: 'late',
}
export const lampOf = (state: VoteRow['state']): LampState => LAMPS[state] ?? 'idle'

/** Until when the running phase lasts, or that the chair closes it. */
export const untilText = (row: Pick<VoteRow, 'until' | 'state'>, t: TFunction, language: string): string => {
  if (row.state !== 'drawing' && row.state !== 'casting') return ''
  return row.until ? whenText(row.until, Date.now(), language) : t('voting.tillClosed')
}

/** The usual next step comes first; a vote that could only be cancelled has none. */
export const nextStep = (vote: Pick<VoteRecord, 'can'>): VoteStep | null => vote.can.steps[0] ?? null

/** What a file of the offline page holds; null for anything else. */
export function fileOf<Format extends string>(text: string, format: Format): Record<string, unknown> | null {
  try {
    const file = JSON.parse(text) as Record<string, unknown>
    return file !== null && typeof file === 'object' && file.format === format ? file : null
  } catch {
    return null
  }
}
