import { useQuery } from '@tanstack/react-query'
import type { DevelopmentCase, StepDefinitionRow } from '@tongxin/contract/development'
import { Button, DateInput, Drawer, dateOf, ErrorState, Skeleton, timeOf } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { BallotPicker } from './BallotPicker.tsx'
import { stepsQuery } from './development.api.ts'
import { LateReason } from './LateReason.tsx'
import { PaperUpload } from './Papers.tsx'
import { StepFields, type Values } from './StepFields.tsx'
import { type StepForm, useStepForm } from './use-step-form.ts'
import { useWanting } from './use-wanting.ts'
import { RefusalWithArticle, Verdicts } from './Verdicts.tsx'
import { WarningReasons } from './Warnings.tsx'

/** Steps whose figures may come from the recorded ballot of a meeting. */
const WITH_BALLOT = new Set([15, 23])

type Props = { one: DevelopmentCase; step: number; preset?: Values; onClose: () => void }

/** The form of one step beside the road: fields by its definition, rules before and after, papers, a draft. */
export function StepDrawer({ one, step, preset, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const form = useStepForm(one, step, preset ?? {}, onClose)
  const { data, error, refetch } = useQuery(stepsQuery(form.draft.heldOn))
  const definition = data?.rows.find(({ number }) => number === step)
  const name = i18n.language === 'en' ? definition?.name.en : definition?.name.zh
  return (
    <Drawer
      isOpen
      onClose={onClose}
      title={t('development.stepTitle', { step, name: name ?? '' })}
      acts={definition ? <Acts definition={definition} form={form} /> : null}
    >
      {error ? <ErrorState error={error} onRetry={() => void refetch()} /> : null}
      {!definition && !error ? <Skeleton lines={8} /> : null}
      {definition ? <Body one={one} definition={definition} form={form} /> : null}
    </Drawer>
  )
}

function Acts({ definition, form }: { definition: StepDefinitionRow; form: StepForm }) {
  const { t } = useTranslation()
  const wanting = useWanting()
  const { heldOn, values } = form.draft
  const noDay = heldOn === '' ? t('development.dateFirst') : undefined
  const fields = definition.fields.filter(({ name }) => !form.fixed.has(name))
  return (
    <>
      <Button isBusy={form.check.isPending} whyNot={noDay} onClick={() => form.judge(definition.fields)}>
        {t('development.check')}
      </Button>
      <Button
        kind="primary"
        isBusy={form.save.isPending}
        whyNot={noDay ?? wanting(fields, values)}
        onClick={() => form.submit(definition.fields)}
      >
        {t(definition.decidedAbove ? 'development.recordAndReport' : 'development.record')}
      </Button>
    </>
  )
}

function Body({ one, definition, form }: { one: DevelopmentCase; definition: StepDefinitionRow; form: StepForm }) {
  const { t } = useTranslation()
  const { draft, change, verdicts } = form
  const labels = definition.fields.map(({ name }) => [`/body/facts/${name}`, t(`words.development.field.${name}`)])
  return (
    <div className="dialog-form">
      <Lead one={one} actor={definition.actor} form={form} />
      <RefusalWithArticle
        error={form.save.error ?? form.check.error}
        labels={{
          ...Object.fromEntries(labels),
          '/body/heldOn': t('development.heldOn'),
          '/body/step': t('development.step'),
          '/body/acknowledged': t('development.goOnReason'),
        }}
      />
      {verdicts ? (
        <Verdicts verdicts={verdicts.filter(({ severity }) => severity === 'block')} none={t('development.noBlock')} />
      ) : null}
      {WITH_BALLOT.has(definition.number) ? (
        <BallotPicker caseId={one.card.id} value={draft.ballot} onChange={form.takeBallot} />
      ) : null}
      <DateInput
        label={t('development.heldOn')}
        required
        max={dateOf(Date.now())}
        value={draft.heldOn}
        onChange={(heldOn) => change({ heldOn })}
        error={form.errorAt('/body/heldOn')}
      />
      <StepFields
        fields={definition.fields}
        values={draft.values}
        onChange={form.setValues}
        errorAt={form.errorAt}
        orgId={one.card.orgId}
        notMemberId={one.card.memberId}
        fixed={form.fixed}
      />
      <WarningReasons warnings={form.warnings} reasons={draft.reasons} onChange={(reasons) => change({ reasons })} />
      <LateReason error={form.save.error} value={draft.lateReason} onChange={(lateReason) => change({ lateReason })} />
      <PaperUpload kinds={definition.proofs} papers={form.papers} onChange={form.setPapers} />
    </div>
  )
}

/** Whose case it is, who takes the step, and since when there is a draft. */
function Lead({ one, actor, form }: { one: DevelopmentCase; actor: string; form: StepForm }) {
  const { t } = useTranslation()
  return (
    <p className="hint">
      {one.card.name} · {one.card.orgName} · {t(`words.development.actor.${actor}`)}
      {form.savedAt ? (
        <>
          {` · ${t('shared.draftSaved', { time: timeOf(form.savedAt) })} `}
          <Button kind="quiet" onClick={form.discard}>
            {t('shared.discard')}
          </Button>
        </>
      ) : null}
    </p>
  )
}
