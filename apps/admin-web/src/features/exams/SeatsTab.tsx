import { useQuery } from '@tanstack/react-query'
import type { Search } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { type ExamRecord, type SeatRow, seatPeople, unseatPeople } from '@tongxin/contract/exams.sessions'
import { SEAT_STANDINGS } from '@tongxin/contract/exams.words'
import { Button, EmptyState, ErrorState, RefusalText, Select, Skeleton, say, TextInput, timeOf } from '@tongxin/ui'
import { Users } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { ALL_EXAMS, seatsQuery } from './exams.api.ts'
import { SeatLamp, useChoices } from './words.tsx'

type Props = { exam: ExamRecord; search: Search; setSearch: (change: Readonly<Record<string, string>>) => void }

/** The list of those who sit the exam, and where each stands. */
export function SeatsTab({ exam, search, setSearch }: Props) {
  const { t } = useTranslation()
  const choices = useChoices()
  const [isAdding, setAdding] = useState(false)
  const { data, error, refetch } = useQuery(seatsQuery(exam.id, search))
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  const add = exam.can.seat ? <Button onClick={() => setAdding(true)}>{t('exams.addPeople')}</Button> : null
  return (
    <>
      <div className="exam-row">
        <TextInput
          label={t('exams.name')}
          value={search.text ?? ''}
          onChange={(text) => setSearch({ text, cursor: '' })}
        />
        <Select
          label={t('exams.standing')}
          value={(search.standing ?? '') as never}
          options={choices(SEAT_STANDINGS, 'standing')}
          whenEmpty={t('exams.any')}
          onChange={(standing) => setSearch({ standing, cursor: '' })}
        />
        {add}
      </div>
      {data.rows.length === 0 ? (
        <EmptyState title={t('exams.noSeats')} icon={<Users aria-hidden="true" />} act={add} />
      ) : (
        <Table exam={exam} rows={data.rows} />
      )}
      {search.cursor ? <Button onClick={() => setSearch({ cursor: '' })}>{t('exams.firstPage')}</Button> : null}
      {data.next ? <Button onClick={() => setSearch({ cursor: data.next ?? '' })}>{t('exams.nextPage')}</Button> : null}
      {isAdding ? <AddDialog exam={exam} onClose={() => setAdding(false)} /> : null}
    </>
  )
}

function Table({ exam, rows }: { exam: ExamRecord; rows: readonly SeatRow[] }) {
  const { t } = useTranslation()
  const remove = useWrite(unseatPeople, { refreshes: ALL_EXAMS, onDone: () => say(t('exams.done.unseat')) })
  return (
    <>
      <RefusalText error={remove.error} />
      <table className="exam-table">
        <thead>
          <tr>
            {['seatNo', 'name', 'org', 'standing', 'startedAt', 'submittedAt', 'points'].map((key) => (
              <th key={key}>{t(`exams.${key}`)}</th>
            ))}
            <th>
              <span className="tx-hidden">{t('exams.takeOff')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.memberId}>
              <td className="exam-number">{row.no}</td>
              <td>{row.name}</td>
              <td>{row.orgName}</td>
              <td>
                <SeatLamp state={row.standing} />
              </td>
              <td>{row.startedAt ? timeOf(row.startedAt) : ''}</td>
              <td>
                {row.submittedAt ? timeOf(row.submittedAt) : ''} {row.byClock ? t('exams.byClock') : ''}
              </td>
              <td className="exam-number">{row.points ?? ''}</td>
              <td>
                {exam.can.seat && row.standing === 'waiting' ? (
                  <Button
                    kind="quiet"
                    aria-label={t('exams.takeOffOne', { name: row.name })}
                    onClick={() => remove.mutate({ params: { id: exam.id }, body: { memberIds: [row.memberId] } })}
                  >
                    {t('exams.takeOff')}
                  </Button>
                ) : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}

function AddDialog({ exam, onClose }: { exam: ExamRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [orgId, setOrg] = useState('')
  const [memberId, setMember] = useState('')
  const add = useWrite(seatPeople, {
    refreshes: ALL_EXAMS,
    onDone: ({ added }) => {
      say(t('exams.added', { count: added }))
      onClose()
    },
  })
  const submit = () => add.mutate({ params: { id: exam.id }, body: memberId ? { memberIds: [memberId] } : { orgId } })
  return (
    <FormDialog
      title={t('exams.addPeople')}
      verb={t('exams.addPeople')}
      lead={t('exams.addPeopleLead')}
      whyNot={orgId === '' && memberId === '' ? t('exams.chooseFirst') : undefined}
      isBusy={add.isPending}
      error={add.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <OrgPicker label={t('exams.everybodyOf')} value={orgId} onChange={setOrg} />
      <MemberPicker label={t('exams.orOne')} value={memberId} onChange={setMember} />
    </FormDialog>
  )
}
