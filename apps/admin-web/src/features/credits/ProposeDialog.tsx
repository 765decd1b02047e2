import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { proposeHonours } from '@tongxin/contract/credits.review'
import { hoursText } from '@tongxin/domain/learning/hours'
import { ErrorState, Skeleton, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { candidatesQuery, runningYear } from './credits.api.ts'
import { useDone, YearChoice } from './parts.tsx'

const MOST = 100

/** The rule lists who has reached the year, by name; people choose whom to propose and say why. */
export function ProposeDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [year, setYear] = useState(runningYear())
  const [title, setTitle] = useState('')
  const [reason, setReason] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const save = useWrite(proposeHonours, useDone(onClose, 'credits.proposed'))
  const isReady = title.trim().length > 1 && reason.trim().length > 1 && chosen.length > 0 && chosen.length <= MOST
  return (
    <FormDialog
      title={t('credits.propose')}
      verb={t('credits.proposeChosen', { count: chosen.length })}
      lead={t('credits.proposeLead')}
      whyNot={isReady ? undefined : t('credits.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ body: { year, title: title.trim(), reason: reason.trim(), memberIds: [...chosen] } })
      }
    >
      <YearChoice
        year={year}
        onChange={(value) => {
          setYear(Number(value))
          setChosen([])
        }}
      />
      <TextInput label={t('credits.honour')} required maxLength={60} value={title} onChange={setTitle} />
      <Candidates year={year} chosen={chosen} onChange={setChosen} />
      <TextArea label={t('credits.reason')} required maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function Candidates(props: { year: number; chosen: readonly string[]; onChange: (ids: readonly string[]) => void }) {
  const { t } = useTranslation()
  const query = useQuery(candidatesQuery(props.year, 0))
  if (query.isPending) return <Skeleton lines={3} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  const flip = (id: string) =>
    props.onChange(props.chosen.includes(id) ? props.chosen.filter((one) => one !== id) : [...props.chosen, id])
  if (query.data.rows.length === 0) return <p className="hint">{t('credits.nobodyReached')}</p>
  return (
    <fieldset className="credits-candidates">
      <legend>{t('credits.candidates')}</legend>
      {query.data.rows.map((row) => (
        <label key={row.memberId}>
          <input type="checkbox" checked={props.chosen.includes(row.memberId)} onChange={() => flip(row.memberId)} />
          {row.name} · {row.orgName} · {t('credits.hoursOf', { hours: hoursText(row.hundredths) })}
        </label>
      ))}
      {query.data.isCut ? <p className="hint">{t('credits.cut')}</p> : null}
    </fieldset>
  )
}
