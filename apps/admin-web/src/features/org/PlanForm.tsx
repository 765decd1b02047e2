import { useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ChangePlan } from '@tongxin/contract/org.changes'
import { DateInput, RefusalText, Skeleton, say, TextInput, useRefusalWords } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { FormPage, useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { Hints } from './FactsTab.tsx'
import { orgQuery } from './org.api.ts'
import { errorProp } from './org.format.ts'
import './org.css'

type Dated = { effectiveOn: string; documentNumber: string; planHash: string }

/** After the change: says so and opens the organisation. */
export function useChangeDone(id: string): () => void {
  const { t } = useTranslation()
  const navigate = useNavigate()
  return () => {
    say(t('org.saved'))
    void navigate({ to: paths.org.one(id) })
  }
}

/** Target, plan, date and document: what will change stands there before it is decided. */
export function PlanForm(props: {
  id: string
  act: 'move' | 'merge'
  field: 'parentId' | 'intoId'
  plan: { data: ChangePlan | undefined; isPending: boolean; error: unknown }
  save: { isPending: boolean; error: unknown }
  onPlan: (targetId: string) => void
  onSave: (targetId: string, dated: Dated) => void
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { act, field, plan, save } = props
  const { data: unit } = useSuspenseQuery(orgQuery(props.id))
  const [targetId, setTargetId] = useState('')
  const [effectiveOn, setEffectiveOn] = useState('')
  const [documentNumber, setDocumentNumber] = useState('')
  const errorAt = useFieldErrors(save.error ?? plan.error)
  const ready = plan.data && targetId !== '' && plan.data.obstacles.length === 0 ? plan.data : null
  const whyNot =
    targetId === ''
      ? t('org.targetFirst')
      : !ready
        ? t('org.obstaclesFirst')
        : effectiveOn === '' || documentNumber.trim() === ''
          ? t('org.documentFirst')
          : undefined
  return (
    <FormPage
      title={t(`org.act.${act}.of`, { name: unit.name })}
      lead={<p className="hint">{t(`org.act.${act}.lead`)}</p>}
      verb={t(`org.act.${act}.verb`)}
      onSubmit={() => ready && props.onSave(targetId, { effectiveOn, documentNumber, planHash: ready.hash })}
      isBusy={save.isPending}
      error={save.error}
      labels={{ [`/body/${field}`]: t(`org.field.${field}`), '/body/effectiveOn': t('org.field.effectiveOn') }}
      whyNot={whyNot}
      onBack={() => void navigate({ to: paths.org.one(props.id) })}
    >
      <OrgPicker
        label={t(`org.field.${field}`)}
        required
        value={targetId}
        onChange={(id) => {
          setTargetId(id)
          if (id !== '') props.onPlan(id)
        }}
        {...errorProp(errorAt(`/body/${field}`))}
      />
      {targetId === '' ? null : plan.isPending ? <Skeleton lines={5} /> : null}
      {targetId === '' ? null : <RefusalText error={plan.error} />}
      {targetId !== '' && plan.data && !plan.isPending ? <Plan plan={plan.data} act={act} /> : null}
      <DateInput
        label={t('org.field.effectiveOn')}
        required
        value={effectiveOn}
        onChange={setEffectiveOn}
        error={errorAt('/body/effectiveOn')}
      />
      <TextInput
        label={t('org.field.documentNumber')}
        required
        value={documentNumber}
        onChange={setDocumentNumber}
        error={errorAt('/body/documentNumber')}
      />
    </FormPage>
  )
}

function Plan({ plan, act }: { plan: ChangePlan; act: 'move' | 'merge' }) {
  const { t } = useTranslation()
  const words = useRefusalWords()
  return (
    <section className="org-plan" aria-label={t('org.plan')}>
      <h2>{t('org.plan')}</h2>
      <dl>
        <dt>{t('org.planBefore')}</dt>
        <dd>{plan.before.join(' › ')}</dd>
        <dt>{t(act === 'move' ? 'org.planAfter' : 'org.planInto')}</dt>
        <dd>{plan.after.join(' › ')}</dd>
      </dl>
      <ul className="org-counts">
        {plan.counts
          .filter((count) => count.rows > 0)
          .map((count) => (
            <li key={count.what}>
              <strong>{count.rows}</strong>
              {t(`org.counted.${count.what}`)}
            </li>
          ))}
      </ul>
      {plan.obstacles.map((code) => {
        const { reason, remedy } = words(code)
        return (
          <p key={code} className="org-obstacle" role="alert">
            <strong>{reason}</strong> {remedy}
          </p>
        )
      })}
      <Hints hints={plan.hints} />
    </section>
  )
}
