import type { Reply } from '@tongxin/contract/endpoint'
import type { listCandidates } from '@tongxin/contract/meetings'
import { LEFT_OUT_REASONS } from '@tongxin/contract/meetings.words'
import { Field, RefusalText, Select } from '@tongxin/ui'
import { Select as Pick } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Draft } from './PlanPage.tsx'

type Candidates = Reply<typeof listCandidates>
type Props = {
  values: Draft
  change: (values: Partial<Draft>) => void
  candidates: Candidates | undefined
  error: unknown
}

/** Who is called: chair and recorder, all or chosen members, observers, and who is left out of those who should attend. */
export function InvitesEditor({ values, change, candidates, error }: Props) {
  const { t } = useTranslation()
  const { invites } = values
  const rows = candidates?.rows ?? []
  const set = (more: Partial<typeof invites>) => change({ invites: { ...invites, ...more } })
  const members = rows.filter((row) => row.part !== 'observer').map(choiceOf)
  const observers = rows.filter((row) => row.part === 'observer').map(choiceOf)
  const single = (id: string | null | undefined) => (id ? [id] : [])
  return (
    <fieldset>
      <legend>{t('meetings.people')}</legend>
      <RefusalText error={error} />
      {candidates ? <p className="hint">{t('meetings.candidates', { ...candidates })}</p> : null}
      <People
        label={t('meetings.chair')}
        isSingle
        people={members}
        value={single(values.chairId)}
        onChange={([id]) => change({ chairId: id ?? null })}
      />
      <People
        label={t('meetings.recorder')}
        isSingle
        people={members}
        value={single(values.recorderId)}
        onChange={([id]) => change({ recorderId: id ?? null })}
      />
      <Select
        label={t('meetings.whoComes')}
        value={invites.who}
        onChange={(who) => set({ who: who || 'all' })}
        options={(['all', 'chosen'] as const).map((value) => ({ value, label: t(`meetings.invite.${value}`) }))}
      />
      {invites.who === 'chosen' ? (
        <People
          label={t('meetings.chosen')}
          people={members}
          value={invites.memberIds ?? []}
          onChange={(memberIds) => set({ memberIds })}
        />
      ) : null}
      <People
        label={t('meetings.observers')}
        people={observers}
        value={invites.observerIds ?? []}
        onChange={(observerIds) => set({ observerIds })}
      />
      <LeftOut people={members} leftOut={invites.leftOut ?? []} onChange={(leftOut) => set({ leftOut })} />
    </fieldset>
  )
}

type Choice = { value: string; label: string }
const choiceOf = (row: Candidates['rows'][number]): Choice => ({
  value: row.memberId,
  label: `${row.name}（${row.memberNo}）`,
})

type LeftOutRow = NonNullable<Draft['invites']['leftOut']>[number]

/** Members not counted among those who should attend; each needs one of the five reasons (DEV-18). */
function LeftOut({
  people,
  leftOut,
  onChange,
}: {
  people: readonly Choice[]
  leftOut: readonly LeftOutRow[]
  onChange: (rows: LeftOutRow[]) => void
}) {
  const { t } = useTranslation()
  const rowOf = (memberId: string): LeftOutRow =>
    leftOut.find((row) => row.memberId === memberId) ?? { memberId, reason: 'illness' }
  return (
    <>
      <People
        label={t('meetings.leftOutLabel')}
        people={people}
        value={leftOut.map((row) => row.memberId)}
        onChange={(ids) => onChange(ids.map(rowOf))}
      />
      {leftOut.map((row) => (
        <Select
          key={row.memberId}
          label={t('meetings.leftOutWhy', { name: people.find((one) => one.value === row.memberId)?.label ?? '' })}
          value={row.reason}
          onChange={(reason) =>
            onChange(leftOut.map((other) => (other === row ? { ...row, reason: reason || 'illness' } : other)))
          }
          options={LEFT_OUT_REASONS.map((value) => ({ value, label: t(`meetings.leftOut.${value}`) }))}
        />
      ))}
    </>
  )
}

/** People of the organisation by name or number. */
function People(props: {
  label: string
  isSingle?: boolean
  people: readonly { value: string; label: string }[]
  value: readonly string[]
  onChange: (ids: string[]) => void
}) {
  return (
    <Field label={props.label}>
      {({ required: _, ...wiring }) => (
        <Pick
          {...wiring}
          {...(props.isSingle ? {} : { mode: 'multiple' as const })}
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={[...props.people]}
          value={(props.isSingle ? props.value[0] : [...props.value]) as never}
          onChange={(chosen: unknown) =>
            props.onChange(Array.isArray(chosen) ? chosen : chosen ? [String(chosen)] : [])
          }
        />
      )}
    </Field>
  )
}
