import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { proposeDecision } from '@tongxin/contract/membership.decisions'
import { DECISION_KINDS, type DecisionFacts, type DecisionKind } from '@tongxin/contract/membership.words'
import { DateInput, Select, say, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { ALL_MEMBERSHIP } from './membership.api.ts'

/** What each kind asks for; kinds that rest on an absence are proposed from its page. */
const DAYS: Readonly<Record<DecisionKind, readonly (keyof DecisionFacts)[]>> = {
  stop: [],
  restore: ['appliedOn'],
  withdrawal: ['appliedOn'],
  urged_withdrawal: ['talkedOn', 'reformFrom', 'reformUntil', 'urgedOn'],
  self_withdrawal: [],
  removal: [],
  expulsion: ['happenedOn'],
  death: ['happenedOn'],
}
const MONTHS = ['monthsNoActivity', 'monthsNoDues', 'monthsNoWork'] as const
const NEEDS_ABSENCE = new Set<DecisionKind>(['stop'])

type Values = Partial<Record<keyof DecisionFacts, string>>

function sentFacts(kind: DecisionKind, values: Values): DecisionFacts {
  const days = Object.fromEntries(DAYS[kind].map((name) => [name, values[name]]))
  if (kind !== 'self_withdrawal') return days
  const months = Object.fromEntries(MONTHS.map((name) => [name, Number(values[name])]))
  return { ...months, hasGoodReason: values.hasGoodReason === 'true' }
}

const isWanting = (kind: DecisionKind, values: Values): boolean => {
  const needed = kind === 'self_withdrawal' ? [...MONTHS, 'hasGoodReason' as const] : DAYS[kind]
  return (
    needed.some((name) => !values[name]) ||
    (kind === 'self_withdrawal' && MONTHS.some((name) => !/^\d{1,3}$/.test(values[name] ?? '')))
  )
}

/** Proposes a decision about membership; the article is tested when it is handed in. */
export function ProposeDialog(props: {
  memberId: string
  absenceId?: string
  kind?: DecisionKind
  onClose: () => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [who, setWho] = useState(props.memberId)
  const [kind, setKind] = useState<DecisionKind | ''>(props.kind ?? '')
  const [reason, setReason] = useState('')
  const [values, setValues] = useState<Values>({})
  const save = useWrite(proposeDecision, {
    refreshes: ALL_MEMBERSHIP,
    onDone: ({ id }) => {
      say(t('membership.proposed'))
      void navigate({ to: paths.membership.decision(id) })
    },
  })
  const kinds = DECISION_KINDS.filter((value) => props.absenceId || !NEEDS_ABSENCE.has(value))
  const isIncomplete = who === '' || kind === '' || reason.trim().length < 2 || isWanting(kind, values)
  return (
    <FormDialog
      title={t('membership.propose')}
      verb={t('membership.handIn')}
      lead={t('membership.proposeLead')}
      whyNot={isIncomplete ? t('membership.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onClose={props.onClose}
      onSubmit={() => {
        if (kind === '') return
        const absence = props.absenceId ? { absenceId: props.absenceId } : {}
        save.mutate({
          body: { memberId: who, kind, reason: reason.trim(), facts: sentFacts(kind, values), ...absence },
        })
      }}
    >
      {props.memberId ? null : <MemberPicker label={t('membership.person')} required value={who} onChange={setWho} />}
      {props.kind ? null : (
        <Select
          label={t('membership.kind')}
          required
          value={kind}
          onChange={setKind}
          options={kinds.map((value) => ({ value, label: t(`words.membership.decisionKind.${value}`) }))}
          help={t('membership.stopFromAbsence')}
        />
      )}
      {kind ? <KindFields kind={kind} values={values} onChange={setValues} /> : null}
      <TextArea label={t('membership.reason')} required rows={3} maxLength={1000} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

function KindFields(props: { kind: DecisionKind; values: Values; onChange: (values: Values) => void }) {
  const { t } = useTranslation()
  const { kind, values } = props
  const change = (name: keyof DecisionFacts) => (value: string) => props.onChange({ ...values, [name]: value })
  return (
    <>
      {DAYS[kind].map((name) => (
        <DateInput
          key={name}
          label={t(`membership.fact.${name === 'happenedOn' ? `${kind}On` : name}`)}
          required
          value={values[name] ?? ''}
          onChange={change(name)}
        />
      ))}
      {kind === 'self_withdrawal' ? (
        <>
          {MONTHS.map((name) => (
            <TextInput
              key={name}
              label={t(`membership.fact.${name}`)}
              required
              inputMode="numeric"
              maxLength={3}
              value={values[name] ?? ''}
              onChange={change(name)}
            />
          ))}
          <Select
            label={t('membership.fact.hasGoodReason')}
            required
            value={(values.hasGoodReason ?? '') as 'true' | 'false' | ''}
            onChange={change('hasGoodReason')}
            options={[
              { value: 'false', label: t('membership.no') },
              { value: 'true', label: t('membership.yes') },
            ]}
          />
        </>
      ) : null}
    </>
  )
}
