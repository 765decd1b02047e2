import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import type { DevelopmentCase, StepDefinitionRow, StepRecord } from '@tongxin/contract/development'
import { decideDevelopmentStep } from '@tongxin/contract/development.acts'
import { Button, DateInput, Drawer, dateOf, ErrorState, Skeleton, say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { ALL_DEVELOPMENT, stepsQuery } from './development.api.ts'
import { factsOf } from './development.format.ts'
import { StepFacts } from './StepFacts.tsx'
import { StepFields, type Values } from './StepFields.tsx'
import { useWanting } from './use-wanting.ts'
import { RefusalWithArticle, Verdicts } from './Verdicts.tsx'
import { acknowledgedOf, type Reasons, WarningReasons, warningsIn } from './Warnings.tsx'

type Props = { one: DevelopmentCase; row: StepRecord; onClose: () => void }

/** The level above reads what was recorded, and confirms it or sends it back with the reason. */
export function DecideDrawer({ one, row, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const { data, error, refetch } = useQuery(stepsQuery(row.heldOn))
  const definition = data?.rows.find(({ number }) => number === row.step)
  const form = useDecision(one, row, definition, onClose)
  const name = i18n.language === 'en' ? definition?.name.en : definition?.name.zh
  return (
    <Drawer
      isOpen
      onClose={onClose}
      title={t('development.decideTitle', { step: row.step, name: name ?? '' })}
      acts={<Acts form={form} />}
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!definition && !error ? <Skeleton lines={8} /> : null}
      {definition ? <Body one={one} row={row} form={form} /> : null}
    </Drawer>
  )
}

type Form = ReturnType<typeof useDecision>

function useDecision(
  one: DevelopmentCase,
  row: StepRecord,
  definition: StepDefinitionRow | undefined,
  onClose: () => void,
) {
  const { t } = useTranslation()
  const fields = definition?.decisionFields ?? []
  const [decidedOn, setDecidedOn] = useState(dateOf(Date.now()))
  const [values, setValues] = useState<Values>({})
  const [reasons, setReasons] = useState<Reasons>({})
  const [reason, setReason] = useState('')
  const save = useWrite(decideDevelopmentStep, {
    refreshes: ALL_DEVELOPMENT,
    onDone: ({ state }) => {
      say(t(state === 'returned' ? 'development.returnedSaid' : 'development.confirmedSaid'))
      onClose()
    },
  })
  const warnings = warningsIn(save.error)
  const decide = (decision: 'confirm' | 'return') => {
    const acknowledged = acknowledgedOf(warnings, reasons)
    save.mutate({
      params: { id: one.card.id, stepId: row.id },
      ifMatch: one.version,
      body: {
        decision,
        decidedOn,
        ...(decision === 'confirm' ? { facts: factsOf(fields, values) } : {}),
        ...(acknowledged.length > 0 ? { acknowledged } : {}),
        ...(decision === 'return' ? { reason: reason.trim() } : {}),
      },
    })
  }
  return {
    fields,
    decidedOn,
    setDecidedOn,
    values,
    setValues,
    reasons,
    setReasons,
    reason,
    setReason,
    save,
    warnings,
    decide,
  }
}

function Acts({ form }: { form: Form }) {
  const { t } = useTranslation()
  const wanting = useWanting()
  return (
    <>
      <Button
        isBusy={form.save.isPending}
        whyNot={form.reason.trim().length < 2 ? t('development.returnReasonFirst') : undefined}
        onClick={() => form.decide('return')}
      >
        {t('development.sendBack')}
      </Button>
      <Button
        kind="primary"
        isBusy={form.save.isPending}
        whyNot={wanting(form.fields, form.values)}
        onClick={() => form.decide('confirm')}
      >
        {t('development.confirm')}
      </Button>
    </>
  )
}

function Body({ one, row, form }: { one: DevelopmentCase; row: StepRecord; form: Form }) {
  const { t } = useTranslation()
  const errorAt = useFieldErrors(form.save.error)
  return (
    <div className="dialog-form">
      <p className="hint">
        {one.card.name} · {one.card.orgName} · {row.heldOn}
        {row.recordedBy ? ` · ${t('development.recordedBy', { by: row.recordedBy, at: dateOf(row.recordedAt) })}` : ''}
      </p>
      <RefusalWithArticle
        error={form.save.error}
        labels={{
          '/body/decidedOn': t('development.decidedOn'),
          '/body/acknowledged': t('development.goOnReason'),
        }}
      />
      {row.lateReason ? <p>{t('development.enteredLate', { reason: row.lateReason })}</p> : null}
      <StepFacts row={row} people={one.people} />
      <Verdicts verdicts={row.verdicts} none={t('development.rulesMet')} />
      <DateInput
        label={t('development.decidedOn')}
        required
        max={dateOf(Date.now())}
        value={form.decidedOn}
        onChange={form.setDecidedOn}
        error={errorAt('/body/decidedOn')}
      />
      <StepFields
        fields={form.fields}
        values={form.values}
        onChange={(change) => form.setValues({ ...form.values, ...change })}
        errorAt={errorAt}
        orgId={one.card.orgId}
        notMemberId={one.card.memberId}
      />
      <WarningReasons warnings={form.warnings} reasons={form.reasons} onChange={form.setReasons} />
      <TextArea
        label={t('development.returnReason')}
        rows={2}
        maxLength={500}
        value={form.reason}
        onChange={form.setReason}
        help={t('development.returnReasonHelp')}
      />
    </div>
  )
}
