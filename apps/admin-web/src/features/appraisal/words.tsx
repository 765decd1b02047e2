import type { RoundRow } from '@tongxin/contract/appraisal'
import type { GroupResult, RoundState } from '@tongxin/contract/appraisal.words'
import { APPRAISAL_MARKS } from '@tongxin/contract/appraisal.words'
import { Lamp, type LampState } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'

const LAMPS: Readonly<Record<RoundState, LampState>> = {
  study: 'info',
  reviewing: 'info',
  assessing: 'info',
  grading: 'warn',
  checking: 'warn',
  feedback: 'warn',
  reported: 'info',
  closed: 'ok',
  cancelled: 'idle',
}

/** Where a round stands, and that its step is late. */
export function StateLamp({ row }: { row: Pick<RoundRow, 'state' | 'isOverdue'> }) {
  const { t } = useTranslation()
  const word = t(`words.appraisal.state.${row.state}`)
  if (row.isOverdue) return <Lamp state="late">{t('appraisal.late', { state: word })}</Lamp>
  return <Lamp state={LAMPS[row.state]}>{word}</Lamp>
}

/** What a group said, as far as it may be shown: small figures by mark, a band, or that it is too small. */
export function GroupShown({ result }: { result: GroupResult | undefined }) {
  const { t } = useTranslation()
  if (!result) return <span className="hint">—</span>
  if (result.kind === 'few') return <span className="hint">{t('words.appraisal.few')}</span>
  if (result.kind === 'band')
    return <span>{t('words.appraisal.band', { mark: t(`words.appraisal.mark.${result.band}`) })}</span>
  return (
    <ul className="appraisal-counts">
      {APPRAISAL_MARKS.map((mark, at) => (
        <li key={mark} data-zero={result.counts?.[at] === 0 || undefined}>
          <span>{t(`words.appraisal.mark.${mark}`)}</span>
          <strong>{result.counts?.[at] ?? 0}</strong>
        </li>
      ))}
    </ul>
  )
}
