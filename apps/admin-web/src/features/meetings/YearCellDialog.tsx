import { Link } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { adjustYear, type YearCell, type YearKind } from '@tongxin/contract/meetings.year'
import { DateInput, dateOf, Lamp, TextArea, TextInput, WhyArticle } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDone } from './use-done.ts'

type Props = {
  orgId: string
  year: number
  kind: YearKind
  cell: YearCell
  whyNot: string | undefined
  onClose: () => void
}

/** One period of one kind: its meetings, the day people want, or the reason why nothing is held; from here one convenes. */
export function YearCellDialog({ orgId, year, kind, cell, whyNot, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const [plannedOn, setPlannedOn] = useState(cell.plannedOn ?? '')
  const [note, setNote] = useState(cell.note ?? '')
  const [waivedReason, setWaivedReason] = useState(cell.waivedReason ?? '')
  const save = useWrite(adjustYear, useDone(onClose, 'meetings.yearPlan.saved'))
  const errorAt = useFieldErrors(save.error)
  const name = t(`meetings.kinds.${kind.kind}`)
  return (
    <FormDialog
      title={t('meetings.yearPlan.cell', { kind: name, period: `${cell.from} – ${cell.until}` })}
      verb={t('meetings.yearPlan.save')}
      labels={{ '/body/plannedOn': t('meetings.yearPlan.plannedOn') }}
      whyNot={whyNot}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({
          body: {
            orgId,
            year,
            kind: kind.kind,
            period: cell.period,
            plannedOn: plannedOn || null,
            note: note.trim() || null,
            waivedReason: waivedReason.trim() || null,
          },
        })
      }
    >
      <Meetings cell={cell} />
      {cell.state === 'held' || whyNot ? null : (
        <Link
          className="tx-button"
          to={paths.meetings.plan()}
          search={{ orgId, kind: kind.kind, day: plannedOn || firstFree(cell) } as never}
        >
          {t('meetings.yearPlan.convene', { kind: name })}
        </Link>
      )}
      <DateInput
        label={t('meetings.yearPlan.plannedOn')}
        value={plannedOn}
        onChange={setPlannedOn}
        error={errorAt('/body/plannedOn')}
      />
      <TextInput label={t('meetings.yearPlan.note')} maxLength={300} value={note} onChange={setNote} />
      <TextArea
        label={t('meetings.yearPlan.waive')}
        help={t('meetings.yearPlan.waiveHelp')}
        rows={2}
        maxLength={500}
        value={waivedReason}
        onChange={setWaivedReason}
      />
      <WhyArticle source={i18n.language.startsWith('zh') ? kind.citation.zh : kind.citation.en} article={kind.ruleId} />
    </FormDialog>
  )
}

/** The first day of the period that is not over. */
const firstFree = (cell: YearCell): string => {
  const today = dateOf(Date.now())
  return cell.from > today ? cell.from : cell.until < today ? '' : today
}

function Meetings({ cell }: { cell: YearCell }) {
  const { t } = useTranslation()
  if (cell.meetings.length === 0) return <p className="hint">{t('meetings.yearPlan.noMeeting')}</p>
  return (
    <ul className="year-meetings">
      {cell.meetings.map((one) => (
        <li key={one.id}>
          <Link to={paths.meetings.one(one.id)}>{one.title}</Link> {dateOf(one.startsAt)}{' '}
          <Lamp state="info">{t(`meetings.state.${one.state}`)}</Lamp>
        </li>
      ))}
    </ul>
  )
}
