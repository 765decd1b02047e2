import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import type { ScreenProps } from '@tongxin/client/screen'
import { useWrite } from '@tongxin/client/use-write'
import { openDevelopmentCase } from '@tongxin/contract/development.acts'
import { DateInput, dateOf, ErrorState, Skeleton, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { MemberPicker } from '../../shared/MemberPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { ALL_DEVELOPMENT, stepsQuery } from './development.api.ts'
import { factsOf, wantingFields } from './development.format.ts'
import { LateReason } from './LateReason.tsx'
import { StepFields, type Values } from './StepFields.tsx'
import { RefusalWithArticle } from './Verdicts.tsx'
import { acknowledgedOf, type Reasons, WarningReasons, warningsIn } from './Warnings.tsx'
import './development.css'

type Draft = { memberId: string; heldOn: string; values: Values; lateReason: string; reasons: Reasons }
type Fields = Parameters<typeof factsOf>[0]
const EMPTY: Draft = { memberId: '', heldOn: '', values: {}, lateReason: '', reasons: {} }

function useOpening(memberId: string) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const kept = useDraft<Draft>('development.open', { ...EMPTY, memberId })
  const { values } = kept
  const save = useWrite(openDevelopmentCase, {
    refreshes: ALL_DEVELOPMENT,
    onDone: ({ id }) => {
      kept.discard()
      say(t('development.opened'))
      void navigate({ to: paths.development.one(id) })
    },
  })
  const warnings = warningsIn(save.error)
  const submit = (fields: Fields) => {
    const acknowledged = acknowledgedOf(warnings, values.reasons)
    const lateReason = values.lateReason.trim()
    save.mutate({
      body: {
        memberId: values.memberId,
        heldOn: values.heldOn,
        facts: factsOf(fields, values.values),
        ...(acknowledged.length > 0 ? { acknowledged } : {}),
        ...(lateReason ? { lateReason } : {}),
      },
    })
  }
  return { ...kept, save, warnings, submit }
}

/** The application is taken: it opens the case, and the month for the talk begins. */
export function Page({ search }: ScreenProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { whyNot: mayNot } = useCan()('development.write')
  const form = useOpening(search.memberId ?? '')
  const { values } = form
  const { data, error, refetch } = useQuery(stepsQuery(values.heldOn))
  const fields = data?.rows[0]?.fields ?? []
  const isWanting = values.memberId === '' || values.heldOn === '' || wantingFields(fields, values.values).length > 0
  return (
    <FormPage
      title={t('development.add')}
      lead={<p className="hint">{t('development.addLead')}</p>}
      verb={t('development.open')}
      onSubmit={() => form.submit(fields)}
      isBusy={form.save.isPending}
      error={null}
      labels={{}}
      whyNot={mayNot ?? (isWanting ? t('development.openFirst') : undefined)}
      savedAt={form.savedAt}
      onDiscard={form.discard}
      onBack={() => void navigate({ to: paths.development.list() })}
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton lines={4} /> : null}
      {data ? <Body form={form} fields={fields} /> : null}
    </FormPage>
  )
}

function Body({ form, fields }: { form: ReturnType<typeof useOpening>; fields: Fields }) {
  const { t } = useTranslation()
  const { values, change, save } = form
  const errorAt = useFieldErrors(save.error)
  return (
    <>
      <RefusalWithArticle
        error={save.error}
        labels={{ '/body/memberId': t('development.applicant'), '/body/heldOn': t('development.appliedOn') }}
      />
      <MemberPicker
        label={t('development.applicant')}
        required
        value={values.memberId}
        onChange={(memberId) => change({ memberId })}
        error={errorAt('/body/memberId')}
      />
      <DateInput
        label={t('development.appliedOn')}
        required
        max={dateOf(Date.now())}
        value={values.heldOn}
        onChange={(heldOn) => change({ heldOn })}
        error={errorAt('/body/heldOn')}
      />
      <StepFields
        fields={fields}
        values={values.values}
        onChange={(next) => change({ values: { ...values.values, ...next } })}
        errorAt={errorAt}
        orgId=""
        notMemberId={values.memberId}
      />
      <WarningReasons warnings={form.warnings} reasons={values.reasons} onChange={(reasons) => change({ reasons })} />
      <LateReason error={save.error} value={values.lateReason} onChange={(lateReason) => change({ lateReason })} />
    </>
  )
}
