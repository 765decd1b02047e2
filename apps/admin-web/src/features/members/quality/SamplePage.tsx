import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LoaderInput, ScreenProps } from '@tongxin/client/screen'
import { useLive } from '@tongxin/client/stream'
import { useWrite } from '@tongxin/client/use-write'
import { checkDrawnRow, type DrawnRow, SAMPLE_ROW_STATES } from '@tongxin/contract/members.quality'
import { MEMBER_FIELD_NAMES, type MemberField } from '@tongxin/domain/members/fields'
import { Button, dateOf, EmptyState, Lamp, Select, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../../paths.ts'
import { FormDialog } from '../../../shared/FormDialog.tsx'
import { ListPage } from '../../../shared/list/ListPage.tsx'
import type { Column } from '../../../shared/list/types.ts'
import { useFieldErrors } from '../../../shared/pages/FormPage.tsx'
import { useMemberWords } from '../use-member-words.ts'
import { ALL_QUALITY, drawnQuery, QUALITY_EVENTS } from './quality.api.ts'
import { RightValue } from './ReportErrorDialog.tsx'
import '../members.css'
import './quality.css'

export const loader = ({ params, search, queryClient }: LoaderInput) =>
  queryClient.ensureQueryData(drawnQuery(params.id ?? '', search))

const columns: Column<DrawnRow>[] = [
  {
    key: 'place',
    textKey: 'quality.sample.place',
    render: (row) => row.place,
    isNumber: true,
    isSortable: true,
    width: 80,
  },
  { key: 'name', textKey: 'quality.about', render: (row) => <About row={row} />, width: 130 },
  { key: 'org', textKey: 'quality.org', render: (row) => row.orgName },
  { key: 'fields', textKey: 'members.changedFields', render: (row) => <Fields row={row} /> },
  { key: 'approved', textKey: 'quality.sample.approvedAt', render: (row) => dateOf(row.approvedAt), width: 120 },
  { key: 'state', textKey: 'quality.state', render: (row) => <State row={row} />, width: 260 },
]

function About({ row }: { row: DrawnRow }) {
  return row.memberId === null ? row.name : <Link to={paths.members.one(row.memberId)}>{row.name}</Link>
}

const MOST_NAMED = 5
function Fields({ row }: { row: DrawnRow }) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  const rest = row.fields.length - MOST_NAMED
  return (
    <Link to={paths.memberChanges.one(row.changeId)}>
      {t('members.list', { names: row.fields.slice(0, MOST_NAMED).map(fieldLabel) })}
      {rest > 0 ? t('quality.andMore', { count: rest }) : null}
    </Link>
  )
}

function State({ row }: { row: DrawnRow }) {
  const { t } = useTranslation()
  const [isChecking, setChecking] = useState(false)
  if (row.state === 'right')
    return <Lamp state="ok">{t('quality.sample.rightBy', { name: row.checkedBy, note: row.note })}</Lamp>
  if (row.state === 'wrong')
    return (
      <span className="doubts">
        <Lamp state="late">{t('quality.sample.rowState.wrong')}</Lamp>
        {row.errorId ? <Link to={paths.quality.error(row.errorId)}>{t('quality.sample.openError')}</Link> : null}
      </span>
    )
  return (
    <>
      <Button
        kind="quiet"
        whyNot={row.canCheck ? undefined : t('quality.sample.ownHands')}
        onClick={() => setChecking(true)}
      >
        {t('quality.sample.check')}
      </Button>
      {isChecking ? <CheckDialog row={row} onClose={() => setChecking(false)} /> : null}
    </>
  )
}

function CheckDialog({ row, onClose }: { row: DrawnRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [verdict, setVerdict] = useState<'right' | 'wrong' | ''>('')
  const [field, setField] = useState<MemberField | ''>('')
  const [right, setRight] = useState('')
  const [note, setNote] = useState('')
  const save = useWrite(checkDrawnRow, {
    refreshes: ALL_QUALITY,
    onDone: () => {
      say(t('quality.sample.checkedSaid'))
      onClose()
    },
  })
  const isWrong = verdict === 'wrong'
  const isIncomplete = verdict === '' || note.trim().length < 2 || (isWrong && (field === '' || right.trim() === ''))
  return (
    <FormDialog
      title={t('quality.sample.checkTitle', { name: row.name })}
      verb={t('quality.sample.check')}
      lead={t('quality.sample.checkLead')}
      labels={{ '/body/rightValue': t('quality.error.rightValue'), '/body/field': t('quality.error.field') }}
      whyNot={isIncomplete ? t('quality.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={onClose}
      onSubmit={() => {
        if (verdict === '') return
        const found = isWrong && field !== '' ? { field, rightValue: right.trim() } : {}
        save.mutate({ params: { id: row.id }, body: { verdict, note: note.trim(), ...found } })
      }}
    >
      <Select
        label={t('quality.sample.verdict')}
        required
        value={verdict}
        onChange={setVerdict}
        options={(['right', 'wrong'] as const).map((value) => ({
          value,
          label: t(`quality.sample.rowState.${value}`),
        }))}
      />
      {isWrong ? (
        <WrongField row={row} field={field} onField={setField} right={right} onRight={setRight} error={save.error} />
      ) : null}
      <TextArea label={t('quality.sample.note')} required rows={3} maxLength={500} value={note} onChange={setNote} />
    </FormDialog>
  )
}

/** Which of the fields of the change is wrong, and what is right. */
function WrongField(props: {
  row: DrawnRow
  field: MemberField | ''
  onField: (field: MemberField | '') => void
  right: string
  onRight: (value: string) => void
  error: unknown
}) {
  const { t } = useTranslation()
  const { fieldLabel } = useMemberWords()
  const errorAt = useFieldErrors(props.error)
  const fields = MEMBER_FIELD_NAMES.filter((one) => props.row.fields.includes(one))
  return (
    <>
      <Select
        label={t('quality.error.field')}
        required
        value={props.field}
        onChange={(value) => {
          props.onField(value)
          props.onRight('')
        }}
        error={errorAt('/body/field')}
        options={fields.map((value) => ({ value, label: fieldLabel(value) }))}
      />
      <RightValue
        field={props.field}
        value={props.right}
        onChange={props.onRight}
        error={errorAt('/body/rightValue')}
      />
    </>
  )
}

/** The rows of one draw, in the order in which they were drawn. */
export function Page({ params, search, setSearch }: ScreenProps) {
  const { t } = useTranslation()
  useLive(QUALITY_EVENTS, ALL_QUALITY)
  return (
    <ListPage
      title={t('quality.sample.rows')}
      columns={columns}
      rowKey={(row) => row.id}
      query={useQuery(drawnQuery(params.id ?? '', search))}
      search={search}
      setSearch={setSearch}
      filters={[
        {
          key: 'state',
          label: t('quality.state'),
          kind: 'choice',
          options: SAMPLE_ROW_STATES.map((value) => ({ value, label: t(`quality.sample.rowState.${value}`) })),
        },
      ]}
      lead={
        <nav className="views" aria-label={t('quality.views')}>
          <Link to={paths.quality.samples()} activeOptions={{ exact: true }}>
            {t('quality.sample.back')}
          </Link>
        </nav>
      }
      empty={<EmptyState title={t('quality.sample.noRows')} />}
    />
  )
}
