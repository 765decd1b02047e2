import { useQuery } from '@tanstack/react-query'
import { RefusalText, Select } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ballotsQuery } from './development.api.ts'

/** Figures that a recorded ballot brings with it. */
export const BALLOT_COUNTS: ReadonlySet<string> = new Set([
  'eligible',
  'present',
  'written',
  'inFavour',
  'writtenInFavour',
  'against',
  'abstained',
  'invalid',
])

/** A recorded ballot of the branch meeting, so that nobody types its figures again. Value: meeting, item, day. */
export function BallotPicker(props: { caseId: string; value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation()
  const { data, error } = useQuery(ballotsQuery(props.caseId))
  const rows = (data?.rows ?? []).filter(({ isTaken }) => !isTaken)
  return (
    <>
      <RefusalText error={error} />
      <Select
        label={t('development.ballot')}
        help={rows.length > 0 ? t('development.ballotHelp') : t('development.noBallots')}
        whenEmpty={t('development.typeFigures')}
        value={props.value}
        onChange={props.onChange}
        options={rows.map((row) => ({
          value: `${row.meetingId} ${row.itemId} ${row.heldOn}`,
          label: t('development.ballotLine', {
            on: row.heldOn,
            meeting: row.meetingTitle,
            item: row.itemTitle,
            inFavour: row.inFavour,
            eligible: row.eligible,
          }),
        }))}
      />
    </>
  )
}
